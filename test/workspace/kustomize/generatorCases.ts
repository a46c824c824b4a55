import { kustomizeFiles } from './kustomizeFiles.ts';

/** What a kustomization adds or sets by itself: images, replicas, generated objects, components. */
export const GENERATOR_CASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'images and replicas': kustomizeFiles(`
=== overlay/kustomization.yaml
resources:
  - ../base
  - jobs.yaml
images:
  - name: nginx
    newName: registry.example.com/nginx
    newTag: "1.27"
  - name: registry.example.com:5000/proxy
    digest: sha256:def
  - name: tool
    newName: other
  - name: both
    newTag: "2"
    digest: sha256:fff
  - name: suffixed
    tagSuffix: -slim
replicas:
  - name: cart
    count: 4
  - name: db
    count: 2
=== overlay/jobs.yaml
apiVersion: batch/v1
kind: CronJob
metadata:
  name: nightly
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
            - name: a
              image: tool:1
          containers:
            - name: b
              image: both:1@sha256:000
            - name: c
              image: suffixed:3
            - name: d
              image: nginxes
---
apiVersion: example.com/v1
kind: Thing
metadata:
  name: thing
spec:
  deep:
    containers:
      - image: nginx
  image: nginx
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  selector: {}
`),
  generators: kustomizeFiles(`
=== base/kustomization.yaml
resources:
  - deployment.yaml
  - service.yaml
configMapGenerator:
  - name: settings
    literals:
      - a=1
      - b="two words"
      - c=x=y
secretGenerator:
  - name: password
    type: Opaque
    literals:
      - p=secret
=== overlay/kustomization.yaml
namePrefix: dev-
resources:
  - ../base
configMapGenerator:
  - name: settings
    behavior: merge
    literals:
      - b=2
      - d=4
  - name: fixed
    options:
      disableNameSuffixHash: true
      immutable: true
      labels:
        one: "1"
    literals:
      - k=v
  - name: spaced
    namespace: other
    envs:
      - settings.env
generatorOptions:
  annotations:
    made: here
=== overlay/settings.env
# comment
LEVEL=info
EMPTY=
BARE
`),
  components: kustomizeFiles(`
=== component/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources:
  - extra.yaml
patches:
  - target:
      kind: Deployment
      name: cart
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/env
        value: [{name: FEATURE, value: "on"}]
labels:
  - pairs:
      feature: "on"
=== component/extra.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: feature
data: {}
=== overlay/kustomization.yaml
namespace: shop
resources:
  - ../base
components:
  - ../component
nameSuffix: -x
`),
};
