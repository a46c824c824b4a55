import { kustomizeFiles } from './kustomizeFiles.ts';

/** Patches in all of their forms. */
export const PATCH_CASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'strategic merge patches': kustomizeFiles(`
=== overlay/kustomization.yaml
resources:
  - ../base
patches:
  - path: patch.yaml
  - target:
      kind: Service|Deployment
      name: c.*
    patch: |-
      apiVersion: v1
      kind: Anything
      metadata:
        name: does-not-matter
        annotations:
          patched: "true"
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: cart
      spec:
        template:
          spec:
            containers:
              - name: web
                args: ["--c"]
                env:
                  - name: A
                    $patch: delete
                  - name: C
                    value: "3"
              - name: sidecar
                image: sidecar:1
                resources: null
  - patch: |
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: cart
      $patch: delete
  - patch: "{apiVersion: v1, kind: Service, metadata: {name: cart}, spec: {type: NodePort}}"
=== overlay/patch.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  labels:
    app: null
    more: "1"
spec:
  replicas: null
  strategy:
    type: Recreate
  template:
    spec:
      tolerations:
        - key: b
      containers:
        - name: web
          image: nginx:2
          ports:
            - containerPort: 8080
              protocol: UDP
              name: udp
            - containerPort: 9090
          resources:
            $patch: replace
            requests:
              cpu: 50m
        - $patch: delete
          name: proxy
      volumes:
        - name: data
          configMap:
            name: settings
        - name: more
          emptyDir: {}
---
apiVersion: v1
kind: Service
metadata:
  name: cart
spec:
  ports:
    - port: 80
      name: http
    - port: 443
      name: https
`),
  'lists replaced and kinds without merge keys': kustomizeFiles(`
=== overlay/kustomization.yaml
resources:
  - rollout.yaml
  - sets.yaml
patches:
  - patch: |
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata:
        name: cart
      spec:
        template:
          spec:
            containers:
              - name: web
                image: nginx:2
  - patch: |
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
        finalizers: [b, a]
      data:
        a: null
        b: "2"
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: all
      spec:
        template:
          spec:
            containers:
              - $patch: replace
              - name: only
                image: only
            topologySpreadConstraints:
              - topologyKey: zone
                whenUnsatisfiable: DoNotSchedule
                maxSkew: 2
            hostAliases:
              - ip: 127.0.0.1
                hostnames: [b]
=== overlay/rollout.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: cart
spec:
  template:
    spec:
      containers:
        - name: proxy
        - name: web
          image: nginx:1
=== overlay/sets.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  finalizers: [a, c]
data:
  a: "1"
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: all
spec:
  template:
    spec:
      containers:
        - name: one
        - name: two
      topologySpreadConstraints:
        - topologyKey: zone
          whenUnsatisfiable: DoNotSchedule
          maxSkew: 1
        - topologyKey: zone
          whenUnsatisfiable: ScheduleAnyway
          maxSkew: 1
      hostAliases:
        - ip: 127.0.0.1
          hostnames: [a]
`),
  'JSON patches': kustomizeFiles(`
=== overlay/kustomization.yaml
resources:
  - ../base
patches:
  - target:
      kind: Deployment
    path: operations.yaml
  - target:
      kind: Service
      labelSelector: "!nothing"
    patch: |-
      - op: add
        path: /metadata/annotations
        value:
          example.com/a: "1"
      - op: add
        path: /metadata/annotations/example.com~1b
        value: "2"
  - target:
      group: apps
      version: v1
      kind: Deployment
      name: cart
    patch: '[{"op": "replace", "path": "/spec/replicas", "value": 5}]'
=== overlay/operations.yaml
- op: replace
  path: /spec/template/spec/containers/1/image
  value: nginx:3
- op: add
  path: /spec/template/spec/containers/1/args/-
  value: --last
- op: add
  path: /spec/template/spec/containers/1/args/0
  value: --first
- op: remove
  path: /spec/template/spec/tolerations
- op: copy
  from: /metadata/labels/app
  path: /metadata/labels/copied
- op: move
  from: /metadata/labels/copied
  path: /metadata/labels/moved
- op: test
  path: /metadata/name
  value: cart
- op: add
  path: /spec/template/spec/containers/0
  value:
    name: first
    image: first
`),
  'old fields': kustomizeFiles(`
=== overlay/kustomization.yaml
bases:
  - ../base
patchesStrategicMerge:
  - patch.yaml
  - |-
    apiVersion: v1
    kind: Service
    metadata:
      name: cart
    spec:
      type: ClusterIP
patchesJson6902:
  - target:
      version: v1
      kind: Service
      name: cart
    patch: |
      - op: add
        path: /spec/ports/0/name
        value: http
namePrefix: x-
imageTags:
  - name: nginx
    newTag: "9"
=== overlay/patch.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
  replicas: 7
`),
};
