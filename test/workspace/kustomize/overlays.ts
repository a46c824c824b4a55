/** A base with two overlays, as most repositories have it. */
export const OVERLAYS: Readonly<Record<string, string>> = {
  'base/kustomization.yaml': `resources:
  - cart.yaml
  - settings.yaml
`,
  'base/settings.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  LEVEL: info
`,
  'base/cart.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
  replicas: 2
  selector:
    matchLabels:
      app: cart
  template:
    metadata:
      labels:
        app: cart
    spec:
      containers:
        - name: web
          image: registry.example.com/cart:1.0
          env:
            - name: LEVEL
              valueFrom:
                configMapKeyRef:
                  name: settings
                  key: LEVEL
`,
  'overlays/dev/kustomization.yaml': `namePrefix: dev-
namespace: dev
resources:
  - ../../base
images:
  - name: registry.example.com/cart
    newTag: latest
patches:
  - path: cart.yaml
`,
  'overlays/dev/cart.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
  template:
    spec:
      containers:
        - name: web
          resources:
            requests:
              memory: 256Mi
            limits:
              memory: 128Mi
`,
  'overlays/prod/kustomization.yaml': `namespace: prod
resources:
  - ../../base
patches:
  - target:
      kind: Deployment
      name: cart
    patch: |-
      - op: replace
        path: /spec/replicas
        value: 4
`,
};
