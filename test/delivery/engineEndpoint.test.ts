import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type EngineSearch, resolveEngine } from '../../client/src/adapters/engineEndpoint.ts';
import { isKind } from './isKind.ts';
import { testFolder } from './testFolder.ts';

describe('The search for an engine', () => {
  const files = testFolder();
  const search = (more: Partial<EngineSearch> = {}): EngineSearch => ({
    environment: {},
    homeFolder: files.path,
    platform: 'linux',
    ...more,
  });
  const context = (name: string, host: string): void => {
    const id = createHash('sha256').update(name).digest('hex');
    files.write(
      `.docker/contexts/meta/${id}/meta.json`,
      JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }),
    );
    files.write(`.docker/contexts/tls/${id}/docker/ca.pem`, 'authority');
  };

  it('takes what was chosen, DOCKER_HOST, DOCKER_CONTEXT, and the current context, in this order', () => {
    context('chosen', 'tcp://chosen:2376');
    context('named', 'tcp://named:2376');
    context('current', 'tcp://current:2376');
    files.write('.docker/config.json', JSON.stringify({ currentContext: 'current' }));
    const host = (more: Partial<EngineSearch>): string => resolveEngine(search(more)).host;
    const environment = { DOCKER_HOST: 'tcp://variable:2375', DOCKER_CONTEXT: 'named' };
    assert.equal(host({ chosen: 'chosen', environment }), 'tcp://chosen:2376');
    assert.equal(host({ chosen: 'unix:///x.sock', environment }), 'unix:///x.sock');
    assert.equal(host({ environment }), 'tcp://variable:2375');
    assert.equal(host({ environment: { DOCKER_CONTEXT: 'named' } }), 'tcp://named:2376');
    assert.equal(host({}), 'tcp://current:2376');
    assert.equal(resolveEngine(search()).tls?.ca?.toString(), 'authority');
    assert.equal(host({ environment: { DOCKER_HOST: 'remote:2375' } }), 'tcp://remote:2375');
  });

  it('finds the sockets of other engines at home', () => {
    files.write('.colima/default/docker.sock', '');
    const { host } = resolveEngine(search({ environment: { XDG_RUNTIME_DIR: '/nowhere' } }));
    // A machine that runs Docker itself has the system's socket, which comes first.
    assert.ok(
      [`unix://${join(files.path, '.colima/default/docker.sock')}`, 'unix:///var/run/docker.sock'].includes(host),
      host,
    );
    assert.match(resolveEngine(search({ platform: 'win32' })).host, /^npipe:/);
  });

  it('says so when a context does not exist or the configuration cannot be read', () => {
    assert.throws(() => resolveEngine(search({ chosen: 'none' })), isKind('not-found', /no docker context none/));
    files.write('.docker/config.json', '{');
    assert.throws(() => resolveEngine(search()), isKind('invalid', /docker configuration/));
  });
});
