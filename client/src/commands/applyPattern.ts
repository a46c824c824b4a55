import { Uri, window, workspace } from 'vscode';
import type { WorkloadNode } from '../../../protocol/slipwayProtocol.ts';
import { cancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';
import { askChange } from './askChange.ts';
import { askPattern } from './askPattern.ts';
import type { Command, CommandContext } from './command.ts';
import { orDismissed } from './orDismissed.ts';

/**
 * Adds a pattern to a workload: one edit of several files, which one undo takes back. A person sees the change first, as the
 * editor compares files; who names both pattern and workload has decided, unless `preview` says otherwise.
 */
export const applyPattern: Command = {
  id: 'slipway.applyPattern',
  needsTrust: false,
  async run(context, argument) {
    const pattern = await askPattern(context, argument, 'Apply Pattern', ({ applicable }) => applicable);
    const workload = await askWorkloadNode(context, argument, `Apply ${pattern.title}`);
    const given = (argument ?? {}) as { pattern?: unknown; workload?: unknown; preview?: unknown };
    const isNamed = given.pattern !== undefined && given.workload !== undefined;
    const preview = typeof given.preview === 'boolean' ? given.preview : !isNamed;
    const edit = await context.server.applyPattern({ pattern: pattern.id, workload: workload.location });
    if (!edit || edit.size === 0) {
      throw new Failure(
        'unsupported',
        `${pattern.title} has no place on ${workload.kind} ${workload.name}, or is there already.`,
      );
    }
    if (preview && !(await askChange(`${pattern.title} for ${workload.kind} ${workload.name}`, edit, context.reviews)))
      throw cancelled();
    if (!(await workspace.applyEdit(edit, { isRefactoring: true }))) {
      throw new Failure(
        'conflict',
        `${pattern.title} was not added: a file changed meanwhile, or one of its new files exists.`,
        {
          advice: 'Try again.',
        },
      );
    }
    const changed = edit.entries().map(([uri]) => uri);
    const [first] = changed;
    if (first) await window.showTextDocument(first, { preview: false });
    context.log.info(
      `Applied ${pattern.id} to ${workload.kind} ${workload.name}: ${changed.map(({ fsPath }) => fsPath).join(', ')}`,
    );
  },
};

async function askWorkloadNode({ server }: CommandContext, argument: unknown, purpose: string): Promise<WorkloadNode> {
  const workloads = await server.workloads();
  if (workloads.length === 0) {
    throw new Failure('not-found', 'No manifest of this workspace defines a workload.', {
      advice: 'Add a Deployment first.',
    });
  }
  const given = (argument as { workload?: { kind?: unknown; name?: unknown } } | null | undefined)?.workload;
  const named = workloads.find(({ kind, name }) => kind === given?.kind && name === given?.name);
  if (named) return named;
  const active = window.activeTextEditor?.document.uri.toString();
  const isActive = ({ location }: WorkloadNode): boolean => Uri.parse(location.uri).toString() === active;
  const ordered = [...workloads].sort((a, b) => Number(isActive(b)) - Number(isActive(a)));
  const choice = await window.showQuickPick(
    ordered.map((workload) => ({
      label: `${workload.kind} ${workload.name}`,
      description: workload.namespace ?? '',
      detail: workspace.asRelativePath(Uri.parse(workload.location.uri)),
      workload,
    })),
    { title: purpose, placeHolder: 'To which workload?', matchOnDetail: true, ignoreFocusOut: true },
  );
  return orDismissed(choice).workload;
}
