import type { Span } from '../../text/sourceText.ts';
import { readTemplate } from './readTemplate.ts';
import { UNKNOWN } from './templateShape.ts';
import type { Template } from './templateSyntax.ts';

/** A variable that nothing declares before it, in the blocks around it. */
export interface UndefinedVariable {
  /** With its dollar sign. */
  readonly name: string;
  readonly span: Span;
}

/** The variables for which Go refuses a template: each definition has variables of its own. */
export function undefinedVariables({ nodes, definitions }: Template): UndefinedVariable[] {
  return [nodes, ...definitions.map(({ body }) => body)]
    .flatMap((body) => readTemplate(body, UNKNOWN).variables)
    .filter(({ declaredAt }) => declaredAt === undefined)
    .map(({ name, span }) => ({ name, span }))
    .sort((a, b) => a.span.start - b.span.start);
}
