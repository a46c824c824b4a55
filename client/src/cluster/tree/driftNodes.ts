import { DRIFT_GROUPS, type DriftEntry, type DriftGroup, type DriftState } from '../drift.ts';
import type { ClusterNode } from './clusterNode.ts';
import { messageNode } from './headingNodes.ts';
import type { Tone } from './stateInWords.ts';
import { toneColor } from './toneColor.ts';

const TITLES: Readonly<Record<DriftGroup, string>> = {
  drifted: 'Drifted',
  missing: 'Missing',
  'not in the manifests': 'Not in the Manifests',
  'not known': 'Not Known',
  'in sync': 'In Sync',
};

const LOOKS: Readonly<Record<DriftGroup, { readonly icon: string; readonly tone: Tone }>> = {
  drifted: { icon: 'diff-modified', tone: 'busy' },
  missing: { icon: 'diff-removed', tone: 'bad' },
  'not in the manifests': { icon: 'diff-added', tone: 'off' },
  'not known': { icon: 'question', tone: 'off' },
  'in sync': { icon: 'check', tone: 'good' },
};

const COMPARE = { id: 'slipway.compareDrift', title: 'Compare' } as const;
const CHOOSE = { id: 'slipway.chooseDriftSources', title: 'Choose' } as const;

/** The line under a context that tells how the workspace's manifests stand in it. */
export function driftNode(parentId: string, context: string, state: DriftState): ClusterNode {
  return {
    id: `${parentId}/drift`,
    label: 'Workspace Manifests',
    description: stateInWords(state),
    tooltip: 'How the manifests of this workspace stand in the cluster. They are compared when you ask for it.',
    icon: { name: 'git-compare' },
    contextValue: 'drift',
    argument: { context },
    place: { kind: 'drift', context },
  };
}

/** What stands under it: the groups of what was compared, or what is to be done first. */
export function driftChildren(parentId: string, context: string, state: DriftState): ClusterNode[] {
  const message = (key: string, label: string, tone: Tone, more: object = {}): ClusterNode[] => [
    messageNode(parentId, { key, label, tone, argument: { context }, ...more }),
  ];
  switch (state.kind) {
    case 'not chosen':
      return message('choose', 'Choose what is compared…', 'off', { command: CHOOSE });
    case 'not compared':
      return message('compare', 'Compare now', 'off', { description: state.sources.join(', '), command: COMPARE });
    case 'comparing':
      return message('comparing', 'Comparing…', 'busy');
    case 'failed': {
      const { advice, message: label, said } = state.reason;
      return message('failed', label, 'bad', { description: advice, told: [said, advice] });
    }
    case 'compared': {
      const groups = DRIFT_GROUPS.map((group) => ({ group, count: count(state.entries, group) }));
      const some = groups.filter(({ count }) => count > 0);
      if (some.length === 0) return message('nothing', 'The files define no objects', 'off');
      return some.map(({ count, group }) => ({
        id: `${parentId}/${group}`,
        label: TITLES[group],
        description: String(count),
        tooltip: '',
        icon: iconOf(group),
        contextValue: 'drift.group',
        argument: { context },
        place: { kind: 'drift group', context, group },
      }));
    }
  }
}

/** The objects of one group. A click shows the difference, or the place in the files. */
export function driftEntryNodes(
  parentId: string,
  context: string,
  group: DriftGroup,
  state: DriftState,
): ClusterNode[] {
  if (state.kind !== 'compared') return [];
  return state.entries.filter((entry) => entry.group === group).map((entry) => entryNode(parentId, context, entry));
}

function entryNode(parentId: string, context: string, entry: DriftEntry): ClusterNode {
  const { group, kind, name, namespace, note, type } = entry;
  const isLive = type !== undefined && group !== 'missing';
  return {
    id: `${parentId}/${kind} ${namespace ?? ''} ${name}`,
    label: `${kind} ${name}`,
    description: [namespace ?? '', note].filter((part) => part !== '').join(' · '),
    tooltip: [`${kind} ${name}: ${group}`, note].filter((part) => part !== '').join('\n\n'),
    icon: iconOf(group),
    contextValue: isLive ? 'object.compared' : 'compared',
    argument: {
      context,
      ...(namespace === undefined ? {} : { namespace }),
      ...(type ? { object: { type, namespace, name } } : {}),
      drift: { kind, namespace, name },
    },
    command: { id: 'slipway.showDrift', title: 'Show' },
  };
}

function stateInWords(state: DriftState): string {
  if (state.kind === 'comparing') return 'comparing';
  if (state.kind === 'failed') return 'could not be compared';
  if (state.kind !== 'compared') return 'not compared';
  const told = DRIFT_GROUPS.filter((group) => group !== 'in sync' && count(state.entries, group) > 0);
  const words = told.map((group) => `${count(state.entries, group)} ${group}`).join(', ') || 'in sync';
  return state.isOutdated ? `${words}; files were saved since` : words;
}

function count(entries: readonly DriftEntry[], group: DriftGroup): number {
  return entries.filter((entry) => entry.group === group).length;
}

function iconOf(group: DriftGroup): ClusterNode['icon'] {
  const { icon, tone } = LOOKS[group];
  const color = toneColor(tone);
  return { name: icon, ...(color ? { color } : {}) };
}
