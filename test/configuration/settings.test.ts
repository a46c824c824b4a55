import assert from 'node:assert/strict';
import {
  CONFIGURATION,
  protectedContexts,
  type Settings,
  settingsOf,
} from '../../server/src/configuration/settings.ts';
import { EXAMPLE_FOLDER, exampleSnapshot, findingsOf } from '../catalog/exampleWorkspace.ts';
import type { ExampleFile } from '../catalog/readReadme.ts';
import { cartDeployment } from '../manifests/cartDeployment.ts';

const CART = cartDeployment({ isStuck: true });

function settings(file: string, ...files: ExampleFile[]): Settings {
  return settingsOf(exampleSnapshot(files).graph, EXAMPLE_FOLDER + file);
}

function severities(...files: ExampleFile[]): Record<string, string> {
  const found = findingsOf(exampleSnapshot(files), 'recommended');
  return Object.fromEntries(found.map(({ rule, severity }) => [rule.id, severity]));
}

const yaml = (text: string, folder = ''): ExampleFile => ({ name: `${folder}slipway.yaml`, text });
const cart = (folder = ''): ExampleFile => ({ name: `${folder}cart.yaml`, text: CART });

describe('slipway.yaml', () => {
  it('says nothing where there is none', () => {
    const none = settings('cart.yaml');
    assert.equal(none.profile, undefined);
    assert.deepEqual(none.policies, {});
    assert.equal(none.severityOf('canary/subset-without-pods'), undefined);
    assert.deepEqual(severities(cart()), {
      'pod-security/image-tag-latest': 'warning',
      'rolling/no-progress': 'error',
    });
  });

  it('is read under each of its names', () => {
    for (const name of ['slipway.yaml', 'slipway.yml', '.slipway.yaml', '.slipway.yml']) {
      assert.equal(settings('cart.yaml', { name, text: 'profile: strict\n' }).profile, 'strict', name);
      assert.equal(exampleSnapshot([{ name, text: '' }]).graph.all(CONFIGURATION).length, 0, `${name} may be empty`);
    }
  });

  it('counts for its folder and below, and nowhere else', () => {
    const file = yaml('profile: strict\n', 'deploy/');
    assert.equal(settings('deploy/shop/cart.yaml', file).profile, 'strict');
    assert.equal(settings('cart.yaml', file).profile, undefined);
    assert.equal(settings('deployed/cart.yaml', file).profile, undefined);
  });

  it('wins over those above it, and adds to them', () => {
    const outer = yaml(
      'profile: strict\nkubernetesVersion: "1.30"\nrules:\n  canary: error\nprotectedContexts: [prod]\npolicies:\n  images:\n    allowedRegistries: [a.example.com]\n    pullSecrets: [pull]\n',
    );
    const inner = yaml(
      'profile: recommended\nprotectedContexts: [live]\nrules:\n  canary/stepsNotIncreasing: off\npolicies:\n  images:\n    allowedRegistries: [b.example.com]\n',
      'deploy/',
    );
    const both = settings('deploy/cart.yaml', outer, inner);
    assert.equal(both.profile, 'recommended');
    assert.equal(both.kubernetesMinor, 30);
    assert.equal(both.severityOf('canary/subset-without-pods'), 'error');
    assert.deepEqual(both.policies, { images: { allowedRegistries: ['b.example.com'], pullSecrets: ['pull'] } });
    assert.deepEqual(settings('cart.yaml', outer, inner).policies.images?.allowedRegistries, ['a.example.com']);
  });

  it('protects contexts for the whole workspace, below a root too', () => {
    const { graph } = exampleSnapshot([
      yaml('protectedContexts: [prod-*, live]\n'),
      yaml('root: true\nprotectedContexts: [live, edge]\n', 'deploy/'),
    ]);
    assert.deepEqual(protectedContexts(graph), ['prod-*', 'live', 'edge']);
    assert.deepEqual(protectedContexts(exampleSnapshot([cart()]).graph), []);
  });

  it('leaves out what is above a root', () => {
    const outer = yaml('profile: strict\n');
    const inner = yaml('root: true\n', 'deploy/');
    assert.equal(settings('deploy/cart.yaml', outer, inner).profile, undefined);
    assert.equal(settings('cart.yaml', outer, inner).profile, 'strict');
  });

  it('takes the most exact name of a rule within one file, and the nearest file before that', () => {
    const outer = yaml(
      "rules:\n  '*': information\n  'pod-*': warning\n  '*/image-*': error\n  pod-security: warning\n  pod-security/image-tag-latest: off\n",
    );
    const one = settings('cart.yaml', outer);
    assert.equal(one.severityOf('pod-security/image-tag-latest'), 'off');
    assert.equal(one.severityOf('pod-security/image-without-digest'), 'error');
    assert.equal(one.severityOf('pod-security/host-network'), 'warning');
    assert.equal(one.severityOf('canary/steps-not-increasing'), 'information');
    const inner = yaml('rules:\n  pod-security: error\n', 'deploy/');
    assert.equal(settings('deploy/cart.yaml', outer, inner).severityOf('pod-security/image-tag-latest'), 'error');
  });

  it('gives files settings of their own by globs, the last one that fits first', () => {
    const file = yaml(
      'profile: recommended\noverrides:\n  - paths: ["**/*.test.yaml", generated]\n    profile: strict\n    kubernetesVersion: 1.20\n  - paths: [generated/keep]\n    profile: recommended\n',
    );
    assert.equal(settings('cart.yaml', file).profile, 'recommended');
    assert.equal(settings('a/b/cart.test.yaml', file).profile, 'strict');
    assert.equal(settings('generated/a/cart.yaml', file).profile, 'strict');
    assert.equal(settings('generated/keep/cart.yaml', file).profile, 'recommended');
    assert.equal(settings('generated/keep/cart.yaml', file).kubernetesMinor, 20);
  });

  it('tells 1.30 from 1.3', () => {
    assert.equal(settings('cart.yaml', yaml('kubernetesVersion: 1.30\n')).kubernetesMinor, 30);
    assert.equal(settings('cart.yaml', yaml('kubernetesVersion: v1.31.4\n')).kubernetesMinor, 31);
    assert.equal(settings('cart.yaml', yaml('kubernetesVersion: newest\n')).kubernetesMinor, undefined);
  });

  it('leaves out only what does not fit its schema', () => {
    const text =
      'profil: strict\nprofile: strikt\nrules:\n  canary: loud\n  rolling: off\npolicies:\n  pods: { maxContainers: many, requirePriorityClass: true }\n  labels:\n    required:\n      - pattern: a\n      - key: owner\n';
    const { profile, severityOf, policies } = settings('cart.yaml', yaml(text));
    assert.equal(profile, undefined);
    assert.equal(severityOf('canary/subset-without-pods'), undefined);
    assert.equal(severityOf('rolling/no-progress'), 'off');
    assert.deepEqual(policies, { pods: { requirePriorityClass: true }, labels: { required: [{ key: 'owner' }] } });
  });

  it('survives every cut of a file', () => {
    const text =
      'profile: strict\noverrides:\n  - paths: ["a/**", b]\n    rules: { "*/x": off }\nsuppressions:\n  - { rules: [canary], reason: old }\npolicies:\n  labels:\n    required: [{ key: owner, pattern: "[a-z" }]\n';
    for (let end = 0; end <= text.length; end++) {
      const cut = [yaml(text.slice(0, end)), cart('a/')];
      assert.ok(findingsOf(exampleSnapshot(cut), 'strict').length > 0);
    }
  });
});

describe('the settings of a file', () => {
  it('decide which rules run, and how loud', () => {
    const file = yaml('rules:\n  rolling/no-progress: warning\n  pod-security: off\n');
    assert.deepEqual(severities(cart(), file), { 'rolling/no-progress': 'warning' });
  });

  it('make a rule of the strict profile speak that is named by its id', () => {
    const id = 'pod-security/image-without-digest';
    assert.equal(severities(cart())[id], undefined);
    assert.equal(severities(cart(), yaml(`rules:\n  ${id}: warning\n`))[id], 'warning');
    assert.equal(severities(cart(), yaml('rules:\n  pod-security: warning\n'))[id], undefined);
    assert.ok(Object.keys(severities(cart(), yaml('profile: strict\n'))).includes(id));
  });

  it('leave excluded files alone, which still answer references', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec:\n  selector: { app: cart }\n  ports: [{ port: 80 }]\n';
    const files = [cart('old/'), { name: 'old/service.yaml', text: service }];
    assert.notDeepEqual(severities(...files), {});
    assert.deepEqual(severities(...files, yaml('exclude: [old]\n')), {});
    assert.deepEqual(severities(...files, yaml('exclude: ["old/cart.*"]\n')), {});
  });

  it('hold for what parsers and schemas find, too', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndatas: {}\n';
    const file = { name: 'a.yaml', text };
    assert.equal(severities(file)['schema/unknown-field'], 'error');
    assert.equal(
      severities(file, yaml('rules: { schema/unknown-field: information }\n'))['schema/unknown-field'],
      'information',
    );
    assert.equal(severities(file, yaml('rules: { schema: off }\n'))['schema/unknown-field'], undefined);
  });

  it('say which versions of the API are served', () => {
    const text = 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: a }\nspec: {}\n';
    const file = { name: 'a.yaml', text };
    const inVersion = (version: string) => severities(file, yaml(`kubernetesVersion: "${version}"\n`));
    assert.equal(severities(file)['schema/removed-api-version'], 'error');
    assert.equal(inVersion('1.25')['schema/removed-api-version'], 'error');
    assert.equal(inVersion('1.24')['schema/deprecated-api-version'], 'warning');
    assert.equal(inVersion('1.24')['schema/removed-api-version'], undefined);
    assert.ok(!Object.keys(inVersion('1.20')).some((rule) => rule.startsWith('schema/')));
  });

  it('say which versions are not served yet, and never advise one of them', () => {
    const file = (apiVersion: string, kind: string): ExampleFile => ({
      name: 'a.yaml',
      text: `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\nspec: {}\n`,
    });
    const versions = (minor: number, manifest: ExampleFile) =>
      findingsOf(exampleSnapshot([manifest, yaml(`kubernetesVersion: "1.${minor}"\n`)]), 'recommended')
        .filter(({ rule }) => rule.id.endsWith('-api-version'))
        .map(({ rule, finding }) => `${rule.id} ${finding.message} ${finding.fixes?.[0]?.title ?? ''}`);
    assert.match(
      versions(20, file('batch/v1', 'CronJob'))[0] ?? '',
      /^schema\/future-api-version .*before Kubernetes 1\.21/,
    );
    assert.deepEqual(versions(21, file('batch/v1', 'CronJob')), []);
    assert.deepEqual(versions(9, file('batch/v1', 'Job')), []);
    const old = file('autoscaling/v2beta1', 'HorizontalPodAutoscaler');
    assert.doesNotMatch(versions(22, old)[0] ?? '', /autoscaling\/v2`/);
    assert.match(versions(23, old)[0] ?? '', /Use `autoscaling\/v2`\. Use `autoscaling\/v2`$/);
  });

  it('accept findings by rule, path and object', () => {
    const accept = (rest: string) =>
      Object.keys(
        severities(cart('deploy/'), yaml(`suppressions:\n  - rules: [rolling/*]\n    reason: known\n${rest}`)),
      );
    assert.deepEqual(accept(''), ['pod-security/image-tag-latest']);
    assert.deepEqual(accept('    paths: [deploy]\n    resources: [Deployment/c*]\n'), [
      'pod-security/image-tag-latest',
    ]);
    for (const elsewhere of ['    paths: [test]\n', '    resources: [Deployment/d*]\n', '    resources: [Service/*]\n'])
      assert.equal(accept(elsewhere).length, 2, elsewhere);
  });
});
