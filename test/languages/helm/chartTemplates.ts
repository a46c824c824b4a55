import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const examples = fileURLToPath(new URL('../../../examples/shop/', import.meta.url));

/** Every template of the charts of the example shop. */
export function chartTemplates(): { file: string; text: string }[] {
  return templatesBelow(examples);
}

/** Every file below a folder called `templates`. */
export function templatesBelow(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?:^|[\\/])templates[\\/].*\.(?:ya?ml|tpl|txt)$/.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));
}
