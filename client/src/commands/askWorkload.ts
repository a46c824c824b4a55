import { Uri, window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import { rolloutKinds } from '../cluster/workload.ts';
import type { WorkloadReference } from '../cluster/workloadReference.ts';
import { manifestOf } from './applicationFiles.ts';
import { askTarget } from './askTarget.ts';
import type { CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';

/** A workload in a cluster, and the manifest that it comes from where the workspace has it. */
export interface ChosenWorkload {
  readonly context: string;
  readonly workload: WorkloadReference;
  readonly manifest?: { readonly file: string; readonly documentIndex: number };
}

/** Asks which workload of the workspace is meant, and in which context and namespace. */
export async function askWorkload(
  context: CommandContext,
  argument: unknown,
  purpose: string,
): Promise<ChosenWorkload> {
  const given = workloadOf(argument);
  const known = (await context.server.workloads()).filter(({ kind }) => kind in rolloutKinds);
  if (!given && known.length === 0) {
    throw new Failure('not-found', 'No manifest of this workspace defines a workload.', {
      advice: 'Open the folder that holds the manifests.',
    });
  }
  const node = given
    ? known.find(({ kind, name }) => kind === given.kind && name === given.name)
    : orDismissed(
        await window.showQuickPick(
          known.map((workload) => ({
            label: `${workload.kind} ${workload.name}`,
            description: workload.namespace ?? '',
            detail: Uri.parse(workload.location.uri).fsPath,
            workload,
          })),
          { title: purpose, placeHolder: 'Which workload?', matchOnDescription: true, ignoreFocusOut: true },
        ),
      ).workload;
  const named = given ?? node;
  if (!named) throw new Failure('not-found', 'No workload was named.');
  const target = await askTarget(
    context,
    argument,
    `${purpose}: ${named.kind} ${named.name}`,
    named.namespace ?? undefined,
  );
  const manifest = node && (await manifestOf(node.location.uri, node.kind, node.name));
  return {
    context: target.context,
    workload: { kind: named.kind, name: named.name, namespace: named.namespace ?? target.namespace },
    ...(manifest ? { manifest } : {}),
  };
}

/** A view or another command may name the workload. */
function workloadOf(argument: unknown): { kind: string; name: string; namespace: string | null } | undefined {
  const workload = (argument as { workload?: Partial<WorkloadReference> } | null | undefined)?.workload;
  if (typeof workload?.kind !== 'string' || typeof workload.name !== 'string') return undefined;
  return { kind: workload.kind, name: workload.name, namespace: workload.namespace ?? null };
}
