import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { CompletionList, Hover } from 'vscode-languageserver/node';
import { SourceText } from '../../server/src/text/sourceText.ts';
import { FULL_CLIENT } from '../protocol/fullClient.ts';
import { ServerUnderTest } from '../protocol/serverUnderTest.ts';
import { knownKeys } from './knownKeys.ts';
import { sampledOffsets, tokenBoundaries } from './offsets.ts';
import { NOTHING_ASKED, sum, sweep } from './sweep.ts';
import { catalogFiles, type SweptFiles, shopFiles } from './sweptWorkspaces.ts';

/** One in so many of the offsets within tokens is asked as well. */
const ONE_IN = 50;

for (const [workspace, read] of [
  ['the example shop', shopFiles],
  ['the examples of the catalog', catalogFiles],
] as const) {
  describe(`asked all over ${workspace}`, () => {
    let server: ServerUnderTest;
    let files: SweptFiles;

    before(async () => {
      files = await read();
      server = await ServerUnderTest.start({ capabilities: FULL_CLIENT, files });
      await server.workspaceRead();
    });
    after(() => server.kill());

    it('answers at every token boundary', async () => {
      let count = NOTHING_ASKED;
      const faults: string[] = [];
      for (const [name, text] of Object.entries(files)) {
        const offsets = [...new Set([...tokenBoundaries(text), ...sampledOffsets(text, ONE_IN)])];
        try {
          count = sum(count, await sweep(server, name, text, offsets));
        } catch (error) {
          faults.push((error as Error).message);
        }
      }
      assert.deepEqual(faults.slice(0, 20), [], `${faults.length} files with a fault`);
      for (const [what, number] of Object.entries(count)) assert.ok(number > 100, `${number} ${what}`);
    });

    it('explains and offers every key that the schemas know', async () => {
      const faults: string[] = [];
      let keys = 0;
      for (const [name, text] of Object.entries(files)) {
        const source = new SourceText(server.uri(name), text);
        for (const key of knownKeys(source.uri, text)) {
          keys++;
          const position = source.positionAt(key.offset);
          const params = { textDocument: { uri: source.uri }, position };
          const at = `${name}:${position.line + 1}:${position.character + 1} ${key.name}`;
          const [hover, completions] = await Promise.all([
            server.connection.sendRequest<Hover | null>('textDocument/hover', params),
            server.connection.sendRequest<CompletionList>('textDocument/completion', params),
          ]);
          if (!hover) faults.push(`${at} is not explained`);
          if (!completions.items.some(({ label }) => label === key.name)) faults.push(`${at} is not offered`);
        }
      }
      assert.ok(keys > 1000, `${keys} keys`);
      assert.deepEqual(faults.slice(0, 20), [], `${faults.length} faults`);
    });
  });
}
