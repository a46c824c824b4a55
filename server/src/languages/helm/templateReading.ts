import type { Span } from '../../text/sourceText.ts';
import type { Shape, ValuePath } from './templateShape.ts';
import type { Action } from './templateSyntax.ts';

/** What one run of a template, or of a named template with one kind of argument, says of values and names. */
export interface TemplateReading {
  readonly uses: readonly ValueUse[];
  readonly calls: readonly TemplateCall[];
  /** Every name behind a dot, and every literal key of `index`, `get`, `dig`, `hasKey` and the like, with what it names. */
  readonly names: readonly ResolvedName[];
  /** What an action may speak of, at its start. */
  readonly scopes: ReadonlyMap<Action, Scope>;
  readonly variables: readonly VariableUse[];
  /** `tpl` runs a text that is neither written here nor a value: it may use any value. */
  readonly runsForeignText: boolean;
}

/**
 * What is done with a value. `read`: it is printed or handed on whole. `range`: each of its elements is taken. `test`: it
 * decides a condition, and may so be missing. `compare`: it is compared with something. `default`: something takes its
 * place where it is missing. `required`: rendering fails with a message where it is missing. `bind`: it becomes a variable
 * or a part of a `dict` or `list`. `pass`: a named template is called with it. `set`: the template itself sets it.
 */
export type ValueRole = 'read' | 'range' | 'test' | 'compare' | 'default' | 'required' | 'bind' | 'pass' | 'set';

/** One expression that stands for a value. */
export interface ValueUse {
  /** Folder of the chart whose value it is. */
  readonly chart: string;
  readonly path: ValuePath;
  readonly role: ValueRole;
  /** The whole expression, e.g. `.Values.image.tag`. */
  readonly span: Span;
  /** For each segment of `path` where it is written here; undefined where it comes from a `with`, `range` or variable. */
  readonly names: readonly (Span | undefined)[];
}

export interface TemplateCall {
  readonly name: string;
  /** The name without its quotes. */
  readonly nameSpan: Span;
  /** Undefined where `template` is called with nothing. */
  readonly argument: Shape | undefined;
}

export interface ResolvedName {
  readonly span: Span;
  /** What the name is looked for in. */
  readonly base: Shape;
  readonly shape: Shape;
  /** It is the key of a `dict`; what stands there may have another name of its own. */
  readonly isArgument?: boolean;
}

export interface Scope {
  readonly dot: Shape;
  /** What `$` is. */
  readonly root: Shape;
  readonly variables: ReadonlyMap<string, Variable>;
}

export interface Variable {
  /** With its dollar sign. */
  readonly name: string;
  readonly shape: Shape;
  readonly declaredAt: Span;
}

/** A variable where it is declared, assigned or used. */
export interface VariableUse {
  readonly name: string;
  readonly span: Span;
  /** Undefined where no such variable is in scope; `$` is always there and is not listed. */
  readonly declaredAt: Span | undefined;
}
