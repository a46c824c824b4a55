import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule, type Finding, type Fix } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { WORKFLOW_TYPES } from '../retry/workflowRetries.ts';
import { workflowOf } from './argoWorkflow.ts';
import { machinesOf, STATE_MACHINE } from './stateMachine.ts';

/** A step that leads to one which does not exist: the definition is rejected, or the run fails in the middle. */
export const rule = defineRule({
  id: 'saga/next-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [STATE_MACHINE, ...WORKFLOW_TYPES],
  *check(resource, graph) {
    if (resource.type === STATE_MACHINE) {
      for (const machine of machinesOf(resource, graph)) {
        if (machine.node.find('States')?.open) continue;
        const names = [...machine.states.keys()];
        const transitions = [...machine.states.values()].flatMap(({ next, caught }) => [...next, ...caught]);
        for (const at of [...(machine.start ? [machine.start] : []), ...transitions]) {
          const name = at.text();
          if (name === undefined || machine.states.has(name)) continue;
          const near = nearestName(name, names);
          yield {
            at,
            message: `There is no state ${name} to go to, only ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' and others' : ''}.`,
            fixes: near === undefined ? [] : [useState(at, near)],
          };
        }
      }
      return;
    }
    const workflow = workflowOf(resource);
    if (!workflow) return;
    if (!workflow.isOpen)
      for (const { at, name } of workflow.calls)
        if (!workflow.templates.has(name)) yield unknown(at, name, [...workflow.templates.keys()], 'template');
    for (const template of workflow.templates.values()) {
      const tasks = template.find('dag', 'tasks');
      if (!tasks || tasks.open) continue;
      const names = tasks.items.flatMap((task) => task.text('name') ?? []);
      if (names.length < tasks.items.length) continue;
      for (const task of tasks.items) yield* unknownDependencies(task, names);
    }
  },
});

function useState({ source, span }: SourceNode, name: string): Fix {
  const edit = { uri: source.uri, span, newText: JSON.stringify(name) };
  return { title: `Use ${name}`, safe: false, edits: () => [edit] };
}

function* unknownDependencies(task: SourceNode, names: readonly string[]): Iterable<Finding> {
  for (const at of task.find('dependencies')?.items ?? []) {
    const name = at.text();
    if (name !== undefined && !names.includes(name) && !name.includes('{{')) yield unknown(at, name, names, 'task');
  }
  const depends = task.find('depends');
  const written = depends?.text() ?? '';
  if (!depends || written.includes('{{')) return;
  // `a.Succeeded && (b || !c.Failed)`
  for (const [name] of written.matchAll(/[A-Za-z0-9_-]+(?:\.[A-Za-z]+)?/g)) {
    const task = name.split('.')[0]!;
    if (!names.includes(task)) yield { ...unknown(depends, task, names, 'task'), fixes: [] };
  }
}

function unknown(at: SourceNode, name: string, names: readonly string[], what: string): Finding {
  const near = nearestName(name, names);
  return {
    at,
    message: `There is no ${what} ${name}, only ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' and others' : ''}.`,
    fixes: near === undefined ? [] : [{ title: `Use ${near}`, safe: false, edits: () => [replaceValue(at, near)] }],
  };
}
