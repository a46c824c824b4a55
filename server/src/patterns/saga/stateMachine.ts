import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { blockOf } from '../terraform/parts/terraformBlock.ts';

export const STATE_MACHINE = 'terraform/aws_sfn_state_machine';

/** One state of a machine in the Amazon States Language. */
export interface State {
  readonly name: string;
  readonly node: SourceNode;
  readonly type: string | undefined;
  /** The names of the states that come after it, where they are written. */
  readonly next: readonly SourceNode[];
  /** The names of the states that come after its failure. */
  readonly caught: readonly SourceNode[];
}

/** A machine, or one branch of a `Parallel` or `Map` state, whose states know only each other. */
export interface StateMachine {
  readonly node: SourceNode;
  readonly start: SourceNode | undefined;
  readonly states: ReadonlyMap<string, State>;
  /** States or transitions may be there that could not be read. */
  readonly isOpen: boolean;
  readonly isOuter: boolean;
}

/**
 * The machines of a definition that Terraform writes with `jsonencode`, the outer one first. Definitions in files and in
 * texts with interpolations are not read.
 */
export function machinesOf(resource: Resource, graph: ResourceGraph): readonly StateMachine[] {
  const cache = graph.memo('state-machines', () => new Map<Resource, readonly StateMachine[]>());
  const known = cache.get(resource);
  if (known) return known;
  const definition = blockOf(resource, graph)?.node.find('definition');
  const machines = definition?.kind === 'map' ? [...machinesIn(definition, true)] : [];
  cache.set(resource, machines);
  return machines;
}

function* machinesIn(node: SourceNode, isOuter: boolean): Iterable<StateMachine> {
  const list = node.find('States');
  if (list?.kind !== 'map') return;
  const states = new Map(list.entries.map((entry) => [entry.key ?? '', readState(entry)]));
  const isOpen =
    list.open ||
    list.entries.some(
      (entry) => entry.open || ['Next', 'Default'].some((key) => entry.find(key)?.kind === 'unknown'),
    ) ||
    list.entries.some((entry) => ['Catch', 'Choices'].some((key) => entry.find(key)?.open));
  yield { node, start: node.find('StartAt'), states, isOpen, isOuter };
  for (const entry of list.entries) {
    for (const branch of entry.find('Branches')?.items ?? []) yield* machinesIn(branch, false);
    for (const key of ['ItemProcessor', 'Iterator']) {
      const inner = entry.find(key);
      if (inner) yield* machinesIn(inner, false);
    }
  }
}

function readState(node: SourceNode): State {
  const names = (...nodes: readonly (SourceNode | undefined)[]) =>
    nodes.filter((one) => one?.text() !== undefined) as SourceNode[];
  return {
    name: node.key ?? '',
    node,
    type: node.text('Type'),
    next: names(
      node.find('Next'),
      node.find('Default'),
      ...(node.find('Choices')?.items ?? []).map((choice) => choice.find('Next')),
    ),
    caught: names(...(node.find('Catch')?.items ?? []).map((handler) => handler.find('Next'))),
  };
}

/** The states that may follow on one of `names`, themselves among them. */
export function reachedStates(
  machine: StateMachine,
  names: readonly string[],
  withFailures: boolean,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [...names];
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    const state = machine.states.get(name);
    if (!state || reached.has(name)) continue;
    reached.add(name);
    for (const next of [...state.next, ...(withFailures ? state.caught : [])]) pending.push(next.text()!);
  }
  return reached;
}

const READING_CALL = /:(?:get|describe|list|query|scan|read|head|batchGet)[A-Z]\w*(?:\.|$)/;
const READING_NAME =
  /^(?:get|check|validate|verify|describe|list|find|load|read|look-?up|calculate|compute|notify|log|alert|report|wait|poll|is|has)(?:[A-Z\s_-]|$)/i;

/** A task that leaves something behind, as far as its name and the call it makes tell. */
export function isStep({ name, node, type }: State): boolean {
  return type === 'Task' && !READING_NAME.test(name) && !READING_CALL.test(node.text('Resource') ?? '');
}

/** How a machine goes when nothing fails, and what it does when something does. */
export interface SagaPath {
  /** Tasks on the way without failures, each after those that come before it. */
  readonly steps: readonly State[];
  /** Tasks that only failures lead to. */
  readonly compensations: readonly State[];
}

/** Parts the tasks of a machine into steps and compensations. */
export function sagaPath(machine: StateMachine): SagaPath {
  const start = machine.start?.text();
  const forward = reachedStates(machine, start === undefined ? [] : [start], false);
  const caught = [...machine.states.values()].flatMap((state) => state.caught.map((next) => next.text()!));
  const backward = reachedStates(machine, caught, true);
  const tasks = [...machine.states.values()].filter(isStep);
  const ordered = [...forward].flatMap((name) => tasks.filter((task) => task.name === name));
  return {
    steps: ordered,
    compensations: tasks.filter(({ name }) => backward.has(name) && !forward.has(name)),
  };
}
