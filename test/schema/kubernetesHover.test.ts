import assert from 'node:assert/strict';
import { kubernetesExplanation } from '../../server/src/features/kubernetesHover.ts';
import {
  durationSeconds,
  quantityInWords,
  quantityValue,
  secondsInWords,
} from '../../server/src/features/valueInWords.ts';
import { validateResource } from '../../server/src/schema/validate.ts';
import type { SourceNode } from '../../server/src/text/sourceNode.ts';
import { index, rootOf, schemaOf } from './schemas.ts';

const TEXT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
  replicas: 2
  progressDeadlineSeconds: 5400
  template:
    spec:
      containers:
        - name: cart
          args: [serve]
          resources:
            limits: { memory: 512Mi, cpu: 250m }
`;
const root = rootOf(TEXT);

function hover(text: string, at = 0, document: SourceNode = root): string | undefined {
  const source = document.source;
  const offset = source.text.indexOf(text) + at;
  const found = kubernetesExplanation([document], offset, index);
  return found && `${source.slice(found.span)}: ${found.markdown}`;
}

describe('features: hover of manifests', () => {
  it('explains a field at its key and at its value', () => {
    assert.match(hover('replicas') ?? '', /^replicas: `spec\.replicas` · integer\n\nNumber of desired pods/);
    assert.match(hover('replicas: 2', 10) ?? '', /^2: `spec\.replicas`/);
    assert.match(hover('spec:\n  rep') ?? '', /^spec: `spec` · map/);
    assert.match(hover('args') ?? '', /^args: `spec\.template\.spec\.containers\[\]\.args` · list of strings/);
    assert.match(hover('serve') ?? '', /^serve: `spec\.template\.spec\.containers\[\]\.args`/);
  });

  it('explains kinds, and what becomes of old versions', () => {
    assert.match(
      hover('Deployment') ?? '',
      /^Deployment: \*\*Deployment\*\* · `apps\/v1` · Kubernetes 1\.36\n\nDeployment enables/,
    );
    const old = rootOf('apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\n');
    assert.match(
      hover('Ingress', 0, old) ?? '',
      /Not served since Kubernetes 1\.22\. Use `networking\.k8s\.io\/v1`\.$/,
    );
  });

  it('says quantities and durations in words', () => {
    assert.match(hover('512Mi') ?? '', /`512Mi`: 536,870,912 bytes$/);
    assert.match(hover('250m') ?? '', /`250m`: 0\.25 CPU cores$/);
    assert.match(hover('5400') ?? '', /`5400`: 1 hour 30 minutes$/);
    const route = rootOf(
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec: { http: [{ timeout: 1m30s }] }\n',
    );
    assert.match(hover('1m30s', 0, route) ?? '', /`1m30s`: 1 minute 30 seconds$/);
  });

  it('says nothing where no schema knows the place', () => {
    assert.equal(hover('spec:\n  replicas', 5), undefined, 'between two entries');
    assert.equal(hover('size', 0, rootOf('apiVersion: shop.example/v1\nkind: Cache\nspec: { size: 1 }\n')), undefined);
    assert.equal(hover('nonsense', 0, rootOf('apiVersion: v1\nkind: Pod\nspec: { nonsense: 1 }\n')), undefined);
    assert.equal(kubernetesExplanation([], 0, index), undefined);
  });

  it('explains objects in a List', () => {
    const list = rootOf(
      'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n    spec: { clusterIP: None }\n',
    );
    assert.match(hover('clusterIP', 0, list) ?? '', /^clusterIP: `spec\.clusterIP` · string/);
    assert.match(hover('items', 0, list) ?? '', /^items: `items` · list of maps/);
  });

  it('explains every key of a valid document', () => {
    assert.deepEqual(
      validateResource(root, schemaOf(root)).map(({ code }) => code),
      ['schema/missing-field'],
      'the selector is left out',
    );
    const visit = (node: SourceNode): void => {
      if (node.keySpan) assert.ok(kubernetesExplanation([root], node.keySpan.start + 1, index), node.path.join('.'));
      for (const entry of node.entries) visit(entry);
    };
    visit(root);
  });
});

describe('features: values in words', () => {
  it('reads quantities', () => {
    const cases: [string, number | undefined][] = [
      ['500m', 0.5],
      ['1.5Gi', 1.5 * 2 ** 30],
      ['2k', 2000],
      ['1e3', 1000],
      ['1E', 1e18],
      ['-1', -1],
      ['1GB', undefined],
      ['', undefined],
    ];
    for (const [text, value] of cases) assert.equal(quantityValue(text), value, text);
    assert.equal(quantityInWords('1', 'limits.cpu'), '1 CPU core');
    assert.equal(quantityInWords('1000M', 'requests.memory'), '953.674 MiB, 1,000,000,000 bytes');
    assert.equal(quantityInWords('10', 'count'), undefined);
  });

  it('reads durations', () => {
    assert.equal(durationSeconds('1h30m'), 5400);
    assert.equal(durationSeconds('250ms'), 0.25);
    assert.equal(durationSeconds('1.5s'), 1.5);
    assert.equal(durationSeconds('2w'), 1_209_600);
    assert.equal(durationSeconds('5'), undefined);
    assert.equal(secondsInWords(0.25), '250 milliseconds');
    assert.equal(secondsInWords(1), '1 second');
    assert.equal(secondsInWords(1_209_600), '2 weeks');
    assert.equal(secondsInWords(90_061.5), '1 day 1 hour 1 minute 1.5 seconds');
    assert.equal(secondsInWords(0), '0 seconds');
  });
});
