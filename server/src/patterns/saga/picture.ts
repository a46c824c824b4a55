import type { PatternInstance } from '../../rules/pattern.ts';
import type { DrawPicture, Picture, PictureEdge, PictureNode } from '../../rules/picture.ts';
import { WORKFLOW_TYPES } from '../retry/workflowRetries.ts';
import { machinesOf, STATE_MACHINE, type State, sagaPath } from './stateMachine.ts';

/** More states than these are no picture any more. */
const MOST_STATES = 40;

/** The states of a machine with what follows on success and on failure; the steps of a workflow with what undoes them. */
export const picture: DrawPicture = (instance, graph) => {
  const orchestrator = instance.participants.find(({ role }) => role === 'orchestrator')?.resource;
  if (orchestrator && WORKFLOW_TYPES.includes(orchestrator.type)) return workflow(instance);
  const [machine] = orchestrator?.type === STATE_MACHINE ? machinesOf(orchestrator, graph) : [];
  if (!machine || machine.states.size === 0 || machine.states.size > MOST_STATES) return undefined;
  const { compensations } = sagaPath(machine);
  const ids = new Map([...machine.states.keys()].map((name, index) => [name, `s${index}`]));
  const edges: PictureEdge[] = [];
  for (const state of machine.states.values()) {
    const from = ids.get(state.name)!;
    for (const [names, more] of [
      [state.next, {}],
      [state.caught, { text: 'fails', dashed: true }],
    ] as const) {
      for (const name of new Set(names.map((node) => node.text()!))) {
        const to = ids.get(name);
        if (to !== undefined) edges.push({ from, to, ...more });
      }
    }
  }
  const nodes = [...machine.states.values()].map((state): PictureNode => {
    const isFirst = state.name === machine.start?.text();
    return {
      id: ids.get(state.name)!,
      text: [state.name, ...remarks(state, compensations.includes(state))].join('\n'),
      at: state.node.keyPlace,
      ...(state.type === 'Task' ? {} : { shape: 'state' }),
      ...(isFirst ? { tone: 'first' } : {}),
    };
  });
  return { direction: 'down', nodes, edges };
};

function remarks({ node, type }: State, isCompensation: boolean): string[] {
  const tries = node.find('Retry')?.items[0]?.number('MaxAttempts');
  const limit = node.number('TimeoutSeconds');
  return [
    ...(isCompensation ? ['compensation'] : type === undefined || type === 'Task' ? [] : [type]),
    ...(limit === undefined ? [] : [`at most ${limit} s`]),
    ...(tries === undefined ? [] : [`${tries} ${tries === 1 ? 'retry' : 'retries'}`]),
  ];
}

/** What runs beside each other in a workflow stands one after the other: its tasks say so, and the picture does not. */
function workflow({ participants }: PatternInstance): Picture | undefined {
  const [orchestrator] = participants.filter(({ role }) => role === 'orchestrator');
  const of = (role: string): PictureNode[] =>
    participants
      .filter((participant) => participant.role === role)
      .map(({ at }, index) => ({
        id: `${role}${index}`,
        text: `${at.source.text.slice(at.span.start, at.span.end).replace(/^["']|["']$/g, '')}\n${role}`,
        at,
      }));
  const [steps, compensations] = [of('step'), of('compensation')];
  if (!orchestrator || steps.length === 0) return undefined;
  const chained = (nodes: readonly PictureNode[]): PictureEdge[] =>
    nodes.slice(1).map(({ id }, index) => ({ from: nodes[index]!.id, to: id }));
  const [undo] = compensations;
  return {
    direction: 'right',
    nodes: [
      {
        id: 'run',
        text: `${orchestrator.resource.kind} ${orchestrator.resource.name ?? ''}`.trim(),
        tone: 'first',
        at: orchestrator.at,
      },
      ...steps,
      ...compensations,
    ],
    edges: [
      { from: 'run', to: steps[0]!.id },
      ...chained(steps),
      ...(undo ? [{ from: 'run', to: undo.id, text: 'the run failed', dashed: true }] : []),
      ...chained(compensations),
    ],
  };
}
