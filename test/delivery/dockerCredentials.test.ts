import assert from 'node:assert/strict';
import { registryCredentials } from '../../client/src/adapters/dockerCredentials.ts';
import type { EngineSearch } from '../../client/src/adapters/engineEndpoint.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import { isKind } from './isKind.ts';
import { testFolder } from './testFolder.ts';

const signal = new AbortController().signal;

describe('Logins to registries', () => {
  const files = testFolder();
  const search = (): EngineSearch => ({
    environment: { PATH: `${files.path}/bin:${process.env['PATH']}`, DOCKER_CONFIG: files.path },
    homeFolder: '/nowhere',
    platform: 'linux',
  });
  const login = (registry: string, trusted = true) => registryCredentials(registry, search(), trusted, signal);
  const auth = Buffer.from('shop:pass:word').toString('base64');

  it('come from the configuration file, under whatever form of its address', async () => {
    const auths = { 'https://index.docker.io/v1/': { auth }, 'https://r.example.com/v2/': { auth }, 'a.io': {} };
    files.write('config.json', JSON.stringify({ auths }));
    const expected = { username: 'shop', password: 'pass:word', identityToken: '' };
    assert.deepEqual(await login('docker.io'), expected);
    assert.deepEqual(await login('r.example.com', false), expected);
    assert.equal(await login('a.io'), undefined);
    assert.equal(await login('unknown.io'), undefined);
  });

  it('come from the credential helper of the registry, or the one for all', async () => {
    const helper = (name: string, body: string): string =>
      files.write(`bin/docker-credential-${name}`, `#!/bin/sh\n${body}\n`, 0o700);
    helper('own', 'read server; echo "{\\"Username\\": \\"own-$server\\", \\"Secret\\": \\"s\\"}"');
    helper('all', 'echo \'{"Username": "<token>", "Secret": "refresh"}\'');
    helper('none', 'echo "credentials not found in native keychain"; exit 1');
    helper('bad', 'echo "the keychain is locked: hush" ; exit 1');
    files.write(
      'config.json',
      JSON.stringify({ credsStore: 'all', credHelpers: { 'r.io': 'own', 'n.io': 'none', 'b.io': 'bad' } }),
    );
    assert.equal((await login('r.io'))?.username, 'own-r.io');
    assert.deepEqual(await login('other.io'), { username: '', password: '', identityToken: 'refresh' });
    assert.equal(await login('n.io'), undefined);
    await assert.rejects(login('b.io'), isKind('unauthorised', /docker-credential-bad gave no login/));
    await assert.rejects(login('r.io', false), isKind('untrusted'));
  });

  it('of a broken file are told without a word of its content', async () => {
    files.write('config.json', `{"auths": {"x": {"auth": "${auth}" `);
    await assert.rejects(
      login('x'),
      (error: Failure) => isKind('invalid')(error) && !JSON.stringify(error.report).includes(auth),
    );
  });
});
