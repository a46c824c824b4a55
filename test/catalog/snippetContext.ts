import { parseAllDocuments } from 'yaml';
import type { ExampleFile } from './readReadme.ts';

/** What a person has before a snippet is inserted: an application `cart` with its Deployment and Service. */
const CONTEXT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: cart
  template:
    metadata:
      labels:
        app.kubernetes.io/name: cart
        version: v1
    spec:
      containers:
        - name: cart
          image: registry.example.com/shop/cart:1.0.0
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /healthz/ready
              port: http
          # snippet
---
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
spec:
  selector:
    app.kubernetes.io/name: cart
  ports:
    - name: http
      port: 80
      targetPort: http
`;

const DOCKERFILE =
  'FROM eclipse-temurin:21.0.5_11-jre\nUSER 10001\nEXPOSE 8080\nENTRYPOINT ["java", "-jar", "/app.jar"]\n';

/**
 * The files of an application with a YAML snippet in it: whole objects take the place of those that the application has
 * under the same name, a fragment goes into its container.
 */
export function inContext(snippet: string, sources: readonly ExampleFile[] = []): ExampleFile[] {
  const own = sources.length > 0 ? sources : [{ name: 'cart/Dockerfile', text: DOCKERFILE }];
  if (/^apiVersion: v2$/m.test(snippet)) return inChart(snippet);
  if (!/^kind:/m.test(snippet)) {
    const fragment = snippet.trimEnd().replaceAll('\n', '\n          ');
    return [...own, { name: 'deploy/cart.yaml', text: CONTEXT.replace('# snippet', fragment) }];
  }
  // An autoscaler's snippet goes to a workload that it may scale.
  const context = snippet.includes('kind: HorizontalPodAutoscaler')
    ? CONTEXT.replace('  replicas: 2\n', '').replace(
        '# snippet',
        'resources:\n            requests:\n              cpu: 100m',
      )
    : CONTEXT;
  const objects = new Set(parseAllDocuments(snippet).map((document) => identity(String(document))));
  const rest = context.split('---\n').filter((text) => !objects.has(identity(text)));
  return [
    ...own,
    { name: 'deploy/snippet.yaml', text: snippet },
    ...(rest.length === 0 ? [] : [{ name: 'deploy/cart.yaml', text: rest.join('---\n') }]),
  ];
}

function identity(document: string): string {
  return `${/^kind: (.+)$/m.exec(document)?.[1]} ${/^ {2}name: (.+)$/m.exec(document)?.[1]}`;
}

/** A Chart.yaml goes to the folder of a chart that has values and templates already. */
function inChart(chart: string): ExampleFile[] {
  return [
    { name: 'chart/Chart.yaml', text: chart },
    { name: 'chart/values.yaml', text: 'replicas: 2\n' },
    {
      name: 'chart/templates/cart.yaml',
      text: CONTEXT.replace('# snippet', '').replace('replicas: 2', 'replicas: {{ .Values.replicas }}'),
    },
  ];
}
