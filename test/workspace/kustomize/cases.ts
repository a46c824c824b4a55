/** Kustomizations whose build is compared with Kustomize's own; the folder `overlay` is what is built. */
export const CASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

/** Splits `--- path` blocks into files. */
function files(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(/^=== /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')).trim(), part.slice(part.indexOf('\n') + 1)]),
  );
}

const BASE = `
=== base/kustomization.yaml
resources:
  - deployment.yaml
  - service.yaml
=== base/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  labels:
    app: cart
spec:
  replicas: 1
  selector:
    matchLabels:
      app: cart
  template:
    metadata:
      labels:
        app: cart
    spec:
      serviceAccountName: cart
      containers:
        - name: proxy
          image: registry.example.com:5000/proxy@sha256:abc
        - name: web
          image: nginx:1.25
          args: ["--a", "--b"]
          ports:
            - containerPort: 8080
              protocol: TCP
            - containerPort: 8080
              protocol: UDP
          env:
            - name: A
              value: "1"
            - name: B
              valueFrom:
                configMapKeyRef:
                  name: settings
                  key: b
          envFrom:
            - secretRef:
                name: password
          resources:
            limits:
              cpu: 100m
              memory: 128Mi
      volumes:
        - name: data
          emptyDir: {}
      tolerations:
        - key: a
          operator: Exists
=== base/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: cart
spec:
  selector:
    app: cart
  ports:
    - port: 80
      targetPort: 8080
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: cart
`;

function add(name: string, text: string, base = BASE): void {
  (CASES as Record<string, Record<string, string>>)[name] = { ...files(base), ...files(text) };
}

add(
  'names, namespace and labels',
  `
=== overlay/kustomization.yaml
namespace: shop
namePrefix: dev-
nameSuffix: -v1
resources:
  - ../base
  - extra.yaml
labels:
  - pairs:
      team: shop
    includeSelectors: true
  - pairs:
      owner: platform
    includeTemplates: true
  - pairs:
      stage: "1"
commonAnnotations:
  note: hello
=== overlay/extra.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: old
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: binding
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
subjects:
  - kind: ServiceAccount
    name: cart
  - kind: ServiceAccount
    name: default
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: wide
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: reader
subjects:
  - kind: ServiceAccount
    name: cart
    namespace: default
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reader
rules:
  - apiGroups: [""]
    resources: [configmaps]
    resourceNames: [settings, cart]
    verbs: [get]
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: nightly
spec:
  schedule: "0 0 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          serviceAccountName: cart
          containers:
            - name: job
              image: nginx
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: cart
  selector:
    matchLabels: {app: db}
  template:
    metadata:
      labels: {app: db}
    spec:
      containers: []
  volumeClaimTemplates:
    - metadata:
        name: data
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow
spec:
  podSelector:
    matchLabels:
      app: cart
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: web
        - podSelector: {}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: budget
spec:
  selector:
    matchLabels:
      app: cart
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: cart
spec:
  tls:
    - secretName: cart-tls
  rules:
    - host: example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: cart
                port:
                  number: 80
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: cart
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: cart
  minReplicas: 1
  maxReplicas: 3
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata:
  name: issuer
spec: {}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.example.com
spec:
  group: example.com
`,
);

add(
  'common labels and two layers of names',
  `
=== middle/kustomization.yaml
namePrefix: mid-
resources:
  - ../base
commonLabels:
  layer: middle
=== overlay/kustomization.yaml
namePrefix: top-
namespace: prod
resources:
  - ../middle
  - own.yaml
commonLabels:
  layer: top
  more: "yes"
=== overlay/own.yaml
apiVersion: v1
kind: Service
metadata:
  name: other
  namespace: elsewhere
spec:
  selector:
    app: other
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
      serviceAccountName: cart
      containers: []
`,
);

add(
  'strategic merge patches',
  `
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
`,
);

add(
  'lists replaced and kinds without merge keys',
  `
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
`,
);

add(
  'JSON patches',
  `
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
`,
);

add(
  'old fields',
  `
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
`,
);

add(
  'images and replicas',
  `
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
`,
);

add(
  'generators',
  `
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
`,
);

add(
  'components',
  `
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
`,
);

add(
  'replacements',
  `
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
`,
);

add(
  'variables',
  `
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
`,
);

add(
  'configurations, local objects and renamed targets',
  `
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
`,
);
