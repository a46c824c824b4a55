import type { Span } from '../../text/sourceText.ts';
import { type CSharpToken, tokenizeCSharp } from './csharpTokens.ts';

/** `receiver.Name<Type>(arguments)`, read without knowing what it means. */
export interface CSharpCall {
  readonly name: string;
  readonly nameSpan: Span;
  /** Type arguments as written: `Projects.Payments_Api`. */
  readonly types: readonly string[];
  readonly arguments: readonly CSharpArgument[];
  /** The variable or the call before the dot: `server` or `AddPostgres`. */
  readonly receiver: string | undefined;
  /** The variable that the statement assigns to: `payments` of `var payments = server.AddDatabase(…)`. */
  readonly assignedTo: string | undefined;
  /** Names the statement: chained calls have the same. */
  readonly statement: number;
}

export interface CSharpArgument {
  /** `poolSize` of `poolSize: 64`. */
  readonly label: string | undefined;
  /** Of an argument that is one string or number and nothing else. */
  readonly literal: string | number | undefined;
  /** Of an argument that is one name and nothing else. */
  readonly variable: string | undefined;
  readonly span: Span;
}

/** `class Name : Base`. */
export interface CSharpClass {
  readonly name: string;
  readonly nameSpan: Span;
  /** Base types as written, without type arguments. */
  readonly bases: readonly string[];
}

/** What a file of C# says by its calls and its classes. */
export interface CSharpModule {
  readonly calls: readonly CSharpCall[];
  readonly classes: readonly CSharpClass[];
}

/** Reads the calls and classes of a file by its tokens. Half-typed text gives what can be read of it. */
export function readCSharp(text: string): CSharpModule {
  const tokens = tokenizeCSharp(text);
  const calls: CSharpCall[] = [];
  const classes: CSharpClass[] = [];
  let statement = 0;
  let assignedTo: string | undefined;
  let nesting = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token.text === '(' && token.kind === 'sign') nesting++;
    if (token.text === ')' && token.kind === 'sign') nesting--;
    if (token.kind === 'sign' && /^[;{}]$/.test(token.text) && (nesting <= 0 || token.text !== ';')) {
      if (nesting <= 0 || token.text === ';') {
        statement = index;
        assignedTo = undefined;
        nesting = 0;
      }
      continue;
    }
    if (token.kind !== 'name') continue;
    const next = tokens[index + 1];
    if (nesting === 0 && isSign(next, '=') && !isSign(tokens[index + 2], '=') && !isSign(tokens[index + 2], '>'))
      assignedTo = token.text;
    if ((token.text === 'class' || token.text === 'record') && next?.kind === 'name') {
      classes.push({ name: next.text, nameSpan: next.span, bases: basesOf(tokens, index + 2) });
      continue;
    }
    const generic = isSign(next, '<') ? typesOf(tokens, index + 1) : { types: [], next: index + 1 };
    if (!generic || !isSign(tokens[generic.next], '(')) continue;
    const receiver = isSign(tokens[index - 1], '.') ? receiverOf(tokens, index - 2) : undefined;
    calls.push({
      name: token.text,
      nameSpan: token.span,
      types: generic.types,
      arguments: argumentsOf(tokens, generic.next),
      receiver,
      assignedTo,
      statement,
    });
  }
  return { calls, classes };
}

function isSign(token: CSharpToken | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text;
}

/** `<A, B.C>` behind a name; undefined where the sign is a comparison. */
function typesOf(
  tokens: readonly CSharpToken[],
  open: number,
): { readonly types: readonly string[]; readonly next: number } | undefined {
  const types: string[] = [];
  let depth = 0;
  let current = '';
  for (let index = open; index < Math.min(tokens.length, open + 60); index++) {
    const { kind, text } = tokens[index]!;
    if (kind === 'sign' && text === '<' && depth++ === 0) continue;
    if (kind === 'sign' && text === '>' && --depth === 0) return { types: [...types, current], next: index + 1 };
    if (kind === 'sign' && text === ',' && depth === 1) {
      types.push(current);
      current = '';
    } else if (kind === 'name' || (kind === 'sign' && /^[.?,<>[\]]$/.test(text))) current += text;
    else return undefined;
  }
  return undefined;
}

/** The name before a dot: a variable, or the method of the call that stands there. */
function receiverOf(tokens: readonly CSharpToken[], end: number): string | undefined {
  let index = end;
  if (isSign(tokens[index], ')')) {
    for (let depth = 0; index >= 0; index--) {
      if (isSign(tokens[index], ')')) depth++;
      if (isSign(tokens[index], '(') && --depth === 0) break;
    }
    index--;
    if (isSign(tokens[index], '>')) {
      while (index >= 0 && !isSign(tokens[index], '<')) index--;
      index--;
    }
  }
  return tokens[index]?.kind === 'name' ? tokens[index]!.text : undefined;
}

function argumentsOf(tokens: readonly CSharpToken[], open: number): CSharpArgument[] {
  const parts: CSharpToken[][] = [[]];
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token.kind === 'sign' && /^[([{]$/.test(token.text) && depth++ === 0) continue;
    if (token.kind === 'sign' && /^[)\]}]$/.test(token.text) && --depth === 0) break;
    if (depth === 1 && isSign(token, ',')) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts.flatMap((part): CSharpArgument[] => {
    const labelled = part[0]?.kind === 'name' && isSign(part[1], ':');
    const value = labelled ? part.slice(2) : part;
    const [first] = value;
    if (!first) return [];
    const only = value.length === 1 ? first : undefined;
    return [
      {
        label: labelled ? part[0]!.text : undefined,
        literal: only && literalOf(only),
        variable: only?.kind === 'name' ? only.text : undefined,
        span: { start: first.span.start, end: value.at(-1)!.span.end },
      },
    ];
  });
}

function literalOf(token: CSharpToken): string | number | undefined {
  if (token.kind === 'string') return token.interpolated ? undefined : token.text;
  if (token.kind !== 'number') return undefined;
  const number = Number(token.text.replace(/[_A-Za-z]/g, ''));
  return Number.isFinite(number) ? number : undefined;
}

/** The types behind the colon of a class, its type parameters and primary constructor passed over. */
function basesOf(tokens: readonly CSharpToken[], start: number): string[] {
  const bases: string[] = [];
  let depth = 0;
  let isBehindColon = false;
  let current = '';
  for (let index = start; index < tokens.length; index++) {
    const { kind, text } = tokens[index]!;
    if (depth === 0 && kind === 'sign' && (text === '{' || text === ';')) break;
    if (depth === 0 && kind === 'name' && text === 'where') break;
    if (kind === 'sign' && /^[(<[]$/.test(text)) depth++;
    else if (kind === 'sign' && /^[)>\]]$/.test(text)) depth--;
    else if (depth === 0 && kind === 'sign' && text === ':') isBehindColon = true;
    else if (depth === 0 && kind === 'sign' && text === ',') {
      bases.push(current);
      current = '';
    } else if (depth === 0 && isBehindColon) current += text;
  }
  return [...bases, current].filter((base) => base !== '');
}
