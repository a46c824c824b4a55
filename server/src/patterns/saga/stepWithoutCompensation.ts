import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { machinesOf, reachedStates, STATE_MACHINE, sagaPath } from './stateMachine.ts';

/** A run that stops in the middle leaves half a business transaction: charged and never shipped. */
export const rule = defineRule({
  id: 'saga/step-without-compensation',
  severity: 'warning',
  profile: 'recommended',
  types: [STATE_MACHINE],
  *check(resource, graph) {
    for (const machine of machinesOf(resource, graph)) {
      const { steps, compensations } = sagaPath(machine);
      if (steps.length < 2) continue;
      if (compensations.length === 0) {
        const isHandled = [...machine.states.values()].some(({ node }) => !node.lacks('Catch'));
        // A branch fails as a whole, and the state around it may catch that.
        if (isHandled || !machine.isOuter || machine.isOpen) continue;
        yield {
          at: machine.start ?? machine.node,
          severity: 'information',
          strict: true,
          message: `When a step of ${describe(resource)} fails, what ${steps
            .slice(0, -1)
            .map(({ name }) => name)
            .join(', ')} did stays: nothing is caught and undone.`,
        };
        continue;
      }
      for (const [index, step] of steps.entries()) {
        if (!step.node.lacks('Catch')) continue;
        // What was done before: by this step itself, if it failed half-way, and by those before it.
        const done = steps
          .slice(0, index + 1)
          .filter(({ name }) => name === step.name || reachedStates(machine, [name], false).has(step.name));
        yield {
          at: step.node.keyPlace,
          message: `When ${step.name} fails, what ${done.map(({ name }) => name).join(', ')} did is not undone: ${step.name} has no Catch.`,
          related: compensations
            .slice(0, 3)
            .map(({ name, node }) => ({ at: node.keyPlace, message: `${name} undoes what other steps did.` })),
        };
      }
    }
  },
});
