import { kustomizeFiles } from './kustomizeFiles.ts';

/** Values that one object takes from another. */
export const REPLACEMENT_CASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  replacements: kustomizeFiles(`
=== overlay/kustomization.yaml
resources:
  - ../base
  - source.yaml
replacements:
  - source:
      kind: ConfigMap
      name: source
      fieldPath: data.host
    targets:
      - select:
          kind: Deployment
        fieldPaths:
          - spec.template.spec.containers.[name=web].env.[name=A].value
          - metadata.annotations.[example.com/host]
        options:
          create: true
  - source:
      kind: ConfigMap
      name: source
      fieldPath: data.image
      options:
        delimiter: ":"
        index: 1
    targets:
      - select:
          kind: Deployment
          name: cart
        fieldPaths:
          - spec.template.spec.containers.1.image
        options:
          delimiter: ":"
          index: 1
  - path: more.yaml
=== overlay/more.yaml
source:
  kind: ConfigMap
  name: source
  fieldPath: data.count
targets:
  - select:
      kind: Deployment
    reject:
      - name: nobody
    fieldPaths:
      - spec.replicas
=== overlay/source.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: source
data:
  host: example.com
  image: nginx:7
  count: "6"
`),
  variables: kustomizeFiles(`
=== overlay/kustomization.yaml
namePrefix: dev-
resources:
  - ../base
  - pod.yaml
vars:
  - name: SERVICE
    objref:
      apiVersion: v1
      kind: Service
      name: cart
  - name: PORT
    objref:
      apiVersion: v1
      kind: Service
      name: cart
    fieldref:
      fieldpath: spec.ports[0].port
=== overlay/pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: probe
  annotations:
    calls: $(SERVICE)
spec:
  containers:
    - name: probe
      image: probe
      command: ["curl", "http://$(SERVICE):$(PORT)/", "$(OTHER)"]
      env:
        - name: S
          value: $(SERVICE)
`),
  'configurations, local objects and renamed targets': kustomizeFiles(`
=== overlay/kustomization.yaml
namePrefix: p-
resources:
  - things.yaml
configurations:
  - fields.yaml
patches:
  - target:
      kind: ConfigMap
      name: settings
    options:
      allowNameChange: true
    patch: |
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: renamed
=== overlay/fields.yaml
nameReference:
  - kind: ConfigMap
    version: v1
    fieldSpecs:
      - path: spec/settingsName
        kind: Thing
commonLabels:
  - path: spec/labels
    kind: Thing
    create: true
=== overlay/things.yaml
apiVersion: example.com/v1
kind: Thing
metadata:
  name: thing
spec:
  settingsName: settings
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: local
  annotations:
    config.kubernetes.io/local-config: "true"
`),
};
