import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/rust';
import type { Span } from '../../text/sourceText.ts';

/** A file of Rust that speaks to a database; its `model` is a `RustSource`. */
export const RUST_SOURCE = 'application/RustSource';

/** One call on a builder of a pool: `.max_connections(8)`. */
export interface PoolSetting {
  readonly name: string;
  /** The whole number that is written; undefined for everything else. */
  readonly count: number | undefined;
  /** The last name of an expression such as `configuration.database_max_connections`. */
  readonly variable: string | undefined;
  readonly span: Span;
}

/** A pool that is built in one chain of calls. */
export interface RustPool {
  /** `PgPoolOptions`, `PgPool`, `Pool`. */
  readonly type: string;
  /** `new`, `connect`, `builder`. */
  readonly call: string;
  readonly settings: readonly PoolSetting[];
  readonly span: Span;
}

/** A macro of SQLx. */
export interface SqlxMacro {
  readonly name: string;
  /** The text of its only argument; undefined where there is none. */
  readonly argument: string | undefined;
  readonly span: Span;
}

export interface RustSource {
  readonly pools: readonly RustPool[];
  readonly macros: readonly SqlxMacro[];
}

const POOL_TYPE = /^(?:Pg|MySql|Sqlite|Any|Mssql)?Pool(?:Options)?$/;
const POOL_CALL = /^(?:new|connect|connect_lazy|connect_with|connect_lazy_with|builder)$/;
/** Macros that ask a database, or the data of `cargo sqlx prepare`, while the crate is compiled. */
export const CHECKED_MACRO = /^query(?:_as|_scalar)?(?:_unchecked)?$|^query_file(?:_as|_scalar)?(?:_unchecked)?$/;

/** Reads the pools and macros of a file. Parsing never fails; what is half typed is left out. */
export function readRust(text: string): RustSource {
  const pools: RustPool[] = [];
  const macros: SqlxMacro[] = [];
  const importsSqlx = /\buse\s+sqlx\b/.test(text);
  parser.parse(text).iterate({
    enter({ name, node }) {
      if (name === 'MacroInvocation') {
        const macro = readMacro(node, text, importsSqlx);
        if (macro) macros.push(macro);
      }
      if (name !== 'CallExpression') return;
      const callee = node.firstChild;
      if (callee?.name !== 'ScopedIdentifier') return;
      const parts = text
        .slice(callee.from, callee.to)
        .replace(/::<[^>]*>/g, '')
        .split('::');
      const call = parts.at(-1)!;
      const type = parts.at(-2) ?? '';
      if (POOL_TYPE.test(type) && POOL_CALL.test(call)) {
        pools.push({ type, call, settings: settingsAbove(node, text), span: { start: node.from, end: node.to } });
      }
    },
  });
  return { pools, macros };
}

function readMacro(node: SyntaxNode, text: string, importsSqlx: boolean): SqlxMacro | undefined {
  const callee = node.firstChild;
  if (!callee) return undefined;
  const parts = text.slice(callee.from, callee.to).split('::');
  const name = parts.at(-1)!;
  const isSqlx = parts[0] === 'sqlx' ? parts.length === 2 : parts.length === 1 && importsSqlx;
  if (!isSqlx || !(CHECKED_MACRO.test(name) || name === 'migrate')) return undefined;
  const literal = node.getChild('ParenthesizedTokens')?.getChild('String');
  return {
    name,
    argument: literal ? text.slice(literal.from + 1, literal.to - 1) : undefined,
    span: { start: callee.from, end: callee.to },
  };
}

/** The calls on what `node` gives, inner ones first. */
function settingsAbove(node: SyntaxNode, text: string): PoolSetting[] {
  const settings: PoolSetting[] = [];
  let inner = node;
  while (inner.parent?.name === 'FieldExpression' && inner.parent.parent?.name === 'CallExpression') {
    const field = inner.parent;
    const call: SyntaxNode = field.parent!;
    const name = field.getChild('FieldIdentifier');
    const argument = call.getChild('ArgList')?.firstChild?.nextSibling;
    if (name && argument && argument.name !== ')') {
      const written = text.slice(argument.from, argument.to);
      settings.push({
        name: text.slice(name.from, name.to),
        count: argument.name === 'Integer' ? Number(written.replace(/_|[iu](?:8|16|32|64|size)$/g, '')) : undefined,
        variable: /(?:^|\.)([a-z_][a-z0-9_]*)$/.exec(written)?.[1],
        span: { start: argument.from, end: argument.to },
      });
    }
    inner = call;
  }
  return settings;
}
