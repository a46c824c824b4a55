import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import type { Pattern, WorkspaceChange } from '../../server/src/rules/pattern.ts';
import { applyEdits } from '../../server/src/text/sourceText.ts';
import type { Resource } from '../../server/src/workspace/resource.ts';
import type { ResourceGraph } from '../../server/src/workspace/resourceGraph.ts';
import { EXAMPLE_FOLDER, exampleSnapshot, findingsOf } from './exampleWorkspace.ts';
import type { ExampleFile } from './readReadme.ts';

const NAMESPACE = `# Where the cart lives.
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

const SERVICE = `apiVersion: v1
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

const SUPPORT = `apiVersion: v1
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

/** The ways in which people lay such manifests out. */
const LAYOUTS: Readonly<Record<string, (deployment: string) => ExampleFile[]>> = {
  'a file for each object': (deployment) => [
    { name: 'deploy/namespace.yaml', text: NAMESPACE },
    { name: 'deploy/deployment.yaml', text: deployment },
    { name: 'deploy/service.yaml', text: SERVICE },
    { name: 'deploy/support.yaml', text: SUPPORT },
  ],
  'one file for all': (deployment) => [
    { name: 'cart.yaml', text: [NAMESPACE, deployment, SERVICE, SUPPORT].join('---\n') },
  ],
  'lines that end with CRLF': (deployment) => [
    { name: 'cart.yaml', text: [NAMESPACE, deployment, SERVICE, SUPPORT].join('---\n').replaceAll('\n', '\r\n') },
  ],
  'no namespace and labels in braces': (deployment) => [
    {
      name: 'cart.yaml',
      text: [deployment, SERVICE, SUPPORT]
        .join('---\n')
        .replaceAll('  namespace: shop\n', '')
        .replace(
          /( +selector:)\n +app.kubernetes.io\/name: cart # its pods\n/,
          '$1 { app.kubernetes.io/name: cart } # its pods\n',
        ),
    },
  ],
};

/** Writes templates, and leaves the workload as it is: test/helm looks at what they render. */
const PACKS = new Set(['helm']);

describe('Apply Pattern', () => {
  for (const pattern of PATTERNS.filter(({ apply, id }) => apply !== undefined && !PACKS.has(id))) {
    for (const [layout, files] of Object.entries(LAYOUTS)) {
      it(`adds ${pattern.id} to a workload, with ${layout}`, () => testApply(pattern, files(deploymentFor(pattern))));
    }
  }

  it('has no place where there is no workload', () => {
    for (const pattern of PATTERNS) {
      const { graph } = exampleSnapshot([{ name: 'deploy/service.yaml', text: SERVICE }]);
      assert.equal(pattern.apply?.(graph.all('Service')[0]!, graph), undefined, pattern.id);
    }
  });
});

function deploymentFor(pattern: Pattern): string {
  return TAKEN_OUT[pattern.id]?.(DEPLOYMENT) ?? DEPLOYMENT;
}

function testApply(pattern: Pattern, before: readonly ExampleFile[]): void {
  const { graph } = exampleSnapshot(before);
  const change = pattern.apply!(cart(graph), graph);
  assert.ok(change, `${pattern.id} finds no place`);
  const after = changed(before, change);
  for (const { name, text } of after) {
    assert.deepEqual(
      parseAllDocuments(text).flatMap((document) => document.errors.map(({ message }) => message)),
      [],
      `${name} does not parse:\n${text}`,
    );
  }
  for (const { name, text } of before) {
    const left = after.find((file) => file.name === name)!.text;
    assert.deepEqual(commentsOf(left), commentsOf(text), `${name} lost a comment`);
    if (text.includes('\r\n')) assert.doesNotMatch(left, /[^\r]\n/, `${name} mixes line ends`);
  }
  const known = new Set(faults(before));
  assert.deepEqual(
    faults(after).filter((fault) => !known.has(fault)),
    [],
  );
  const applied = exampleSnapshot(after).graph;
  const instances = [...pattern.recognize(applied)].filter(({ participants }) =>
    participants.some(({ resource }) => resource === cart(applied)),
  );
  assert.deepEqual(
    instances.map(({ missing }) => missing),
    [[]],
    `${pattern.id} is not recognised once, with every role`,
  );
  assert.equal(pattern.apply!(cart(applied), applied), undefined, `${pattern.id} is added twice`);
}

function cart(graph: ResourceGraph): Resource {
  return graph.all('apps/Deployment').find(({ name }) => name === 'cart')!;
}

function changed(files: readonly ExampleFile[], { edits, creates }: WorkspaceChange): ExampleFile[] {
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

function commentsOf(text: string): string[] {
  return text.match(/#.*/g)?.map((comment) => comment.trim()) ?? [];
}

/** Errors and warnings of the strict profile. */
function faults(files: readonly ExampleFile[]): string[] {
  return findingsOf(exampleSnapshot(files), 'strict').flatMap(({ rule, severity, finding }) =>
    severity === 'information' ? [] : `${rule.id}: ${finding.message}`,
  );
}
