import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import {
  childrenOf,
  type PythonCall,
  type PythonEntry,
  type PythonValue,
  readValue,
  subscriptOf,
} from './pythonValue.ts';

/** What one module says as plain literals, whatever runs it. */
export interface PythonModule {
  /** `NAME = value` at the level of the module or of a class, entries of dicts, `app.config["NAME"] = value`. */
  readonly settings: readonly PythonEntry[];
  /** Every call, outermost first. */
  readonly calls: readonly PythonCall[];
  /** Modules that it imports: `flask`, `sqlalchemy.ext.asyncio`. */
  readonly imports: ReadonlySet<string>;
  /** It defines something with `async def`. */
  readonly isAsynchronous: boolean;
}

/** Calls whose keywords are settings of an application. */
const SETTING_CALLS = /(?:^|\.)(?:config\.update|config\.from_mapping|from_mapping)$/;

/** Reads a module by Python's grammar; half-typed text gives what can be read of it. Nothing is run. */
export function readPython(text: string): PythonModule {
  const settings: PythonEntry[] = [];
  const calls: PythonCall[] = [];
  const imports = new Set<string>();
  let isAsynchronous = false;
  const tree = parser.parse(text);
  tree.iterate({
    enter({ node }) {
      switch (node.name) {
        case 'ImportStatement':
          for (const name of importsOf(node, text)) imports.add(name);
          return false;
        case 'async':
          isAsynchronous = true;
          return;
        case 'AssignStatement':
          settings.push(...assigned(node, text));
          return;
        case 'DictionaryExpression':
          settings.push(...(readValue(node, text).entries ?? []));
          return;
        case 'CallExpression': {
          const { call } = readValue(node, text);
          if (!call) return;
          calls.push(call);
          if (SETTING_CALLS.test(call.callee)) settings.push(...call.keywords);
          return;
        }
        default:
          return;
      }
    },
  });
  return { settings, calls, imports, isAsynchronous };
}

/** `NAME = value`, `a.b["NAME"] = value`; nothing for local variables of functions. */
function assigned(node: SyntaxNode, text: string): PythonEntry[] {
  const children = childrenOf(node);
  const value = children.at(-1);
  if (!value || children.at(-2)?.name !== 'AssignOp') return [];
  const read: PythonValue = readValue(value, text);
  return children.flatMap((target, index): PythonEntry[] => {
    const next = children[index + 1]?.name;
    if (next !== 'AssignOp' && next !== 'TypeDef') return [];
    const key = subscriptOf(target, text);
    const isName = target.name === 'VariableName' && !isInFunction(node);
    const name = isName ? text.slice(target.from, target.to) : key;
    return name === undefined ? [] : [{ name, nameSpan: { start: target.from, end: target.to }, value: read }];
  });
}

function isInFunction(node: SyntaxNode): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.name === 'FunctionDefinition' || parent.name === 'LambdaExpression') return true;
  }
  return false;
}

function importsOf(node: SyntaxNode, text: string): string[] {
  const written = text.slice(node.from, node.to).replace(/\\\r?\n/g, ' ');
  const from = /^from\s+([\w.]+)\s+import\b/.exec(written)?.[1];
  if (from !== undefined) return [from];
  return written
    .replace(/^import\s+/, '')
    .split(',')
    .flatMap((part) => /^\s*([\w.]+)/.exec(part)?.[1] ?? []);
}
