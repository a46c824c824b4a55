import { kustomizeFiles } from './kustomizeFiles.ts';

/** Names, namespaces and labels that a kustomization gives. */
export const NAME_CASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'names, namespace and labels': kustomizeFiles(`
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
`),
  'common labels and two layers of names': kustomizeFiles(`
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
`),
};
