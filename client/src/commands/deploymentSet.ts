import { createHash } from 'node:crypto';
import { type Uri, workspace } from 'vscode';
import type { DeployIntent } from '../delivery/intent.ts';

/** A ConfigMap's name has room for more, but people read it. */
const longestName = 63;

/**
 * The set under which a folder is deployed: named after its path in the workspace, so that everybody who deploys the
 * same repository means the same set.
 */
export function deploymentSet(folder: Uri, namespace: string): NonNullable<DeployIntent['set']> {
  const root = workspace.getWorkspaceFolder(folder);
  const path = workspace.asRelativePath(folder, false);
  const source = path === folder.fsPath || path === '' ? (root?.name ?? 'workspace') : path;
  const words = `slipway-${source}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-+$/, '');
  const hash = createHash('sha256').update(source).digest('hex').slice(0, 8);
  const name = words.length <= longestName ? words : `${words.slice(0, longestName - 9)}-${hash}`;
  return { name, namespace, source, prune: true };
}
