import type { SyntaxNode } from '@lezer/common';
import type { Scalar } from '../../text/sourceNode.ts';
import type { Span } from '../../text/sourceText.ts';

/** What an expression says without being run; none of the parts is set where only a run could tell. */
export interface PythonValue {
  readonly span: Span;
  /** A number, text, boolean or None as written. */
  readonly literal?: Scalar;
  /** Of a dict, or of `dict(...)`. */
  readonly entries?: readonly PythonEntry[];
  /** The dict may hold more than is written: `**others`, or a key that is computed. */
  readonly open?: boolean;
  /** Of a list or tuple. */
  readonly items?: readonly PythonValue[];
  /** The value is read from the environment. */
  readonly environment?: EnvironmentRead;
  /** The value is what this call returns. */
  readonly call?: PythonCall;
  /** A name or attribute: `Queue`, `sqlalchemy.pool.NullPool`. */
  readonly reference?: string;
}

/** `name: value` of a dict, `name=value` of a call, or `NAME = value`. */
export interface PythonEntry {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: PythonValue;
}

/** `os.environ.get("NAME", fallback)` and its relatives, conversions around it taken away. */
export interface EnvironmentRead {
  readonly variable: string;
  readonly fallback?: PythonValue;
}

export interface PythonCall {
  /** As written, with dots: `sa.create_engine`. */
  readonly callee: string;
  readonly calleeSpan: Span;
  readonly positional: readonly PythonValue[];
  readonly keywords: readonly PythonEntry[];
  /** `*list` or `**dict` bring further arguments. */
  readonly open: boolean;
}

/** Calls that only change the type of what they are given. */
const CONVERSIONS = new Set(['int', 'float', 'str', 'bool', 'strtobool', 'timedelta', 'SecretStr']);

/** Reads an expression of the tree. Deeper than a person writes, nothing is read. */
export function readValue(node: SyntaxNode, text: string, depth = 0): PythonValue {
  const span = { start: node.from, end: node.to };
  if (depth > 40) return { span };
  switch (node.name) {
    case 'String':
    case 'ContinuedString': {
      const literal = readString(node, text);
      return literal === undefined ? { span } : { span, literal };
    }
    case 'Number': {
      const literal = readNumber(text.slice(node.from, node.to));
      return literal === undefined ? { span } : { span, literal };
    }
    case 'Boolean':
      return { span, literal: text.slice(node.from, node.to) === 'True' };
    case 'None':
      return { span, literal: null };
    case 'UnaryExpression': {
      const operand = node.lastChild && readValue(node.lastChild, text, depth + 1);
      const isMinus = text[node.from] === '-';
      return isMinus && typeof operand?.literal === 'number' ? { span, literal: -operand.literal } : { span };
    }
    case 'BinaryExpression':
      return readProduct(node, text, depth);
    case 'ParenthesizedExpression': {
      const inner = childrenOf(node).find((child) => child.name !== '(' && child.name !== ')');
      return inner ? { ...readValue(inner, text, depth + 1), span } : { span };
    }
    case 'DictionaryExpression':
      return { span, ...readDictionary(node, text, depth) };
    case 'ArrayExpression':
    case 'TupleExpression':
      return { span, items: values(childrenOf(node), text, depth) };
    case 'VariableName':
      return { span, reference: text.slice(node.from, node.to) };
    case 'MemberExpression':
      return readMember(node, text, depth);
    case 'CallExpression':
      return readCall(node, text, depth);
    default:
      return { span };
  }
}

/** `60 * 60`: how people write seconds. */
function readProduct(node: SyntaxNode, text: string, depth: number): PythonValue {
  const span = { start: node.from, end: node.to };
  const [left, operator, right] = childrenOf(node);
  if (!left || !operator || !right || text.slice(operator.from, operator.to) !== '*') return { span };
  const [a, b] = [readValue(left, text, depth + 1).literal, readValue(right, text, depth + 1).literal];
  return typeof a === 'number' && typeof b === 'number' ? { span, literal: a * b } : { span };
}

function readDictionary(
  node: SyntaxNode,
  text: string,
  depth: number,
): { readonly entries: readonly PythonEntry[]; readonly open: boolean } {
  const entries: PythonEntry[] = [];
  let open = false;
  const children = childrenOf(node);
  for (const [index, child] of children.entries()) {
    if (child.name === '**') open = true;
    if (child.name !== ':') continue;
    const [key, value] = [children[index - 1], children[index + 1]];
    const name = key && readValue(key, text, depth + 1).literal;
    if (key && value && typeof name === 'string')
      entries.push({ name, nameSpan: { start: key.from, end: key.to }, value: readValue(value, text, depth + 1) });
    else open = true;
  }
  return { entries, open };
}

function readMember(node: SyntaxNode, text: string, depth: number): PythonValue {
  const span = { start: node.from, end: node.to };
  const variable = subscriptOf(node, text, depth);
  if (variable === undefined) return { span, reference: text.slice(node.from, node.to) };
  const object = node.firstChild ? text.slice(node.firstChild.from, node.firstChild.to) : '';
  return isEnvironment(object) ? { span, environment: { variable } } : { span };
}

/** The key of `object["key"]`, undefined for every other member. */
export function subscriptOf(node: SyntaxNode, text: string, depth = 0): string | undefined {
  const children = childrenOf(node);
  if (node.name !== 'MemberExpression' || children[1]?.name !== '[' || !children[2]) return undefined;
  const key = readValue(children[2], text, depth + 1).literal;
  return typeof key === 'string' ? key : undefined;
}

function readCall(node: SyntaxNode, text: string, depth: number): PythonValue {
  const span = { start: node.from, end: node.to };
  const callee = node.firstChild;
  const list = node.getChild('ArgList');
  if (!callee || !list) return { span };
  const name = text.slice(callee.from, callee.to);
  const call: PythonCall = {
    callee: name,
    calleeSpan: { start: callee.from, end: callee.to },
    ...readArguments(list, text, depth),
  };
  const [first, second] = call.positional;
  const last = name.slice(name.lastIndexOf('.') + 1);
  const owner = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  if (first && CONVERSIONS.has(last) && call.positional.length === 1 && !call.open) return { ...first, span };
  const reads = last === 'getenv' || (last === 'get' && isEnvironment(owner)) || /^(?:env|config)$/.test(owner || name);
  if (reads && typeof first?.literal === 'string') {
    const fallback = second ?? call.keywords.find(({ name: keyword }) => keyword === 'default')?.value;
    return { span, environment: { variable: first.literal, ...(fallback ? { fallback } : {}) } };
  }
  if (last === 'dict' && call.positional.length === 0) return { span, entries: call.keywords, open: call.open };
  return { span, call };
}

function readArguments(
  list: SyntaxNode,
  text: string,
  depth: number,
): { readonly positional: readonly PythonValue[]; readonly keywords: readonly PythonEntry[]; readonly open: boolean } {
  const positional: PythonValue[] = [];
  const keywords: PythonEntry[] = [];
  const children = childrenOf(list);
  for (let index = 0; index < children.length; index++) {
    const child = children[index]!;
    const [next, value] = [children[index + 1], children[index + 2]];
    if (child.name === 'VariableName' && next?.name === 'AssignOp' && value) {
      const name = text.slice(child.from, child.to);
      const nameSpan = { start: child.from, end: child.to };
      keywords.push({ name, nameSpan, value: readValue(value, text, depth + 1) });
      index += 2;
    } else if (child.name === '*' || child.name === '**') index++;
    else if (!PUNCTUATION.has(child.name)) positional.push(readValue(child, text, depth + 1));
  }
  const open = children.some(({ name }) => name === '*' || name === '**');
  return { positional, keywords, open };
}

const PUNCTUATION = new Set(['(', ')', '[', ']', ',', 'Comment', '⚠']);

function values(nodes: readonly SyntaxNode[], text: string, depth: number): PythonValue[] {
  return nodes.filter(({ name }) => !PUNCTUATION.has(name)).map((node) => readValue(node, text, depth + 1));
}

/** `os.environ`, or a mapping that is plainly called after it. */
function isEnvironment(owner: string): boolean {
  return /(?:^|[._])(?:environ|environment|env)$/i.test(owner);
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

/** The text of a string; undefined for bytes and for what is not closed. */
function readString(node: SyntaxNode, text: string): string | undefined {
  if (node.name === 'ContinuedString') {
    const parts = childrenOf(node).map((part) => (part.name === 'String' ? readString(part, text) : undefined));
    return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
  }
  const written = text.slice(node.from, node.to);
  const match = /^([A-Za-z]*)("""|'''|"|')([\s\S]*)\2$/.exec(written);
  if (!match || /b/i.test(match[1]!)) return undefined;
  const inner = match[3]!;
  if (/r/i.test(match[1]!)) return inner;
  return inner.replace(
    /\\(\r?\n|.)/g,
    (whole, escaped: string) => ESCAPES[escaped] ?? (/^\r?\n$/.test(escaped) ? '' : whole),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

function readNumber(written: string): number | undefined {
  const value = Number(written.replaceAll('_', ''));
  return Number.isFinite(value) ? value : undefined;
}
