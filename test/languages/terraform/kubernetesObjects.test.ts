import assert from 'node:assert/strict';
import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';

const objects = (text: string) =>
  exampleSnapshot([{ name: 'main.tf', text }])
    .graph.inFile('file:///example/main.tf')
    .filter(({ apiVersion }) => apiVersion !== '');

describe('Kubernetes objects in Terraform', () => {
  it('are those that manifests refer to by name', () => {
    const [namespace, secret] = objects(
      'resource "kubernetes_namespace_v1" "a" {\n  metadata {\n    name = "shop"\n    labels = { team_name = "a" }\n  }\n  depends_on = [b.c]\n}\n' +
        'resource "kubernetes_secret" "b" {\n  metadata {\n    name = "keys"\n    namespace = "shop"\n  }\n  data = { user = "a" }\n}\n',
    );
    assert.deepEqual([namespace?.type, namespace?.name, namespace?.namespace], ['Namespace', 'shop', '']);
    assert.equal(namespace?.root.text('metadata', 'labels', 'team_name'), 'a');
    assert.ok(namespace?.root.lacks('dependsOn'));
    assert.deepEqual([secret?.type, secret?.name, secret?.namespace], ['Secret', 'keys', 'shop']);
    assert.equal(secret?.root.text('stringData', 'user'), 'a');
  });

  it('have the types that Terraform converts their arguments to', () => {
    const text =
      'resource "kubernetes_config_map" "a" {\n  metadata {\n    name = "a"\n    labels = { n = 1, t = true }\n  }\n  data = { port = 8080, on = true }\n  immutable = "false"\n}\n' +
      'resource "kubernetes_priority_class" "b" {\n  metadata {\n    name = "b"\n  }\n  value = "1000"\n  global_default = IS_DEFAULT\n}\n';
    const [map, priority] = objects(text.replace('IS_DEFAULT', '"true"'));
    assert.deepEqual(map?.root.find('data')?.value, { port: '8080', on: 'true' });
    assert.deepEqual(map?.root.find('metadata', 'labels')?.value, { n: '1', t: 'true' });
    assert.equal(map?.root.find('immutable')?.scalar, false);
    assert.deepEqual(
      [priority?.root.find('value')?.scalar, priority?.root.find('globalDefault')?.scalar],
      [1000, true],
    );
    const wrong = (value: string): string[] =>
      findingsOf(
        exampleSnapshot([{ name: 'main.tf', text: text.replace('IS_DEFAULT', value) }]),
        'recommended',
      ).flatMap(({ rule, finding }) => (rule.id === 'schema/wrong-type' ? [finding.message] : []));
    assert.deepEqual(wrong('"true"'), []);
    assert.deepEqual(wrong('"maybe"'), ['`globalDefault` must be a boolean, not a string.']);
  });

  it('are every kubernetes_manifest', () => {
    const [gateway] = objects(
      'resource "kubernetes_manifest" "a" {\n  manifest = {\n    apiVersion = "networking.istio.io/v1"\n    kind = "Gateway"\n    metadata = { name = "edge", namespace = var.namespace }\n    spec = { servers = [] }\n  }\n}\n',
    );
    assert.deepEqual(
      [gateway?.type, gateway?.name, gateway?.namespace],
      ['networking.istio.io/Gateway', 'edge', undefined],
    );
    assert.deepEqual(objects('resource "kubernetes_manifest" "a" {\n  manifest = yamldecode(file("a.yaml"))\n}\n'), []);
    assert.deepEqual(objects('data "kubernetes_secret" "a" {\n  metadata {\n    name = "a"\n  }\n}\n'), []);
  });

  it('answer the references of manifests', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: shop\nspec:\n  serviceAccountName: ACCOUNT\n  containers:\n    - name: a\n      image: a:1\n';
    const account =
      'resource "kubernetes_service_account_v1" "a" {\n  metadata {\n    name = "reader"\n    namespace = "shop"\n  }\n}\n';
    const edges = (name: string): string[] => {
      const { graph } = exampleSnapshot([
        { name: 'pod.yaml', text: pod.replace('ACCOUNT', name) },
        { name: 'main.tf', text: account },
      ]);
      return graph
        .all('Pod')
        .flatMap((one) => graph.edgesFrom(one))
        .map(({ target }) => target.status);
    };
    assert.ok(edges('reader').includes('found'));
    assert.ok(!edges('writer').includes('found'));
  });

  it('are checked like others, without fixes in YAML', () => {
    const text =
      'resource "kubernetes_manifest" "a" {\n  manifest = {\n    apiVersion = "v1"\n    kind = "Pod"\n    metadata = { name = "a", namespace = "shop" }\n    spec = {\n      containers = [{ name = "a", image = "a:latest", imagePullPolice = "Always" }]\n    }\n  }\n}\n';
    const found = findingsOf(exampleSnapshot([{ name: 'main.tf', text }]), 'strict');
    assert.ok(found.some(({ rule }) => rule.id === 'schema/unknown-field'));
    assert.ok(found.length > 3);
    const own = found.filter(({ rule }) => !rule.id.startsWith('terraform/'));
    assert.deepEqual(
      own.flatMap(({ finding }) => finding.fixes ?? []),
      [],
    );
  });
});
