/** A small shop in plain manifests, for tests that look at one file of it. */
export const SHOP = {
  'cart.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
spec:
  replicas: 3
  selector:
    matchLabels: { app: cart }
  template:
    metadata:
      labels: { app: cart, version: v1 }
    spec:
      serviceAccountName: cart
      containers:
        - name: web
          image: registry.example.com/shop/cart:1.0.0
          ports:
            - { name: http, containerPort: 8080 }
          env:
            - name: MODE
              valueFrom:
                configMapKeyRef:
                  name: cart-settings
                  key: mode
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: cart-secret
                  key: password
          readinessProbe:
            httpGet: { path: /ready, port: http }
`,
  'cart-support.yaml': `apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
spec:
  selector:
    app: cart
  ports:
    - { name: web, port: 80, targetPort: http }
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: cart-settings
  namespace: shop
data:
  mode: fast
  motd: |
    hello
    you
---
apiVersion: v1
kind: Secret
metadata:
  name: cart-secret
  namespace: shop
stringData:
  password: hunter2
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: cart
  namespace: shop
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: cart
  namespace: shop
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: cart }
  minReplicas: 2
  maxReplicas: 10
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: cart
  namespace: shop
spec:
  minAvailable: 1
  selector:
    matchLabels: { app: cart }
`,
  'routes.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cart
  namespace: shop
spec:
  hosts: [cart, cart.shop.svc.cluster.local]
  http:
    - timeout: 5s
      retries:
        attempts: 2
        perTryTimeout: 2s
      route:
        - destination: { host: cart, subset: v1, port: { number: 80 } }
          weight: 9
        - destination: { host: cart.shop.svc.cluster.local, subset: v2 }
          weight: 1
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: cart
  namespace: shop
spec:
  host: cart
  subsets:
    - name: v1
      labels: { version: v1 }
    - name: v2
      labels: { version: v2 }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: cart
  namespace: shop
spec:
  podSelector:
    matchLabels: { app: cart }
  egress:
    - to:
        - ipBlock: { cidr: 10.0.0.0/16 }
`,
} as const;
