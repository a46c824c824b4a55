import { defineRule } from '../../rules/contract.ts';
import { machinesOf, reachedStates, STATE_MACHINE } from './stateMachine.ts';

/** A state that nothing leads to was meant for something: often it is the compensation that is never run. */
export const rule = defineRule({
  id: 'saga/state-unreachable',
  severity: 'error',
  profile: 'recommended',
  types: [STATE_MACHINE],
  *check(resource, graph) {
    for (const machine of machinesOf(resource, graph)) {
      const start = machine.start?.text();
      if (machine.isOpen || start === undefined || !machine.states.has(start)) continue;
      const reached = reachedStates(machine, [start], true);
      for (const { name, node } of machine.states.values()) {
        if (reached.has(name)) continue;
        yield {
          at: node.keyPlace,
          message: `No state leads to ${name}, so it never runs, and Step Functions rejects the definition.`,
        };
      }
    }
  },
});
