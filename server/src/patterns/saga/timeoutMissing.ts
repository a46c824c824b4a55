import { defineRule } from '../../rules/contract.ts';
import { WORKFLOW_TYPES } from '../retry/workflowRetries.ts';
import { workflowOf, workflowSaga } from './argoWorkflow.ts';
import { machinesOf, STATE_MACHINE } from './stateMachine.ts';

const LIMITS = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'];

/** A step that nobody answers holds the whole saga, and with it all that the steps before it have reserved. */
export const rule = defineRule({
  id: 'saga/timeout-missing',
  severity: 'warning',
  profile: 'recommended',
  types: [STATE_MACHINE, ...WORKFLOW_TYPES],
  *check(resource, graph) {
    if (resource.type === STATE_MACHINE) {
      const [outer] = machinesOf(resource, graph);
      if (!outer?.node.lacks('TimeoutSeconds')) return;
      for (const machine of machinesOf(resource, graph)) {
        for (const { name, node, type } of machine.states.values()) {
          if (type !== 'Task' || !LIMITS.every((limit) => node.lacks(limit))) continue;
          const call = node.find('Resource')?.text() ?? '';
          const waits = /\.waitForTaskToken$|:activity:/.test(call);
          yield {
            at: node.keyPlace,
            message: waits
              ? `${name} waits for an answer for up to a year: neither it nor the state machine has TimeoutSeconds.`
              : `${name} may take as long as it likes: neither it nor the state machine has TimeoutSeconds.`,
            ...(waits ? {} : { severity: 'information' as const, strict: true as const }),
          };
        }
      }
      return;
    }
    const workflow = workflowOf(resource);
    if (!workflow?.spec.lacks('activeDeadlineSeconds') || !workflow.spec.lacks('templateDefaults')) return;
    const { steps, compensations } = workflowSaga(workflow);
    if (compensations.length === 0) return;
    for (const template of [...steps, ...compensations]) {
      const name = template.find('name');
      if (!name || !template.lacks('activeDeadlineSeconds') || !template.lacks('timeout')) continue;
      yield {
        at: name,
        severity: 'information',
        strict: true,
        message: `Template ${name.text()} may take as long as it likes: neither it nor the workflow has activeDeadlineSeconds.`,
      };
    }
  },
});
