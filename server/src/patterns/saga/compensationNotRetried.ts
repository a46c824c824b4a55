import { defineRule } from '../../rules/contract.ts';
import { WORKFLOW_TYPES } from '../retry/workflowRetries.ts';
import { workflowOf, workflowSaga } from './argoWorkflow.ts';
import { machinesOf, STATE_MACHINE, sagaPath } from './stateMachine.ts';

/** A compensation that fails once and gives up leaves what it should have undone: nobody is behind it. */
export const rule = defineRule({
  id: 'saga/compensation-not-retried',
  severity: 'warning',
  profile: 'recommended',
  types: [STATE_MACHINE, ...WORKFLOW_TYPES],
  *check(resource, graph) {
    if (resource.type === STATE_MACHINE) {
      for (const machine of machinesOf(resource, graph)) {
        for (const { name, node } of sagaPath(machine).compensations) {
          if (node.lacks('Retry'))
            yield { at: node.keyPlace, message: `${name} undoes a step and is tried only once: it has no Retry.` };
        }
      }
      return;
    }
    const workflow = workflowOf(resource);
    if (!workflow?.spec.lacks('retryStrategy') || !workflow.spec.lacks('templateDefaults', 'retryStrategy')) return;
    const { steps, compensations } = workflowSaga(workflow);
    if (steps.length === 0) return;
    for (const template of compensations) {
      const name = template.find('name');
      if (!name || !template.lacks('retryStrategy')) continue;
      // A group of tasks may be repeated as a whole.
      if (
        workflow.calls.some(
          ({ name: called, caller }) => called === name.text() && caller?.lacks('retryStrategy') === false,
        )
      )
        continue;
      yield {
        at: name,
        message: `Template ${name.text()} undoes a step and is tried only once: it has no retryStrategy.`,
      };
    }
  },
});
