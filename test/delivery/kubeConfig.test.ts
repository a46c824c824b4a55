import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  configForContext,
  kubeConfigFiles,
  listContexts,
  loadKubeConfig,
} from '../../client/src/adapters/kubeConfig.ts';
import { isKind } from './isKind.ts';
import { testFolder } from './testFolder.ts';

describe('Kubeconfigs', () => {
  const files = testFolder();
  it('are those of the setting, else of KUBECONFIG, else the one at home', () => {
    assert.deepEqual(kubeConfigFiles(['/a'], { KUBECONFIG: '/b' }), ['/a']);
    assert.deepEqual(kubeConfigFiles([], { KUBECONFIG: '/b::/c' }), ['/b', '/c']);
    assert.match(kubeConfigFiles([], {})[0] ?? '', /\.kube\/config$/);
  });

  it('are merged: the first of a name wins, a missing file does no harm, a broken one is named', () => {
    const one = files.kubeconfig('one', { token: 'a' });
    const two = files.kubeconfig('two', { token: 'b' });
    const again = files.write(
      'again.yaml',
      JSON.stringify({ contexts: [{ name: 'one', context: { cluster: 'other' } }] }),
    );
    const broken = files.write('broken.yaml', 'clusters: [');
    const loaded = loadKubeConfig([join(files.path, 'absent'), one, two, again, broken]);
    const contexts = listContexts(loaded);
    assert.deepEqual(
      contexts.map(({ name, cluster, current, namespace }) => [name, cluster, current, namespace]),
      [
        ['one', 'one-cluster', true, 'shop'],
        ['two', 'two-cluster', false, 'shop'],
      ],
    );
    assert.deepEqual(
      loaded.problems.map(({ report }) => report.places[0]?.file),
      [broken],
    );
  });

  it('of which any file is empty or no mapping do no harm', () => {
    for (const text of ['', '# nothing', '[]', 'null', '\u0000\u0001']) {
      assert.deepEqual(loadKubeConfig([files.write('odd.yaml', text)]).config.contexts, [], JSON.stringify(text));
    }
  });

  it('read the token file under its standard name, beside the kubeconfig', () => {
    files.write('token', 'from-file\n');
    const loaded = loadKubeConfig([files.kubeconfig('one', { tokenFile: 'token' })]);
    assert.equal(configForContext(loaded, 'one', false).getCurrentUser()?.token, 'from-file');
  });

  it('name the contexts that there are when one is not', () => {
    const loaded = loadKubeConfig([files.kubeconfig('one', {})]);
    assert.throws(() => configForContext(loaded, 'tow', true), isKind('not-found', /no kubeconfig has a context tow/i));
  });

  const programs: [what: string, user: object][] = [
    ['an exec plugin', { exec: { command: 'aws', apiVersion: 'client.authentication.k8s.io/v1' } }],
    ['an auth provider with a command', { 'auth-provider': { name: 'gcp', config: { 'cmd-path': '/bin/gcloud' } } }],
  ];
  for (const [what, user] of programs) {
    it(`with ${what} run nothing in a workspace that is not trusted`, () => {
      const loaded = loadKubeConfig([files.kubeconfig('one', user)]);
      assert.equal(listContexts(loaded)[0]?.runsProgram, true);
      assert.throws(() => configForContext(loaded, 'one', false), isKind('untrusted'));
      assert.ok(configForContext(loaded, 'one', true));
    });
  }
});
