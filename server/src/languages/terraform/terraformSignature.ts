import type { HclCall, HclFile } from './hclSyntax.ts';
import { HclToken } from './hclTokens.ts';
import { functionNamed, signatureOf } from './terraformFunctions.ts';
import { pathAt } from './walkHcl.ts';

/** The call that the cursor is in. */
export interface TerraformSignature {
  readonly label: string;
  /** Each is a part of the label. */
  readonly parameters: readonly string[];
  /** Index of the parameter that the cursor is at; undefined when the function takes none. */
  readonly active: number | undefined;
  readonly documentation: string;
}

/** The signature of the innermost function whose parentheses hold the cursor. */
export function signatureAt(file: HclFile, offset: number): TerraformSignature | undefined {
  const call = pathAt(file.body, offset).findLast((node) => node.kind === 'call' && holds(file, node, offset));
  if (call?.kind !== 'call') return undefined;
  const found = functionNamed(call.name);
  if (!found) return undefined;
  const { label, parameters } = signatureOf(found);
  const position = Math.min(argumentAt(file, call, offset), parameters.length - 1);
  return { label, parameters, active: position < 0 ? undefined : position, documentation: found.text };
}

function holds({ source }: HclFile, { argumentsSpan: { start, end } }: HclCall, offset: number): boolean {
  const isClosed = source.text[end - 1] === ')' && end > start + 1;
  return start < offset && (isClosed ? offset < end : offset <= end);
}

/** How many commas of the call itself stand before the cursor. */
function argumentAt({ tokens }: HclFile, { argumentsSpan }: HclCall, offset: number): number {
  let commas = 0;
  let depth = 0;
  for (let index = tokens.indexAt(argumentsSpan.start) + 1; tokens.start(index) < offset; index++) {
    switch (tokens.kind(index)) {
      case HclToken.openParen:
      case HclToken.openBracket:
      case HclToken.openBrace:
      case HclToken.openQuote:
      case HclToken.openHeredoc:
        depth++;
        break;
      case HclToken.closeParen:
      case HclToken.closeBracket:
      case HclToken.closeBrace:
      case HclToken.closeQuote:
      case HclToken.closeHeredoc:
        depth--;
        break;
      case HclToken.comma:
        if (depth === 0) commas++;
        break;
      case HclToken.endOfFile:
        return commas;
    }
  }
  return commas;
}
