import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import {
  type ComparedKind,
  compareNamespaces as compare,
  type NamespaceDifference,
} from '../cluster/compareNamespaces.ts';
import { Failure } from '../cluster/failure.ts';
import type { ResourceType } from '../cluster/resourceType.ts';
import { askTarget } from './askTarget.ts';
import type { Command, CommandContext } from './command.ts';
import { namespaceComplaint } from './namespaceComplaint.ts';
import { orDismissed } from './orDismissed.ts';
import { showDifferences } from './showDifferences.ts';
import { withCancel } from './withCluster.ts';

/** One side of the comparison. */
interface Side {
  readonly context: string;
  readonly namespace: string;
}

/** Compares all that stands in a namespace with a namespace of another context, or another one of the same context. */
export const compareNamespaces: Command = {
  id: 'slipway.compareNamespaces',
  needsTrust: true,
  async run(context, argument) {
    const title = 'Compare Namespace';
    const left = await askTarget(context, argument, title);
    const right = await askOther(context, argument, left, title);
    const where = `${nameOf(left)} ↔ ${nameOf(right)}`;
    const { cluster, log, pages } = context;
    const kinds = await withCancel(`Comparing ${where}`, (signal) =>
      compare(
        { api: cluster.api(left.context), namespace: left.namespace },
        { api: cluster.api(right.context), namespace: right.namespace },
        signal,
      ),
    );
    for (const { type, unknown } of kinds) if (unknown !== undefined) log.warn(`${type.kind}: ${unknown}`);
    const same = kinds.reduce((sum, kind) => sum + kind.same, 0);
    const isAlike = kinds.every(({ differences, unknown }) => differences.length === 0 && unknown === undefined);
    if (isAlike) {
      window.showInformationMessage(`${where}: nothing differs, ${same} objects are the same.`);
      return;
    }
    const items = kinds.flatMap((kind) => itemsOf(kind, left, right));
    showDifferences(context, `${where}: ${same} objects are the same`, items, async ({ difference, type }) => {
      if (!difference || !type) return;
      const reference = { type, namespace: left.namespace, name: difference.name };
      await pages.compare(reference, { ...left, text: difference.left }, { ...right, text: difference.right }, true);
    });
  },
};

/** The other context and namespace: what the argument says as `other` and `otherNamespace`, else what the person answers. */
async function askOther({ target }: CommandContext, argument: unknown, left: Side, title: string): Promise<Side> {
  const given = (argument as { other?: unknown; otherNamespace?: unknown } | null | undefined) ?? {};
  const { contexts } = target.contexts();
  // The same context stands last: another namespace of it can be compared, too.
  const names = contexts
    .map(({ name }) => name)
    .sort((a, b) => Number(a === left.context) - Number(b === left.context));
  const context =
    typeof given.other === 'string'
      ? given.other
      : orDismissed(
          await window.showQuickPick(
            names.map((label) => ({ label, description: label === left.context ? 'another namespace of it' : '' })),
            { title: `${title} ${nameOf(left)}`, placeHolder: 'With which context?', ignoreFocusOut: true },
          ),
        ).label;
  const isSame = context === left.context;
  const complaint = (text: string): string | undefined =>
    isSame && text === left.namespace ? 'This is the same namespace.' : namespaceComplaint(text);
  const namespace =
    typeof given.otherNamespace === 'string'
      ? given.otherNamespace
      : orDismissed(
          await window.showInputBox({
            title: `${title} ${nameOf(left)}`,
            prompt: `With which namespace of ${context}?`,
            value: isSame ? '' : left.namespace,
            ignoreFocusOut: true,
            validateInput: complaint,
          }),
        );
  const refused = complaint(namespace);
  if (refused !== undefined) throw new Failure('invalid', `${namespace} cannot be compared with. ${refused}`);
  return { context, namespace };
}

interface DifferenceItem extends QuickPickItem {
  readonly difference?: NamespaceDifference;
  readonly type?: ResourceType;
}

function itemsOf({ differences, same, type, unknown }: ComparedKind, left: Side, right: Side): DifferenceItem[] {
  if (differences.length === 0 && unknown === undefined) return [];
  const heading = [type.kind, type.group, same > 0 ? `${same} the same` : ''].filter((part) => part !== '').join(' · ');
  const [here, there] =
    left.context === right.context ? [left.namespace, right.namespace] : [left.context, right.context];
  const words = { 'only left': `only in ${here}`, 'only right': `only in ${there}`, different: 'different' } as const;
  const icons = { 'only left': 'diff-removed', 'only right': 'diff-added', different: 'diff-modified' } as const;
  return [
    { label: heading, kind: QuickPickItemKind.Separator },
    ...(unknown === undefined ? [] : [{ label: '$(question) not known', detail: unknown }]),
    ...differences.map((difference) => ({
      label: `$(${icons[difference.state]}) ${difference.name}`,
      description: words[difference.state],
      difference,
      type,
    })),
  ];
}

function nameOf({ context, namespace }: Side): string {
  return `${namespace} of ${context}`;
}
