// npm run build [-- --production] [-- --watch]
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureFaultyExample } from './faultyExample.ts';
import { buildProject, watchProject } from './projectBuild.ts';

const { values } = parseArgs({ options: { production: { type: 'boolean' }, watch: { type: 'boolean' } } });
const root = fileURLToPath(new URL('..', import.meta.url));
const options = { root, production: values.production ?? false };
try {
  if (values.watch) {
    const { stop } = await watchProject(options);
    process.once('SIGINT', () => void stop());
  } else {
    await buildProject(options);
    await ensureFaultyExample(root);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
