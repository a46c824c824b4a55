/**
 * The files of one case: what `=== path` lines in a text head, beside those of a base with a Deployment, a Service and more.
 * The folder `overlay` is what is built.
 */
export function kustomizeFiles(text: string): Readonly<Record<string, string>> {
  return { ...split(BASE), ...split(text) };
}

function split(text: string): Record<string, string> {
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
