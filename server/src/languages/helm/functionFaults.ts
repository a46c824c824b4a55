import { nearestName } from '../../text/nearestName.ts';
import type { Span } from '../../text/sourceText.ts';
import { FUNCTIONS } from './templateFunctions.ts';
import type { FunctionOperand, Operand, Template } from './templateSyntax.ts';
import { allCommands, allPipelines } from './walkTemplate.ts';

/** A function that Helm does not have, or that is called with too many or too few arguments. */
export type FunctionFault =
  | {
      readonly kind: 'unknown-function';
      readonly name: string;
      readonly span: Span;
      readonly nearest: string | undefined;
    }
  | {
      readonly kind: 'wrong-count';
      readonly name: string;
      readonly span: Span;
      readonly given: number;
      readonly least: number;
      /** Infinity where any number may follow. */
      readonly most: number;
    };

/** Faults that make Helm refuse the template, or fail when it renders it. Half-typed actions raise none. */
export function functionFaults(template: Template): FunctionFault[] {
  const faults: FunctionFault[] = [];
  const check = (operand: FunctionOperand, given: number): void => {
    const { name, span } = operand;
    const definition = FUNCTIONS.get(name);
    if (!definition) {
      faults.push({ kind: 'unknown-function', name, span, nearest: nearestName(name, FUNCTIONS.keys()) });
      return;
    }
    const least = definition.parameters.filter(({ isOptional }) => !isOptional).length;
    const most = definition.parameters.at(-1)?.isRepeated ? Number.POSITIVE_INFINITY : definition.parameters.length;
    if (given < least || given > most) faults.push({ kind: 'wrong-count', name, span, given, least, most });
  };
  const broken = template.problems.map(({ span }) => span.start);
  for (const { pipeline, action } of allPipelines(template)) {
    if (broken.some((offset) => offset >= action.start && offset < action.end)) continue;
    for (const { command, isPiped } of allCommands(pipeline)) {
      for (const [index, operand] of command.operands.entries()) {
        const called = calledFunction(operand);
        if (!called) continue;
        const isCommand = index === 0 && operand.kind === 'function';
        check(called, isCommand ? command.operands.length - 1 + (isPiped ? 1 : 0) : 0);
      }
    }
  }
  return faults;
}

function calledFunction(operand: Operand): FunctionOperand | undefined {
  if (operand.kind === 'function') return operand;
  return operand.kind === 'chain' ? calledFunction(operand.base) : undefined;
}
