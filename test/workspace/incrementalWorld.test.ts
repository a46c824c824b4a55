import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { describe as describeResource, type Resource } from '../../server/src/workspace/resource.ts';
import { type FileChange, type Snapshot, World } from '../../server/src/workspace/world.ts';
import { findingsOf } from '../catalog/exampleWorkspace.ts';

interface Written {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly digit: number;
}

/** Names and namespaces of a small choice, so that files often define the same object or answer each other. */
const written = fc.record<Written>({
  kind: fc.constantFrom('Deployment', 'Service', 'ConfigMap', 'HorizontalPodAutoscaler', 'Ingress', 'Kustomization'),
  name: fc.constantFrom('cart', 'cache', 'orders'),
  namespace: fc.constantFrom('', 'shop', 'data'),
  digit: fc.nat(9),
});

const URIS = [
  'deploy/a.yaml',
  'deploy/b.yaml',
  'deploy/cart/a.yaml',
  'deploy/cart-patch.yaml',
  'one/a.yaml',
  'two/a.yaml',
  'overlay/kustomization.yaml',
  'chart/Chart.yaml',
  'chart/templates/a.yaml',
].map((path) => `file:///example/${path}`);

/** What a person does to a file: mostly one word of its first object, seldom more. */
const edit = fc.record({
  uri: fc.constantFrom(...URIS),
  part: fc.constantFrom('kind', 'name', 'namespace', 'namespace', 'digit', 'second object', 'cut', 'gone'),
  first: written,
  second: written,
  length: fc.nat(300),
});

describe('a world that is edited', () => {
  it('is the one that a fresh reading of the same files gives', () => {
    const start = fc.array(written, { minLength: URIS.length, maxLength: URIS.length });
    fc.assert(
      fc.property(start, fc.array(edit, { minLength: 1, maxLength: 8 }), (objects, edits) => {
        const edited = new World(LANGUAGES);
        const now = new Map(URIS.map((uri, index) => [uri, objects[index]!]));
        edited.apply([...now].map(([uri, object]): FileChange => ({ uri, text: textOf(object) })));
        edited.snapshot().graph.all();
        for (const { uri, part, first, second, length } of edits) {
          const before = now.get(uri)!;
          const after = part in before ? { ...before, [part]: first[part as keyof Written] } : before;
          now.set(uri, after);
          const text = part === 'second object' ? `${textOf(after)}---\n${textOf(second)}` : textOf(after);
          edited.apply([{ uri, text: part === 'gone' ? undefined : part === 'cut' ? text.slice(0, length) : text }]);
          assert.deepEqual(shapeOf(edited.snapshot()), shapeOf(fresh(edited.snapshot())));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('finds in every file what a fresh reading finds, key by key', () => {
    const files = [
      ['deploy/cart.yaml', textOf({ kind: 'Deployment', name: 'cart', namespace: 'shop', digit: 1 })],
      ['deploy/cart-service.yaml', textOf({ kind: 'Service', name: 'cart', namespace: 'shop', digit: 1 })],
      ['deploy/settings.yaml', textOf({ kind: 'ConfigMap', name: 'cart', namespace: 'shop', digit: 1 })],
      ['deploy/cache.yaml', textOf({ kind: 'Deployment', name: 'cache', namespace: 'shop', digit: 1 })],
      ['deploy/cache-service.yaml', textOf({ kind: 'Service', name: 'cache', namespace: 'shop', digit: 1 })],
      ['k8s/cart.yaml', textOf({ kind: 'HorizontalPodAutoscaler', name: 'cart', namespace: 'shop', digit: 1 })],
    ].map(([path, text]) => ({ uri: `file:///example/${path}`, text: text! }));
    const edited = new World(LANGUAGES);
    edited.apply(files);
    const said = new Set<string>();
    for (const { uri, text } of files) {
      for (const typed of editsOf(text)) {
        edited.apply([{ uri, text: typed }]);
        const snapshot = edited.snapshot();
        const findings = findingsIn(snapshot);
        assert.deepEqual(findings, findingsIn(fresh(snapshot)), `${uri}\n${typed}`);
        for (const finding of findings) said.add(finding);
      }
      edited.apply([{ uri, text }]);
    }
    assert.ok(said.size > 40, `edits that make no fault compare nothing: ${said.size}`);
  });

  it('keeps every resource of the files that were not edited', () => {
    const world = new World(LANGUAGES);
    const uris = ['deploy/a.yaml', 'deploy/b.yaml', 'other/c.yaml'].map((path) => `file:///example/${path}`);
    world.apply(
      uris.map(
        (uri, index): FileChange => ({
          uri,
          text: textOf({ kind: 'ConfigMap', name: `map-${index}`, namespace: 'shop', digit: 1 }),
        }),
      ),
    );
    const before = world.snapshot().graph;
    world.apply([{ uri: uris[0]!, text: textOf({ kind: 'ConfigMap', name: 'map-0', namespace: 'shop', digit: 2 }) }]);
    const after = world.snapshot().graph;
    assert.notEqual(after.inFile(uris[0]!)[0], before.inFile(uris[0]!)[0]);
    for (const uri of uris.slice(1)) assert.equal(after.inFile(uri)[0], before.inFile(uri)[0]);
    assert.equal(after.near(after.inFile(uris[1]!)[0]!).includes(after.inFile(uris[0]!)[0]!), true);
  });
});

/** The same files in the same order, read by a world that never saw others. */
function fresh({ files }: Snapshot): Snapshot {
  const world = new World(LANGUAGES);
  world.apply([...files.values()].map(({ parsed: { source } }) => ({ uri: source.uri, text: source.text })));
  return world.snapshot();
}

/** Each resource with its set, its neighbours in their order, and what it refers to. */
function shapeOf({ graph }: Snapshot): unknown {
  const place = (resource: Resource) =>
    `${resource.uri}#${resource.root.span.start} ${describeResource(resource)} ${resource.namespace}`;
  return graph.all().map((resource) => ({
    resource: place(resource),
    set: graph.setOf(resource),
    isIncomplete: graph.isIncomplete(resource),
    near: graph.near(resource).map(place),
    inFile: graph.inFile(resource.uri).map(place),
    writtenIn: graph.writtenIn(resource.uri).map(place),
    edges: graph
      .edgesFrom(resource)
      .map(({ relation, target, writtenAt }) => [
        `${relation} at ${writtenAt.span.start}`,
        target.status === 'found' ? place(target.resource) : target,
      ]),
    asked: graph.edgesTo(resource).map(({ relation, source }) => `${relation} ${place(source)}`),
  }));
}

function findingsIn(snapshot: Snapshot): string[] {
  return findingsOf(snapshot, 'strict').map(
    ({ rule, severity, finding: { at, message } }) =>
      `${rule.id} ${severity} ${at.source.uri}#${at.span.start}-${at.span.end} ${message}`,
  );
}

/** A text without every second of its lines, and with each of its names as another one. */
function* editsOf(text: string): Iterable<string> {
  const lines = text.split('\n');
  for (const index of lines.keys()) {
    if (index % 2 === 0) yield lines.filter((_line, other) => other !== index).join('\n');
    const changed = lines[index]!.replace(/\b(?:cart|cache|shop|80)\b/, 'x1');
    if (changed !== lines[index]) yield lines.with(index, changed).join('\n');
  }
}

function textOf({ kind, name, namespace, digit }: Written): string {
  if (kind === 'Kustomization') return `kind: Kustomization\nnamespace: ${namespace}\nresources: [../deploy/a.yaml]\n`;
  const apiVersion: Readonly<Record<string, string>> = {
    Deployment: 'apps/v1',
    HorizontalPodAutoscaler: 'autoscaling/v2',
    Ingress: 'networking.k8s.io/v1',
  };
  const metadata = namespace === '' ? '' : `  namespace: ${namespace}\n`;
  return `apiVersion: ${apiVersion[kind] ?? 'v1'}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${metadata}${bodyOf(kind, name, digit)}`;
}

function bodyOf(kind: string, name: string, digit: number): string {
  switch (kind) {
    case 'Deployment':
      return `spec:
  replicas: ${digit}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: web
          image: ${name === 'cache' ? 'redis:8.2.2' : `example.com/${name}:1.${digit}`}
          args: ${name === 'cache' ? '["--maxmemory", "300mb"]' : '[serve]'}
          envFrom:
            - configMapRef:
                name: cart
          env:
            - name: REDIS_URL
              value: redis://cache:6379/0
          resources:
            limits:
              memory: 256Mi
`;
    case 'Service':
      return `spec:\n  selector:\n    app: ${name}\n  ports:\n    - port: ${name === 'cache' ? 6379 : 80 + digit}\n`;
    case 'ConfigMap':
      return `data:\n  REDIS_TTL_SECONDS: "0"\n  CALLS: http://orders:80${digit}/\n`;
    case 'HorizontalPodAutoscaler':
      return `spec:\n  maxReplicas: ${digit}\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: cart\n`;
    default:
      return `spec:\n  defaultBackend:\n    service:\n      name: ${name}\n      port:\n        number: 80\n`;
  }
}
