/**
 * The text of a manifest with one Deployment, named cart. `latest` is a tag that rules complain of; where it is stuck, its
 * rolling update may neither add nor take away a pod.
 */
export function cartDeployment({ tag = 'latest', isStuck = false } = {}): string {
  const strategy = `  strategy:
    rollingUpdate:
      maxSurge: 0
      maxUnavailable: 0
`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
${isStuck ? strategy : ''}  selector:
    matchLabels: { app: cart }
  template:
    metadata:
      labels: { app: cart }
    spec:
      containers:
        - name: web
          image: registry.example.com/cart:${tag}
`;
}
