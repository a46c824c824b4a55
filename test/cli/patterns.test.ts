import assert from 'node:assert/strict';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import { runCli } from './runCli.ts';

interface Instance {
  readonly pattern: string;
  readonly name: string;
  readonly state: string;
  readonly participants: readonly { readonly role: string; readonly file: string }[];
  readonly missing: readonly string[];
}

describe('slipway patterns', () => {
  const { exitCode, stdout } = runCli(['patterns', 'examples/shop', '--format', 'json']);
  const instances: Instance[] = JSON.parse(stdout).instances;

  it('lists every pattern of the catalog in the example shop, complete', () => {
    assert.equal(exitCode, 0);
    for (const { id } of PATTERNS) {
      const own = instances.filter(({ pattern }) => pattern === id);
      assert.ok(
        own.some(({ state }) => state === 'complete'),
        `${id} has no complete instance: ${JSON.stringify(own)}`,
      );
    }
  });

  it('says who plays which role, and where', () => {
    const canary = instances.find(({ pattern, state }) => pattern === 'canary' && state === 'complete');
    assert.ok(canary?.participants.some(({ role }) => role === 'canary'));
    assert.ok(canary?.participants.every(({ file }) => file.startsWith('examples/shop/')));
  });

  it('prints them for people', () => {
    const { stdout: text } = runCli(['patterns', 'examples/shop/deploy']);
    assert.match(text, /^canary: /m);
  });
});
