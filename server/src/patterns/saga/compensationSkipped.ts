import { defineRule } from '../../rules/contract.ts';
import { machinesOf, reachedStates, STATE_MACHINE, sagaPath } from './stateMachine.ts';

/** What is undone must be all that was done, from the last step to the first. */
export const rule = defineRule({
  id: 'saga/compensation-skipped',
  severity: 'warning',
  profile: 'recommended',
  types: [STATE_MACHINE],
  *check(resource, graph) {
    for (const machine of machinesOf(resource, graph)) {
      if (machine.isOpen) continue;
      const { steps, compensations } = sagaPath(machine);
      const undoing = new Set(compensations.map(({ name }) => name));
      const undoOf = (step: (typeof steps)[number]) => step.caught.find((next) => undoing.has(next.text()!))?.text();
      for (const step of steps) {
        for (const caught of step.caught) {
          const reached = reachedStates(machine, [caught.text()!], true);
          const skipped = steps.find((earlier) => {
            const undo = undoOf(earlier);
            if (earlier === step || undo === undefined || reached.has(undo)) return false;
            const isBefore = reachedStates(machine, [earlier.name], false).has(step.name);
            return isBefore && !reachedStates(machine, [step.name], false).has(earlier.name);
          });
          if (!skipped) continue;
          const undo = undoOf(skipped)!;
          yield {
            at: caught,
            message: `When ${step.name} fails, what ${skipped.name} did stays: from ${caught.text()} no way leads to ${undo}.`,
            related: [{ at: machine.states.get(undo)!.node.keyPlace, message: `${undo} undoes ${skipped.name}.` }],
          };
        }
      }
    }
  },
});
