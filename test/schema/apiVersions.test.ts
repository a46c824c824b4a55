import assert from 'node:assert/strict';
import { apiLifecycle, NEWEST_KUBERNETES_MINOR } from '../../server/src/schema/apiLifecycles.ts';
import { checkApiVersion } from '../../server/src/schema/checkApiVersion.ts';
import { bundle, index, rootOf } from './schemas.ts';

function check(text: string, minor?: number): string | undefined {
  const problem = checkApiVersion(rootOf(text), index, minor);
  if (!problem) return undefined;
  const fix = problem.replacement
    ? ` [${problem.replacement.safe ? 'safe' : 'unsafe'}: ${problem.replacement.title}]`
    : '';
  return `${problem.severity} ${problem.code} ${problem.message}${fix}`;
}

const kind = (apiVersion: string, name: string, rest = '') => `apiVersion: ${apiVersion}\nkind: ${name}\n${rest}`;

describe('schema: apiVersion and kind', () => {
  it('accepts what is served', () => {
    for (const [apiVersion, name] of [
      ['apps/v1', 'Deployment'],
      ['v1', 'List'],
      ['networking.istio.io/v1', 'Gateway'],
    ]) {
      assert.equal(check(kind(apiVersion!, name!)), undefined);
    }
  });

  it('finds removed versions, with the successor', () => {
    assert.equal(
      check(kind('networking.k8s.io/v1beta1', 'Ingress')),
      'error schema/removed-api-version `networking.k8s.io/v1beta1 Ingress` is not served since Kubernetes 1.22. Use `networking.k8s.io/v1`. [unsafe: Use `networking.k8s.io/v1`]',
    );
    assert.equal(
      check(kind('policy/v1beta1', 'PodSecurityPolicy')),
      'error schema/removed-api-version `policy/v1beta1 PodSecurityPolicy` is not served since Kubernetes 1.25. Use Pod Security Admission instead.',
    );
  });

  it('changes the version safely only where the object stays the same', () => {
    const jobs =
      'spec:\n  schedule: "@daily"\n  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: b }] } } } }\n';
    assert.match(check(kind('batch/v1beta1', 'CronJob', jobs)) ?? '', /\[safe: Use `batch\/v1`\]/);
    assert.match(check(kind('batch/v1beta1', 'CronJob', `${jobs}  retired: 1\n`)) ?? '', /\[unsafe: Use `batch\/v1`\]/);
    assert.match(check(kind('policy/v1beta1', 'PodDisruptionBudget', 'spec: { selector: {} }\n')) ?? '', /\[unsafe/);
  });

  it('asks for the version of Kubernetes that the document is for', () => {
    assert.equal(check(kind('batch/v1beta1', 'CronJob'), 20), undefined);
    assert.match(
      check(kind('batch/v1beta1', 'CronJob'), 21) ?? '',
      /^warning schema\/deprecated-api-version .* will not be served from Kubernetes 1.25 on/,
    );
    assert.match(check(kind('batch/v1beta1', 'CronJob'), 25) ?? '', /^error schema\/removed-api-version/);
    assert.match(
      check(kind('v1', 'Endpoints'), 33) ?? '',
      /^information schema\/deprecated-api-version .* since Kubernetes 1.33/,
    );
  });

  it('has a successor in the bundle for every version that ends', () => {
    const known = new Set(bundle.kinds.map(([apiVersion, name]) => `${apiVersion} ${name}`));
    let checked = 0;
    for (const [apiVersion, name] of bundle.kinds) {
      const lifecycle = apiLifecycle(apiVersion, name);
      if (!lifecycle?.successor) continue;
      assert.ok(known.has(`${lifecycle.successor} ${name}`), `${lifecycle.successor} ${name}`);
      assert.ok((lifecycle.removedIn ?? 0) > lifecycle.deprecatedIn);
      const next = apiLifecycle(lifecycle.successor, name);
      assert.ok((next?.removedIn ?? Infinity) > NEWEST_KUBERNETES_MINOR, `${lifecycle.successor} ${name} ends too`);
      checked++;
    }
    assert.ok(checked > 30, `only ${checked} kinds`);
  });

  it('finds kinds in the wrong version or group', () => {
    assert.equal(
      check(kind('v1', 'Deployment')),
      'error schema/unknown-kind `v1` has no Deployment; it is in `apps/v1`. [unsafe: Use `apps/v1`]',
    );
    assert.equal(
      check(kind('apps/v2', 'Deployment')),
      'error schema/unknown-kind `apps/v2` has no Deployment; it is in `apps/v1`. [unsafe: Use `apps/v1`]',
    );
    assert.equal(
      check(kind('apps/v1', 'Deploymnet')),
      'error schema/unknown-kind `apps/v1` has no kind `Deploymnet`. Did you mean `Deployment`? [unsafe: Use `Deployment`]',
    );
    assert.equal(
      check(kind('networking.istio.io/v1', 'VirtualServise')),
      'information schema/unknown-kind `networking.istio.io/v1` has no kind `VirtualServise`. Did you mean `VirtualService`? [unsafe: Use `VirtualService`]',
    );
    assert.equal(
      check(kind('shop.example/v1', 'Cache')),
      'information schema/unknown-kind No schema is known for Cache of `shop.example/v1`.',
    );
  });

  it('says nothing about files for tools, and templates', () => {
    for (const [apiVersion, name] of [
      ['kustomize.config.k8s.io/v1beta1', 'Kustomization'],
      ['kubelet.config.k8s.io/v1beta1', 'KubeletConfiguration'],
      ['kubeadm.k8s.io/v1beta4', 'ClusterConfiguration'],
      ['kind.x-k8s.io/v1alpha4', 'Cluster'],
      ['audit.k8s.io/v1', 'Policy'],
      ['v1', 'Config'],
      ['v1', 'APIResourceList'],
      ['builtin', 'LabelTransformer'],
      ['"{{ version }}"', 'Deployment'],
      ['apps/v1', '$' + '{KIND}'],
      ['1', '2'],
    ]) {
      assert.equal(check(kind(apiVersion!, name!)), undefined, `${apiVersion} ${name}`);
    }
  });
});
