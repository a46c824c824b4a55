import assert from 'node:assert/strict';
import { parse, parseAllDocuments } from 'yaml';
import { kubeconfigText } from './controlPlane/kubeconfig.ts';
import { kwokConfiguration } from './controlPlane/kwokConfiguration.ts';
import { fates, podStages, readyAfterAnnotation, type Stage } from './controlPlane/podStages.ts';

describe('kubeconfigs', () => {
  const place = { server: 'https://127.0.0.1:6443', authority: '/pki/authority.crt' };

  it('of a certificate name its files and select their one context', () => {
    const config = parse(
      kubeconfigText({ ...place, user: 'admin', credentials: { certificate: '/a.crt', key: '/a.key' } }),
    );
    assert.equal(config['current-context'], 'slipway-admin');
    assert.deepEqual(config.contexts, [
      { name: 'slipway-admin', context: { cluster: 'slipway-test', user: 'admin', namespace: 'default' } },
    ]);
    assert.deepEqual(config.users[0].user, { 'client-certificate': '/a.crt', 'client-key': '/a.key' });
    assert.deepEqual(config.clusters[0].cluster, {
      server: 'https://127.0.0.1:6443',
      'certificate-authority': '/pki/authority.crt',
    });
  });

  it('of a token carry the token alone, even one that YAML would take for a number', () => {
    const config = parse(kubeconfigText({ ...place, user: 'viewer', credentials: { token: '0123456789' } }));
    assert.deepEqual(config.users[0].user, { token: '0123456789' });
  });

  it('can expect another name in the certificate', () => {
    const text = kubeconfigText({ ...place, user: 'a', credentials: { token: 't' }, serverName: 'kubernetes' });
    assert.equal(parse(text).clusters[0].cluster['tls-server-name'], 'kubernetes');
  });
});

describe('stages of fake pods', () => {
  /** The fates that the tag of an image has by the regular expressions of the stages, as jq would find them. */
  const fatesOf = (image: string) =>
    fates.filter((fate) => {
      const stage = podStages().find(({ spec }) =>
        spec.selector.matchExpressions.some(({ key, operator }) => operator === 'In' && key.includes(`(${fate})`)),
      );
      const expression = stage?.spec.selector.matchExpressions.find(({ key }) => key.includes(`(${fate})`))?.key;
      const pattern = /test\("(.*)"\)/.exec(expression ?? '')?.[1];
      assert.ok(pattern !== undefined, `no stage for ${fate}`);
      return new RegExp(pattern).test(image);
    });

  it('take the fate from the tag, with or without a version before it', () => {
    assert.deepEqual(fatesOf('shop/cart:crash'), ['crash']);
    assert.deepEqual(fatesOf('registry:5000/shop/cart:1.2-bad-pull'), ['bad-pull']);
    assert.deepEqual(fatesOf('cart:oom'), ['oom']);
    assert.deepEqual(fatesOf('cart:v2-never-ready'), ['never-ready']);
  });

  it('leave other images alone', () => {
    for (const image of ['crash:1', 'shop/crash', 'cart:crashed', 'room:1', 'cart:room', 'oom/cart:1-rc']) {
      assert.deepEqual(fatesOf(image), [], image);
    }
  });

  it('match a healthy pod by no fate at all', () => {
    const ready = podStages().find(({ metadata }) => metadata.name === 'pod-ready')!;
    const unfated = ready.spec.selector.matchExpressions.find(({ operator }) => operator === 'NotIn')!;
    assert.ok(fates.every((fate) => unfated.key.includes(fate)));
    assert.equal(ready.spec.delay?.durationFrom?.expressionFrom, `.metadata.annotations["${readyAfterAnnotation}"]`);
  });

  it('have templates whose actions are balanced', () => {
    for (const { metadata, spec } of podStages()) {
      const template = spec.next.statusTemplate ?? '';
      const opened = template.match(/\{\{ (if|range|with) /g)?.length ?? 0;
      assert.equal(template.match(/\{\{ end \}\}/g)?.length ?? 0, opened, metadata.name);
    }
  });

  it('are written to one file with the endpoints, and with metrics only on request', () => {
    const endpoints = { logFile: '/l', previousLogFile: '/p', execFolder: '/e', forwardedPort: 18080 };
    const kinds = (metrics: boolean) =>
      parseAllDocuments(kwokConfiguration(endpoints, metrics)).map((document) => (document.toJS() as Stage).kind);
    assert.equal(new Set(kinds(false)).has('Metric' as 'Stage'), false);
    assert.equal(new Set(kinds(true)).has('Metric' as 'Stage'), true);
    assert.equal(kinds(false).filter((kind) => kind === 'Stage').length, podStages().length + 1);
  });
});
