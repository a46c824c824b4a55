import { defineRule } from '../../rules/contract.ts';
import { machinesOf, reachedStates, STATE_MACHINE, type State } from './stateMachine.ts';

/** Every way must come to an end: by a next state, by `End`, or by a state that succeeds or fails. */
export const rule = defineRule({
  id: 'saga/end-unreachable',
  severity: 'error',
  profile: 'recommended',
  types: [STATE_MACHINE],
  *check(resource, graph) {
    for (const machine of machinesOf(resource, graph)) {
      let isStuck = false;
      for (const state of machine.states.values()) {
        const { name, node, type } = state;
        if (isTerminal(state) || type === undefined || type === 'Choice' || !node.lacks('Next') || !node.lacks('End'))
          continue;
        isStuck = true;
        yield { at: node.keyPlace, message: `${name} leads nowhere: it has neither Next nor End.` };
      }
      const start = machine.start?.text();
      if (isStuck || machine.isOpen || !machine.start || start === undefined || !machine.states.has(start)) continue;
      const reached = reachedStates(machine, [start], true);
      // A state that is being written has no type yet.
      const mayEnd = [...reached]
        .map((name) => machine.states.get(name)!)
        .some((state) => isTerminal(state) || state.type === undefined);
      if (mayEnd) continue;
      yield { at: machine.start, message: `From ${start} no end is ever reached: every state leads to another one.` };
    }
  },
});

function isTerminal({ node, type }: State): boolean {
  return type === 'Succeed' || type === 'Fail' || node.boolean('End') === true || node.find('End')?.kind === 'unknown';
}
