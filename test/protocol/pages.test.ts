import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { PagesResult } from '../../protocol/slipwayProtocol.ts';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest } from './serverUnderTest.ts';

describe('the pages that can be asked for', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT, files: {} });
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  it('are those of patterns, groups and rules, each of which is there', async () => {
    const pages = await server.connection.sendRequest<PagesResult>('slipway/pages');
    const ids = pages.map(({ id }) => id);
    for (const id of ['canary', 'canary/subset-without-pods', 'pod-security', 'schema'])
      assert.ok(ids.includes(id), id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { detail, id, title } of pages) {
      assert.ok(title !== '' && detail !== '', id);
      assert.ok(await server.connection.sendRequest('slipway/explain', { id }), `${id} has no page`);
    }
  });
});
