// npm run package: builds dist/slipway-VERSION.vsix and prints its path.
import { fileURLToPath } from 'node:url';
import { packageExtension } from './extensionPackage.ts';

try {
  console.log(await packageExtension({ root: fileURLToPath(new URL('..', import.meta.url)) }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
