import assert from 'node:assert/strict';
import type { Pattern, WorkspaceChange } from '../../server/src/rules/pattern.ts';
import { applyEdits } from '../../server/src/text/sourceText.ts';
import type { Resource } from '../../server/src/workspace/resource.ts';
import type { ResourceGraph } from '../../server/src/workspace/resourceGraph.ts';
import { EXAMPLE_FOLDER } from './exampleWorkspace.ts';
import type { ExampleFile } from './readReadme.ts';

/** The namespace of the application to which patterns are applied. */
export const NAMESPACE = `# Where the cart lives.
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    app.kubernetes.io/part-of: shop # like everything here
    pod-security.kubernetes.io/enforce: restricted
`;

const DEPLOYMENT = `# The cart of a customer.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
  labels:
    app.kubernetes.io/name: cart
    app.kubernetes.io/part-of: shop
spec:
  # One for each zone.
  replicas: 3
  minReadySeconds: 10 # until the cache is warm
  revisionHistoryLimit: 5
  progressDeadlineSeconds: 300
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  selector:
    matchLabels:
      app.kubernetes.io/name: cart
  template:
    metadata:
      labels:
        app.kubernetes.io/name: cart
        app.kubernetes.io/part-of: shop # of every pod
    spec:
      serviceAccountName: cart
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 30
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        fsGroup: 10001
        seccompProfile:
          type: RuntimeDefault
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector:
                  matchLabels:
                    app.kubernetes.io/name: cart
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: cart
      containers:
        # It does everything.
        - name: cart
          image: registry.example.com/shop/cart:1.0.0
          imagePullPolicy: Always
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /readyz
              port: http
            periodSeconds: 5
            timeoutSeconds: 2
            failureThreshold: 2
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
            periodSeconds: 10
            timeoutSeconds: 2
            failureThreshold: 3
          lifecycle:
            preStop:
              sleep:
                seconds: 5
          resources:
            requests:
              cpu: 100m
              memory: 128Mi # measured
              ephemeral-storage: 64Mi
            limits:
              cpu: 500m
              memory: 128Mi
              ephemeral-storage: 64Mi
          securityContext:
            allowPrivilegeEscalation: false
            privileged: false
            readOnlyRootFilesystem: true
            runAsNonRoot: true
            capabilities:
              drop: ["ALL"]
`;

/** The Service before it. */
export const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
  labels:
    app.kubernetes.io/name: cart
    app.kubernetes.io/part-of: shop
spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: cart # its pods
  ports:
    - name: http
      port: 80
      targetPort: http
      appProtocol: http
`;

/** Account, disruption budget and network policy of it. */
export const SUPPORT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: cart
  namespace: shop
  labels:
    app.kubernetes.io/name: cart
    app.kubernetes.io/part-of: shop
automountServiceAccountToken: false
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: cart
  namespace: shop
  labels:
    app.kubernetes.io/name: cart
    app.kubernetes.io/part-of: shop
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      app.kubernetes.io/name: cart
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: cart
  namespace: shop
  labels:
    app.kubernetes.io/name: cart
    app.kubernetes.io/part-of: shop
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: cart
  policyTypes: ["Ingress", "Egress"]
  ingress:
    - ports:
        - protocol: TCP
          port: http
`;

/** What must not be there yet, so that a pattern has a place. */
const TAKEN_OUT: Readonly<Record<string, (deployment: string) => string>> = {
  'requests-limits': (text) => text.replace(/ {10}resources:\n(?: {12}.+\n)+/, ''),
  rolling: (text) => text.replace(/ {2}strategy:\n(?: {4}.+\n)+/, ''),
};

/** Writes templates, and leaves the workload as it is: test/helm looks at what they render. */
export const PACKS = new Set(['helm']);

/** The Deployment `cart` as it is before a pattern is applied to it: in good order, without the pattern. */
export function deploymentFor(pattern: Pattern): string {
  return TAKEN_OUT[pattern.id]?.(DEPLOYMENT) ?? DEPLOYMENT;
}

/** The workload `cart` in a workspace of these files. */
export function cart(graph: ResourceGraph): Resource {
  return graph.all('apps/Deployment').find(({ name }) => name === 'cart')!;
}

/** The files after a change. */
export function changed(files: readonly ExampleFile[], { edits, creates }: WorkspaceChange): ExampleFile[] {
  const created = creates.map(({ uri, text }) => {
    assert.ok(uri.startsWith(EXAMPLE_FOLDER), uri);
    return { name: uri.slice(EXAMPLE_FOLDER.length), text };
  });
  assert.deepEqual(
    created.filter(({ name }) => files.some((file) => file.name === name)),
    [],
    'a file that exists is written anew',
  );
  return [
    ...files.map(({ name, text }) => ({
      name,
      text: applyEdits(
        text,
        edits.filter(({ uri }) => uri === EXAMPLE_FOLDER + name),
      ),
    })),
    ...created,
  ];
}
