import { dirname } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import { TerraformClient } from '../adapters/terraformClient.ts';
import { Failure } from '../cluster/failure.ts';
import type { CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCancel } from './withCluster.ts';

/** The folder whose configuration is meant: that of the given or active file, else what the person chooses. */
export async function askTerraformFolder(argument: unknown, title: string): Promise<string> {
  const given = argument instanceof Uri ? argument : undefined;
  const active = window.activeTextEditor?.document.uri;
  const file = given ?? (active?.path.endsWith('.tf') ? active : undefined);
  if (file?.path.endsWith('.tf')) return dirname(file.fsPath);
  if (file) return file.fsPath;
  const files = await workspace.findFiles('**/*.tf', '**/{.terraform,node_modules}/**');
  const folders = [...new Set(files.map(({ fsPath }) => dirname(fsPath)))].sort();
  if (folders.length === 0) throw new Failure('not-found', 'This workspace has no Terraform configuration.');
  const items = folders.map((folder) => ({ label: workspace.asRelativePath(folder), folder }));
  return items.length === 1
    ? items[0]!.folder
    : orDismissed(await window.showQuickPick(items, { title, placeHolder: 'Which folder?', ignoreFocusOut: true }))
        .folder;
}

/** Works with the terraform of this machine in a folder; its errors are shown on their lines. */
export async function withTerraform<T>(
  { failures, log }: Pick<CommandContext, 'failures' | 'log'>,
  folder: string,
  title: string,
  work: (terraform: TerraformClient, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  failures.clear();
  log.info(`=== ${title}`);
  const terraform = new TerraformClient({
    command: 'terraform',
    environment: process.env,
    folder,
    say: (line) => log.info(line),
  });
  try {
    return await withCancel(title, (signal) => work(terraform, signal));
  } catch (error) {
    if (error instanceof Failure) await failures.show(error.report);
    throw error;
  }
}
