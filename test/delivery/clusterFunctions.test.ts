import assert from 'node:assert/strict';
import { failureOfRequest, failureOfStatus } from '../../client/src/adapters/kubernetesFailure.ts';
import { inApplyOrder } from '../../client/src/cluster/applyOrder.ts';
import { describeConflicts, fieldConflicts } from '../../client/src/cluster/fieldConflicts.ts';
import type { KubeObject } from '../../client/src/cluster/kubeObject.ts';
import { objectDiff } from '../../client/src/cluster/objectDiff.ts';
import { objectOwner } from '../../client/src/cluster/objectOwner.ts';
import { protectingPattern } from '../../client/src/cluster/protectedContext.ts';
import { collectionPath, objectPath, wellKnownTypes } from '../../client/src/cluster/resourceType.ts';
import { selectorText } from '../../client/src/cluster/workload.ts';

const object = (kind: string, more: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'x', namespace: 'shop' },
  ...more,
});

describe('The order of applying', () => {
  it('puts definitions, namespaces, configuration, workloads and routes after each other, whatever the order given', () => {
    const wanted = [
      'CustomResourceDefinition',
      'Namespace',
      'ServiceAccount',
      'RoleBinding',
      'Secret',
      'PersistentVolumeClaim',
      'Service',
      'Deployment',
      'HorizontalPodAutoscaler',
      'Certificate',
      'Gateway',
      'VirtualService',
      'ValidatingWebhookConfiguration',
    ];
    const sorted = inApplyOrder(
      wanted.toReversed().map((kind) => ({ kind })),
      (item) => item,
    );
    assert.deepEqual(
      sorted.map(({ kind }) => kind),
      wanted,
    );
  });

  it('keeps the written order within one stage', () => {
    const items = ['b', 'a', 'c'].map((name) => ({ kind: 'ConfigMap', name }));
    assert.deepEqual(
      inApplyOrder(items, (item) => item).map(({ name }) => name),
      ['b', 'a', 'c'],
    );
  });
});

describe('Protected contexts', () => {
  it('are matched as a whole, with stars, whatever the case', () => {
    assert.equal(protectingPattern('PROD-eu-1', ['staging', 'prod*']), 'prod*');
    assert.equal(protectingPattern('my-production', ['prod*']), undefined);
    assert.equal(protectingPattern('arn:aws:eks:eu:1:cluster/live', ['*/live']), '*/live');
    assert.equal(protectingPattern('axb', ['a.b']), undefined);
  });
});

describe('The difference that applying makes', () => {
  const live = object('ConfigMap', {
    metadata: {
      name: 'x',
      namespace: 'shop',
      uid: 'u',
      resourceVersion: '7',
      managedFields: [{ manager: 'kubectl' }],
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"secret":"s3cret"}', keep: 'yes' },
    },
    data: { a: '1', b: '2' },
    status: { noise: true },
  });

  it('shows what people wrote, not what the server keeps', () => {
    const diff = objectDiff(live, { ...live, data: { a: '1', b: '3' }, status: { noise: false } });
    assert.equal(diff.change, 'update');
    assert.deepEqual(
      diff.lines.filter((line) => /^[-+]/.test(line)),
      ['-  b: "2"', '+  b: "3"'],
    );
    assert.doesNotMatch(diff.before + diff.after, /managedFields|last-applied|resourceVersion|noise/);
    assert.match(diff.after, /keep: yes|keep: "yes"/);
  });

  it('knows when nothing changes, in whatever order the server gives the keys', () => {
    const { data: _data, ...rest } = live;
    assert.equal(objectDiff(live, { ...rest, data: { b: '2', a: '1' } } as KubeObject).change, 'unchanged');
  });

  it('masks every value of a Secret and still shows which one changes', () => {
    const secret = (password: string) => object('Secret', { data: { user: 'YWRtaW4=', password } });
    const diff = objectDiff(secret('b2xk'), secret('bmV3'));
    assert.doesNotMatch(diff.before + diff.after + diff.lines.join(), /b2xk|bmV3|YWRtaW4/);
    assert.equal(diff.change, 'update');
    assert.ok(diff.lines.some((line) => line.startsWith('-  password')));
    assert.ok(!diff.lines.some((line) => /^[-+]\s+user/.test(line)));
    const created = objectDiff(undefined, object('Secret', { stringData: { token: 'hush' } }));
    assert.doesNotMatch(created.after, /hush/);
    assert.equal(created.change, 'create');
  });
});

describe('Who else looks after an object', () => {
  const marked = (metadata: object): KubeObject => object('Deployment', { metadata: { name: 'x', ...metadata } });

  it('is told from the marks of Argo CD, Helm, Flux and controllers', () => {
    const argo = marked({ annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/x' } });
    assert.equal(objectOwner(argo)?.name, 'shop');
    assert.match(objectOwner(argo)?.warning ?? '', /Argo CD application shop will revert/);
    const helm = marked({ annotations: { 'meta.helm.sh/release-name': 'cart' } });
    assert.equal(objectOwner(helm)?.tool, 'Helm');
    assert.equal(objectOwner(marked({ labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }))?.tool, 'Flux');
    const owned = marked({
      ownerReferences: [{ apiVersion: 'v1', kind: 'Kafka', name: 'k', uid: '1', controller: true }],
    });
    assert.equal(objectOwner(owned)?.name, 'Kafka k');
  });

  it('is nobody for an object that only carries common labels', () => {
    assert.equal(objectOwner(marked({ labels: { 'app.kubernetes.io/managed-by': 'team-shop' } })), undefined);
  });
});

describe('What the API server refuses', () => {
  const conflict = {
    reason: 'Conflict',
    message: 'Apply failed with 2 conflicts',
    details: {
      causes: [
        {
          reason: 'FieldManagerConflict',
          message: 'conflict with "kubectl-scale" using apps/v1',
          field: '.spec.replicas',
        },
        { reason: 'FieldManagerConflict', message: 'conflict with "argocd"', field: '.spec.template' },
      ],
    },
  };

  it('names the owner of each field in a conflict', () => {
    assert.deepEqual(fieldConflicts(conflict), [
      { owner: 'kubectl-scale', field: '.spec.replicas' },
      { owner: 'argocd', field: '.spec.template' },
    ]);
    assert.equal(
      describeConflicts([...fieldConflicts(conflict), { owner: 'argocd', field: '.x' }]),
      'kubectl-scale owns .spec.replicas; argocd owns .spec.template, .x',
    );
    assert.deepEqual(fieldConflicts(null), []);
  });

  const cases: [status: number, body: object | string, kind: string][] = [
    [401, { message: 'Unauthorized' }, 'unauthorised'],
    [403, { message: 'deployments.apps is forbidden: User "viewer" cannot patch' }, 'forbidden'],
    [403, { message: 'pods "x" is forbidden: exceeded quota: small' }, 'quota'],
    [404, { message: 'not found' }, 'not-found'],
    [409, conflict, 'conflict'],
    [409, { message: 'the object has been modified' }, 'conflict'],
    [410, { message: 'too old resource version' }, 'expired'],
    [422, { message: 'spec.replicas: Invalid value' }, 'invalid'],
    [429, { message: 'too many requests' }, 'timeout'],
    [503, 'upstream is down', 'unreachable'],
  ];
  for (const [status, body, kind] of cases) {
    it(`${status} ${typeof body === 'string' ? body : JSON.stringify(body).slice(0, 60)} is ${kind}`, () => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const { report } = failureOfStatus('kind-shop', 'apply x', status, text);
      assert.equal(report.kind, kind);
      assert.equal(report.said, typeof body === 'string' ? body : (body as { message: string }).message);
    });
  }

  it('tells a certificate that is not accepted from a server that is away', () => {
    const error = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    assert.match(failureOfRequest('c', 'https://x', error).message, /certificate/);
    assert.match(failureOfRequest('c', 'https://x', new Error('connect ECONNREFUSED')).message, /does not answer/);
  });
});

describe('Paths and selectors', () => {
  it('are those of the API', () => {
    assert.equal(
      objectPath(wellKnownTypes.deployments, 'shop', 'cart'),
      '/apis/apps/v1/namespaces/shop/deployments/cart',
    );
    assert.equal(collectionPath(wellKnownTypes.pods), '/api/v1/pods');
    const nodes = { ...wellKnownTypes.pods, plural: 'nodes', namespaced: false };
    assert.equal(objectPath(nodes, 'ignored', 'n1'), '/api/v1/nodes/n1');
    assert.equal(
      selectorText({
        matchLabels: { app: 'cart' },
        matchExpressions: [
          { key: 'tier', operator: 'In', values: ['a', 'b'] },
          { key: 'old', operator: 'DoesNotExist' },
        ],
      }),
      'app=cart,tier in (a,b),!old',
    );
  });
});
