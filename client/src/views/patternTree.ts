import type { InstanceNode, PatternNode, PatternState } from '../../../protocol/slipwayProtocol.ts';
import type { ViewItem } from './viewItem.ts';

const STATE_ICONS: Readonly<Record<PatternState, NonNullable<ViewItem['icon']>>> = {
  complete: { name: 'pass', color: 'testing.iconPassed' },
  incomplete: { name: 'circle-large-outline', color: 'list.warningForeground' },
  faulty: { name: 'error', color: 'list.errorForeground' },
};

const SEVERITY_ICONS: Readonly<Record<InstanceNode['faults'][number]['severity'], string>> = {
  error: 'error',
  warning: 'warning',
  information: 'info',
};

/** What a menu command of the Patterns view gets. */
export interface PatternArgument {
  readonly pattern: string;
  /** The name of one of its uses. */
  readonly use?: string;
}

/** The Patterns view: category → pattern → instance → participants, what is missing, what is faulty. */
export function patternTree(patterns: readonly PatternNode[]): ViewItem[] {
  const categories = [...new Set(patterns.map(({ category }) => category))];
  return categories.map((category) => {
    const members = patterns.filter((pattern) => pattern.category === category);
    const used = members.filter(({ instances }) => instances.length > 0).length;
    return {
      id: category,
      label: capitalized(category),
      description: `${used} of ${members.length} used`,
      children: members.map(patternItem),
      isOpen: used > 0,
      contextValue: 'category',
    };
  });
}

function patternItem(pattern: PatternNode): ViewItem {
  const { applicable, id, instances, summary, title } = pattern;
  const state = worst(instances);
  return {
    id,
    label: title,
    description: state === undefined ? 'not used' : counted(instances),
    tooltip: summary,
    icon: state === undefined ? { name: 'circle-slash', color: 'disabledForeground' } : STATE_ICONS[state],
    contextValue: applicable ? 'pattern.applicable' : 'pattern',
    argument: { pattern: id } satisfies PatternArgument,
    children: instances.map((instance, index) => instanceItem(id, instance, index)),
    isOpen: state === 'faulty',
  };
}

function instanceItem(pattern: string, instance: InstanceNode, index: number): ViewItem {
  const { faults, missing, name, participants, state } = instance;
  const location = participants[0]?.location;
  return {
    // Two instances may bear one name, in two sets.
    id: `${name} ${index}`,
    label: name,
    description: state,
    icon: STATE_ICONS[state],
    contextValue: 'instance',
    argument: { pattern, use: name } satisfies PatternArgument,
    ...(location ? { location } : {}),
    children: [
      ...participants.map(
        (participant, position): ViewItem => ({
          id: `participant ${position}`,
          label: participant.name,
          description: participant.role,
          icon: { name: 'symbol-class' },
          location: participant.location,
          contextValue: 'participant',
          children: [],
        }),
      ),
      ...missing.map(
        (role): ViewItem => ({
          id: `missing ${role}`,
          label: `No ${role}`,
          description: 'missing',
          icon: { name: 'circle-large-outline', color: 'list.warningForeground' },
          contextValue: 'missing',
          children: [],
        }),
      ),
      ...faults.map(
        (fault, position): ViewItem => ({
          id: `fault ${position}`,
          label: fault.message,
          description: fault.severity,
          tooltip: fault.message,
          icon: {
            name: SEVERITY_ICONS[fault.severity],
            color: `list.${fault.severity === 'error' ? 'error' : 'warning'}Foreground`,
          },
          location: fault.location,
          contextValue: 'fault',
          children: [],
        }),
      ),
    ],
    isOpen: state !== 'complete',
  };
}

/** `2 complete, 1 faulty`: the label says what the icon shows. */
function counted(instances: readonly InstanceNode[]): string {
  const states: readonly PatternState[] = ['complete', 'incomplete', 'faulty'];
  return states
    .map((state) => ({ state, count: instances.filter((instance) => instance.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`)
    .join(', ');
}

function worst(instances: readonly InstanceNode[]): PatternState | undefined {
  const order: readonly PatternState[] = ['faulty', 'incomplete', 'complete'];
  return order.find((state) => instances.some((instance) => instance.state === state));
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
