import { existsSync } from 'node:fs';
import { type Memento, window } from 'vscode';
import type { BuildMount } from '../delivery/buildMounts.ts';
import type { SecretSource } from '../delivery/buildRequest.ts';
import { orDismissed } from './orDismissed.ts';

/**
 * Where a secret of a build comes from: a file or a variable of the environment. The value itself is neither asked for
 * nor remembered. Empty where the person leaves it out.
 */
export async function askBuildSecret(
  memory: Memento,
  folder: string,
  { id, isRequired }: BuildMount,
  title: string,
): Promise<readonly SecretSource[]> {
  const key = `slipway.buildSecret ${folder} ${id}`;
  const last = memory.get<SecretSource>(key);
  const again =
    last && isThere(last) ? [{ label: `$(history) ${inWords(last)}`, description: 'as last time', last }] : [];
  const items = [
    ...again,
    { label: '$(file) A file…', from: 'file' },
    { label: '$(symbol-variable) A variable of the environment…', from: 'variable' },
    ...(isRequired
      ? []
      : [{ label: '$(circle-slash) Leave it out', description: 'the Dockerfile does not require it' }]),
  ] as readonly { label: string; description?: string; last?: SecretSource; from?: 'file' | 'variable' }[];
  const placeHolder = `Where does the build secret ${id} come from?`;
  const choice = orDismissed(await window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }));
  if (choice.last) return [choice.last];
  if (choice.from === undefined) return [];
  const source = choice.from === 'file' ? await askFile(id) : await askVariable(id, title);
  await memory.update(key, source);
  return [source];
}

async function askFile(id: string): Promise<SecretSource> {
  const [file] = orDismissed(
    await window.showOpenDialog({ title: `The file of the build secret ${id}`, openLabel: 'Use for the Build' }),
  );
  return { id, file: orDismissed(file).fsPath };
}

/** A variable that is not there is refused without repeating it: it could be the value, typed into the wrong place. */
async function askVariable(id: string, title: string): Promise<SecretSource> {
  const environmentVariable = orDismissed(
    await window.showInputBox({
      title,
      prompt: `The name of the variable that holds the build secret ${id}`,
      ignoreFocusOut: true,
      validateInput: (name) =>
        process.env[name] === undefined ? 'The environment of the editor has no variable of this name.' : undefined,
    }),
  );
  return { id, environmentVariable };
}

function isThere(source: SecretSource): boolean {
  return 'file' in source ? existsSync(source.file) : process.env[source.environmentVariable] !== undefined;
}

function inWords(source: SecretSource): string {
  return 'file' in source ? `File ${source.file}` : `Variable ${source.environmentVariable}`;
}
