import type { ApplicationNode, StageNode, StageState } from '../../../protocol/slipwayProtocol.ts';
import type { ViewItem } from './viewItem.ts';

const STATE_ICONS: Readonly<Record<StageState, NonNullable<ViewItem['icon']>>> = {
  found: { name: 'pass', color: 'testing.iconPassed' },
  missing: { name: 'circle-large-outline', color: 'list.warningForeground' },
  faulty: { name: 'error', color: 'list.errorForeground' },
};

/** What a menu command of the Pipeline view gets. */
export interface ApplicationArgument {
  /** The URI of the application's folder. */
  readonly folder: string;
}

/** The Pipeline view: application → six stages → evidence and what is missing. */
export function pipelineTree(applications: readonly ApplicationNode[]): ViewItem[] {
  return applications.map((application) => {
    const found = application.stages.filter(({ state }) => state === 'found').length;
    return {
      id: application.folder,
      label: application.name,
      description: `${found} of ${application.stages.length} stages`,
      tooltip: application.folder,
      icon: { name: 'package' },
      contextValue: 'application',
      argument: { folder: application.folder } satisfies ApplicationArgument,
      children: application.stages.map((stage) => stageItem(stage, application)),
      isOpen: applications.length === 1,
    };
  });
}

function stageItem({ evidence, id, missing, state, title }: StageNode, { folder }: ApplicationNode): ViewItem {
  return {
    id,
    label: title,
    description: state,
    icon: STATE_ICONS[state],
    contextValue: `stage.${id}`,
    argument: { folder } satisfies ApplicationArgument,
    children: [
      ...evidence.map(
        ({ location, text }, index): ViewItem => ({
          id: `evidence ${index}`,
          label: text,
          icon: { name: 'check' },
          contextValue: 'evidence',
          ...(location ? { location } : {}),
          children: [],
        }),
      ),
      ...missing.map(
        (text): ViewItem => ({
          id: `missing ${text}`,
          label: text,
          description: 'missing',
          icon: { name: 'circle-large-outline', color: 'list.warningForeground' },
          contextValue: 'missing',
          children: [],
        }),
      ),
    ],
    isOpen: state === 'faulty',
  };
}
