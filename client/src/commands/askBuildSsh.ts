import { window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import type { BuildMount } from '../delivery/buildMounts.ts';
import { orDismissed } from './orDismissed.ts';

/**
 * How a build connects by SSH, as `--ssh` takes it: by the agent of this machine, or by a private key. Empty where the
 * person leaves it out.
 */
export async function askBuildSsh({ id, isRequired }: BuildMount, title: string): Promise<readonly string[]> {
  const hasAgent = (process.env['SSH_AUTH_SOCK'] ?? '') !== '';
  const items = [
    ...(hasAgent ? [{ label: '$(key) The SSH agent of this machine', from: 'agent' as const }] : []),
    { label: '$(file) A private key without a passphrase…', from: 'file' as const },
    ...(isRequired ? [] : [{ label: '$(circle-slash) Leave it out', from: undefined }]),
  ];
  const placeHolder = `The build connects by SSH (${id}). With which keys?`;
  const { from } = orDismissed(await window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }));
  if (from === undefined) return [];
  if (from === 'agent') return [id];
  const [chosen] = orDismissed(
    await window.showOpenDialog({ title: `The private key for ${id}`, openLabel: 'Use for the Build' }),
  );
  const file = orDismissed(chosen).fsPath;
  if (file.includes(',')) throw new Failure('invalid', `buildx takes no key whose path has a comma: ${file}`);
  return [`${id}=${file}`];
}
