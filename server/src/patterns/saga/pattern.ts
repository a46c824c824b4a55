import { definePattern } from '../../rules/pattern.ts';
import { WORKFLOW_TYPES } from '../retry/workflowRetries.ts';
import { applySaga } from './applySaga.ts';
import { workflowOf, workflowSaga } from './argoWorkflow.ts';
import { missingStateMachines, missingWorkflows } from './missingOrchestrators.ts';
import { choreographies, engineWorkers, stateMachineSagas, workflowSagas } from './sagas.ts';
import { machinesOf, reachedStates, STATE_MACHINE, sagaPath } from './stateMachine.ts';

export const pattern = definePattern({
  id: 'saga',
  title: 'Saga',
  category: 'microservices',
  summary: 'Does a transaction over several services in steps, each with a step that undoes it when a later one fails.',
  roles: {
    orchestrator: { title: 'what drives the steps', required: true },
    step: { title: 'step', required: true },
    compensation: { title: 'compensation', required: true },
    worker: { title: 'who does the work', required: true },
    retry: { title: 'retries', required: false },
    timeout: { title: 'time limit', required: false },
  },
  *recognize(graph) {
    yield* stateMachineSagas(graph);
    yield* workflowSagas(graph);
    yield* choreographies(graph);
    yield* engineWorkers(graph);
    yield* missingStateMachines(graph);
    yield* missingWorkflows(graph);
  },
  explanations: [
    {
      types: [STATE_MACHINE],
      path: ['definition', 'States', '*', 'Catch'],
      text(field, resource, graph) {
        const machine = machinesOf(resource, graph).find(
          ({ states }) => states.get(field.parent?.key ?? '')?.node.source === field.source,
        );
        const state = machine?.states.get(field.parent?.key ?? '');
        if (!machine || !state || state.caught.length === 0) return undefined;
        const { compensations } = sagaPath(machine);
        const reached = reachedStates(
          machine,
          state.caught.map((next) => next.text()!),
          true,
        );
        const undone = compensations.filter(({ name }) => reached.has(name)).map(({ name }) => name);
        return undone.length === 0
          ? `**Failure of ${state.name}.** It leads to ${state.caught.map((next) => next.text()).join(', ')}; nothing is undone.`
          : `**Failure of ${state.name}.** What was done is undone by ${undone.join(' → ')}. An error that no entry names ends the run at once.`;
      },
    },
    {
      types: [STATE_MACHINE],
      path: ['definition', 'States', '*', 'Retry'],
      text(field) {
        const [first] = field.items;
        const [tries, wait, rate] = [
          first?.number('MaxAttempts') ?? 3,
          first?.number('IntervalSeconds') ?? 1,
          first?.number('BackoffRate') ?? 2,
        ];
        if (!first) return undefined;
        const most = first.number('MaxDelaySeconds') ?? Number.POSITIVE_INFINITY;
        const waits = Array.from({ length: Math.min(tries, 20) }, (_, index) => Math.min(most, wait * rate ** index));
        const sum = waits.reduce((total, one) => total + one, 0);
        return `**Retries.** After a failure it is tried ${tries} more times, after ${waits
          .slice(0, 5)
          .map((one) => `${one} s`)
          .join(
            ', ',
          )}${waits.length > 5 ? ' …' : ''}: ${sum} s of pauses before the failure counts. A step that is repeated must do no harm: give it a key by which the service knows the repetition.`;
      },
    },
    {
      types: WORKFLOW_TYPES,
      path: ['**', 'onExit'],
      text(field, resource) {
        const workflow = workflowOf(resource);
        const { compensations } = workflow ? workflowSaga(workflow) : { compensations: [] };
        if (compensations.length === 0) return undefined;
        return `**Compensation.** \`${field.text() ?? ''}\` runs when the workflow ends, whether it succeeded or not. Where it failed, ${compensations.map((template) => template.text('name')).join(', ')} undo what was done.`;
      },
    },
  ],
  apply: applySaga,
});
