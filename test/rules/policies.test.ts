import assert from 'node:assert/strict';
import { exampleSnapshot, findingsOf } from '../catalog/exampleWorkspace.ts';
import type { ExampleFile } from '../catalog/readReadme.ts';

/** What the rule says of these files under this policy. */
function said(rule: string, policy: string, ...files: ExampleFile[]): string[] {
  const settings = { name: 'slipway.yaml', text: `policies: ${policy}\n` };
  return findingsOf(exampleSnapshot([settings, ...files]), 'recommended').flatMap((found) =>
    found.rule.id === rule ? found.finding.message : [],
  );
}

const file = (text: string, name = 'cart.yaml'): ExampleFile => ({ name, text });

function pod(spec: string, name = 'cart.yaml'): ExampleFile {
  return file(`apiVersion: v1\nkind: Pod\nmetadata: { name: cart, namespace: shop }\nspec:\n  ${spec}\n`, name);
}

const image = (name: string) => pod(`containers: [{ name: web, image: "${name}" }]`);

describe('the registries of images', () => {
  const rule = 'pod-security/image-registry-not-allowed';
  const policy =
    '{ images: { allowedRegistries: [registry.example.com/shop, docker.io/library, "*.eu.example.com"] } }';

  it('are those that are written, or docker.io', () => {
    for (const good of [
      'registry.example.com/shop/cart:1',
      'nginx:1.29.1',
      'docker.io/library/nginx',
      'index.docker.io/library/nginx:1',
      'm1.eu.example.com/a/b@sha256:'.padEnd(29 + 64, '0'),
    ])
      assert.deepEqual(said(rule, policy, image(good)), [], good);
    for (const bad of [
      'registry.example.com/shopping/cart:1',
      'registry.example.com/cart:1',
      'somebody/nginx:1',
      'eu.example.com/a:1',
      'registry.example.com:5000/shop/cart:1',
    ])
      assert.equal(said(rule, policy, image(bad)).length, 1, bad);
  });

  it('are unknown where a template, another tool or an overlay writes the image', () => {
    for (const unknown of ['{{ .Values.image }}', '$IMAGE', 'registry/$(NAME):1', 'cart', ''])
      assert.deepEqual(said(rule, policy, image(unknown)), [], unknown);
    const overlay = (more: string) =>
      file(`resources: [cart.yaml]\nimages:\n  - name: ghcr.io/a/cart\n    ${more}\n`, 'kustomization.yaml');
    assert.deepEqual(
      said(rule, policy, image('ghcr.io/a/cart:1'), overlay('newName: registry.example.com/shop/a')),
      [],
    );
  });

  it('hold for init containers and for each overlay once', () => {
    const both = pod(
      'initContainers: [{ name: a, image: "ghcr.io/a/b:1" }]\n  containers: [{ name: b, image: "ghcr.io/a/b:1" }]',
    );
    assert.equal(said(rule, policy, both).length, 2);
  });

  it('may be denied alone', () => {
    const denying = '{ images: { deniedRegistries: [docker.io] } }';
    assert.match(said(rule, denying, image('nginx:1'))[0] ?? '', /comes from docker\.io, which is not allowed/);
    assert.deepEqual(said(rule, denying, image('ghcr.io/a/b:1')), []);
  });
});

describe('pull secrets', () => {
  const rule = 'pod-security/pull-secret-missing';
  const policy = '{ images: { pullSecrets: [login] } }';
  const plain = 'containers: [{ name: web, image: "a:1" }]';

  it('may come from the service account', () => {
    const account = (secret: string) =>
      file(
        `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: cart, namespace: shop }\nimagePullSecrets: [{ name: ${secret} }]\n`,
        'account.yaml',
      );
    const runs = pod(`serviceAccountName: cart\n  ${plain}`);
    assert.equal(said(rule, policy, runs, account('other')).length, 1);
    assert.deepEqual(said(rule, policy, runs, account('login')), []);
  });

  it('are another one, or none', () => {
    assert.equal(said(rule, policy, pod(`imagePullSecrets: [{ name: other }]\n  ${plain}`)).length, 1);
    assert.equal(said(rule, policy, pod(plain)).length, 1);
    assert.equal(
      said(rule, '{ images: { pullSecrets: ["*"] } }', pod(`imagePullSecrets: [{ name: a }]\n  ${plain}`)).length,
      0,
    );
    assert.equal(said(rule, '{ images: {} }', pod(plain)).length, 0);
  });
});

describe('classes of pods', () => {
  const rule = 'reliability/priority-class-not-allowed';
  const policy = '{ pods: { requirePriorityClass: true } }';
  const plain = pod('containers: []');

  it('may be left to a default class of the workspace', () => {
    const made = (isDefault: boolean) =>
      file(
        `apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: { name: usual }\nvalue: 1\nglobalDefault: ${isDefault}\n`,
        'classes.yaml',
      );
    assert.equal(said(rule, policy, plain, made(false)).length, 1);
    assert.deepEqual(said(rule, policy, plain, made(true)), []);
  });

  it('are none where none is allowed', () => {
    const none = '{ pods: { allowedPriorityClasses: [] } }';
    assert.match(said(rule, none, pod('priorityClassName: a\n  containers: []'))[0] ?? '', /none is allowed/);
    assert.deepEqual(said(rule, none, plain), []);
  });
});

describe('the choice of nodes', () => {
  const affinity =
    'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: pool, operator: Exists }] }] } } }\n  containers: []';

  it('is made by an affinity, too', () => {
    const required = '{ pods: { requiredNodeLabels: [pool] } }';
    assert.deepEqual(said('reliability/node-choice-missing', required, pod(affinity)), []);
    assert.equal(said('reliability/node-choice-missing', required, pod('containers: []')).length, 1);
    const allowed = '{ pods: { allowedNodeLabels: [arch] } }';
    assert.equal(said('reliability/node-choice-not-allowed', allowed, pod(affinity)).length, 1);
  });

  it('is forbidden by an empty list, with the name of a node', () => {
    const rule = 'reliability/node-choice-not-allowed';
    const named = pod('nodeName: node-17\n  containers: []');
    assert.equal(said(rule, '{ pods: { allowedNodeLabels: [] } }', named).length, 1);
    assert.equal(said(rule, '{ pods: { allowedNodeLabels: [arch] } }', named).length, 0);
  });
});

describe('resources of containers', () => {
  const container = (resources: string) => pod(`containers: [{ name: web, image: "a:1", resources: ${resources} }]`);

  it('are compared as quantities', () => {
    const rule = 'requests-limits/resource-out-of-range';
    const policy = '{ resources: { cpu: { maximumRequest: 2 }, memory: { minimumLimit: 64Mi } } }';
    assert.deepEqual(said(rule, policy, container('{ requests: { cpu: 2000m }, limits: { memory: 67108864 } }')), []);
    assert.equal(said(rule, policy, container('{ requests: { cpu: 2001m }, limits: { memory: 64M } }')).length, 2);
    assert.deepEqual(said(rule, policy, container('{ requests: { cpu: lots } }')), []);
    assert.deepEqual(
      said(rule, '{ resources: { cpu: { maximumRequest: lots } } }', container('{ requests: { cpu: 9 } }')),
      [],
    );
  });

  it('may be asked to be equal', () => {
    const rule = 'requests-limits/limit-far-over-request';
    const policy = '{ resources: { cpu: { maximumRatio: 1 } } }';
    assert.deepEqual(said(rule, policy, container('{ requests: { cpu: 500m }, limits: { cpu: 0.5 } }')), []);
    assert.match(
      said(rule, policy, container('{ requests: { cpu: 250m }, limits: { cpu: 1 } }'))[0] ?? '',
      /allowed is the same/,
    );
    assert.deepEqual(said(rule, policy, container('{ limits: { cpu: 1 } }')), []);
    assert.deepEqual(said(rule, policy, container('{ requests: { cpu: 0 }, limits: { cpu: 1 } }')), []);
  });
});

describe('labels of objects', () => {
  const rule = 'naming/label-missing';
  const service = (labels: string) => file(`apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n${labels}`);

  it('may be added by the overlay', () => {
    const policy = '{ labels: { required: [{ key: owner }] } }';
    for (const added of ['commonLabels: { owner: shop }', 'labels: [{ pairs: { owner: shop } }]'])
      assert.deepEqual(
        said(rule, policy, service(''), file(`resources: [cart.yaml]\n${added}\n`, 'kustomization.yaml')),
        [],
        added,
      );
    assert.equal(said(rule, policy, service(''), file('resources: [cart.yaml]\n', 'kustomization.yaml')).length, 1);
  });

  it('are demanded of custom resources by their kind, and of nothing that is no object', () => {
    const policy = '{ labels: { required: [{ key: owner, kinds: [Chart, Kustomization, Widget] }] } }';
    const custom = file('apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: a }\n', 'widget.yaml');
    const chart = file('apiVersion: v2\nname: a\nversion: 1.0.0\n', 'chart/Chart.yaml');
    assert.deepEqual(said(rule, policy, custom, chart), ['Widget a lacks the label owner.']);
  });

  it('have values that fit as a whole, in linear time', () => {
    const policy = (pattern: string) => `{ labels: { required: [{ key: owner, pattern: "${pattern}" }] } }`;
    const owned = service('  labels: { owner: shop-team }\n');
    assert.deepEqual(said(rule, policy('[a-z]+-team|nobody'), owned), []);
    assert.equal(said(rule, policy('shop'), owned).length, 1);
    assert.deepEqual(said(rule, policy('(?=shop).*'), owned), [], 'what cannot be read in linear time is not asked');
    const long = service(`  labels: { owner: ${'a'.repeat(40)}! }\n`);
    assert.equal(said(rule, policy('(a+)+'), long).length, 1);
  });
});

describe('sources of Flux', () => {
  it('are never shown with their password', () => {
    const repository = file(
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: shop }\nspec:\n  url: https://ann:hunter2@github.com/a/b\n',
    );
    const [message] = said(
      'flux/source-not-allowed',
      '{ flux: { allowedSources: ["https://git.example.com/*"] } }',
      repository,
    );
    assert.match(message ?? '', /deploys from https:\/\/github\.com\/a\/b;/);
  });
});

describe('tags of cloud resources', () => {
  const rule = 'terraform/tag-missing';
  const policy = '{ terraform: { requiredTags: [owner] } }';
  const bucket = (tags: string) => `resource "aws_s3_bucket" "a" {\n  bucket = "a"\n${tags}}\n`;
  const found = (...texts: string[]) =>
    said(rule, policy, ...texts.map((text, index) => file(text, `main${index}.tf`)));

  it('are missing in the map, or with the map', () => {
    assert.deepEqual(found(bucket('')), ['aws_s3_bucket.a lacks the tag owner.']);
    assert.equal(found(bucket('  tags = { team = "a" }\n')).length, 1);
    assert.deepEqual(found(bucket('  tags = { owner = "a" }\n')), []);
  });

  it('may come from the provider, from anywhere else, or from a caller', () => {
    assert.deepEqual(found(bucket(''), 'provider "aws" {\n  default_tags {\n    tags = { owner = "a" }\n  }\n}\n'), []);
    assert.deepEqual(found(bucket(''), 'provider "aws" {\n  default_tags {\n    tags = var.tags\n  }\n}\n'), []);
    assert.deepEqual(found(bucket('  tags = var.tags\n')), []);
    assert.deepEqual(found(bucket('  tags = merge(var.tags, { team = "a" })\n')), []);
    const called = [
      file(bucket(''), 'modules/a/main.tf'),
      file('module "a" {\n  source = "./modules/a"\n}\n', 'main.tf'),
    ];
    assert.deepEqual(said(rule, policy, ...called), []);
  });

  it('are asked only of what can have tags', () => {
    assert.deepEqual(found('resource "aws_iam_role_policy" "a" {\n  name = "a"\n}\n'), []);
    assert.match(found('resource "google_storage_bucket" "a" {\n  name = "a"\n}\n')[0] ?? '', /lacks the label owner/);
  });
});
