// npm run sweep [-- --only TEXT]
//
// Asks the built language server for completion, hover and definition at every offset of the example shop and of all
// examples of the catalog. `npm test` asks at the token boundaries; this takes some ten times as long.
import { parseArgs } from 'node:util';
import { FULL_CLIENT } from '../test/protocol/fullClient.ts';
import { ServerUnderTest } from '../test/protocol/serverUnderTest.ts';
import { everyOffset } from '../test/sweep/offsets.ts';
import { NOTHING_ASKED, sum, sweep } from '../test/sweep/sweep.ts';
import { catalogFiles, shopFiles } from '../test/sweep/sweptWorkspaces.ts';

const { values } = parseArgs({
  options: {
    /** Only files whose path holds this text. */
    only: { type: 'string', default: '' },
  },
});

let faults = 0;
let total = NOTHING_ASKED;
for (const files of [await shopFiles(), catalogFiles()]) {
  const server = await ServerUnderTest.start({ capabilities: FULL_CLIENT, files });
  await server.workspaceRead();
  for (const [name, text] of Object.entries(files)) {
    if (!name.includes(values.only)) continue;
    try {
      const count = await sweep(server, name, text, everyOffset(text));
      total = sum(total, count);
      process.stdout.write(`${name}: ${count.offsets} offsets\n`);
    } catch (error) {
      faults++;
      process.stdout.write(`${(error as Error).message}\n`);
    }
  }
  await server.stop();
}
process.stdout.write(`${JSON.stringify(total)}\n${faults === 0 ? 'No fault.' : `${faults} files with a fault.`}\n`);
process.exitCode = faults === 0 ? 0 : 1;
