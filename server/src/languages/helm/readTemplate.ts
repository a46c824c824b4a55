import type { Span } from '../../text/sourceText.ts';
import { type Argument, applyFunction } from './applyFunction.ts';
import type {
  ResolvedName,
  Scope,
  TemplateCall,
  TemplateReading,
  ValueRole,
  ValueUse,
  Variable,
  VariableUse,
} from './templateReading.ts';
import { element, member, type Shape, shapeKey, UNKNOWN } from './templateShape.ts';
import type {
  Action,
  Branch,
  Command,
  ControlNode,
  FieldName,
  Operand,
  Pipeline,
  TemplateNode,
} from './templateSyntax.ts';

const READINGS = new WeakMap<readonly TemplateNode[], Map<string, TemplateReading>>();

/**
 * Follows a template, or the body of a named one, with `dot` as its argument: which values it uses, which templates it
 * calls with what, what each name means. Bodies of definitions inside are left out: they run where they are called.
 */
export function readTemplate(body: readonly TemplateNode[], dot: Shape): TemplateReading {
  const readings = READINGS.get(body) ?? new Map<string, TemplateReading>();
  READINGS.set(body, readings);
  const key = shapeKey(dot);
  let reading = readings.get(key);
  if (!reading) {
    reading = new TemplateFollower(dot).follow(body);
    readings.set(key, reading);
  }
  return reading;
}

class TemplateFollower {
  readonly #uses: ValueUse[] = [];
  readonly #calls: TemplateCall[] = [];
  readonly #names: ResolvedName[] = [];
  readonly #scopes = new Map<Action, Scope>();
  readonly #variableUses: VariableUse[] = [];
  readonly #root: Shape;
  #dot: Shape;
  /** The innermost block last. */
  #frames: Map<string, Variable>[] = [new Map()];
  #runsForeignText = false;

  constructor(dot: Shape) {
    this.#dot = dot;
    this.#root = dot;
  }

  follow(body: readonly TemplateNode[]): TemplateReading {
    this.#nodes(body);
    return {
      uses: this.#uses,
      calls: this.#calls,
      names: this.#names,
      scopes: this.#scopes,
      variables: this.#variableUses,
      runsForeignText: this.#runsForeignText,
    };
  }

  #nodes(nodes: readonly TemplateNode[]): void {
    for (const node of nodes) this.#node(node);
  }

  #node(node: TemplateNode): void {
    if (node.kind === 'text') return;
    if (node.kind === 'control') {
      this.#control(node);
      return;
    }
    this.#enter(node.action);
    if (node.kind === 'output') {
      const binds = node.pipeline.binding !== undefined;
      this.#bind(node.pipeline, this.#pipeline(node.pipeline, binds ? 'bind' : 'read').shape);
    } else if (node.kind === 'template' || node.kind === 'block') {
      const argument = node.pipeline && this.#pipeline(node.pipeline, 'pass').shape;
      if (node.name) this.#calls.push({ name: node.name.value, nameSpan: node.name.contentSpan, argument });
    }
  }

  #enter(action: Action): void {
    const variables = new Map<string, Variable>();
    for (const frame of this.#frames) for (const [name, variable] of frame) variables.set(name, variable);
    this.#scopes.set(action, { dot: this.#dot, root: this.#root, variables });
  }

  #control({ branches, end }: ControlNode): void {
    const dot = this.#dot;
    this.#frames.push(new Map());
    for (const branch of branches) {
      this.#dot = dot;
      this.#enter(branch.action);
      this.#branch(branch);
    }
    this.#dot = dot;
    this.#frames.pop();
    if (end) this.#enter(end);
  }

  #branch({ keyword, pipeline, body }: Branch): void {
    if (pipeline) {
      const { shape } = this.#pipeline(pipeline, keyword === 'range' ? 'range' : 'test');
      if (keyword === 'range') this.#bindElements(pipeline, shape);
      else this.#bind(pipeline, shape);
      if (keyword === 'with') this.#dot = shape;
      if (keyword === 'range') this.#dot = element(shape);
    }
    this.#frames.push(new Map());
    this.#nodes(body);
    this.#frames.pop();
  }

  #bind({ variables, binding }: Pipeline, shape: Shape): void {
    for (const { name, span } of variables) this.#setVariable(name, span, shape, binding === 'declare');
  }

  #bindElements({ variables, binding }: Pipeline, shape: Shape): void {
    const item = element(shape);
    const shapes: readonly Shape[] = variables.length > 1 ? [{ kind: 'scalar' }, item] : [item];
    for (const [index, { name, span }] of variables.entries()) {
      this.#setVariable(name, span, shapes[index] ?? UNKNOWN, binding === 'declare');
    }
  }

  #setVariable(name: string, span: Span, shape: Shape, isNew: boolean): void {
    if (isNew) {
      const variable = { name, shape, declaredAt: span };
      this.#frames.at(-1)!.set(name, variable);
      this.#variableUses.push({ name, span, declaredAt: span });
      return;
    }
    const frame = this.#frames.findLast((candidate) => candidate.has(name));
    const before = frame?.get(name);
    this.#variableUses.push({ name, span, declaredAt: before?.declaredAt });
    if (!frame || !before) return;
    // An assignment in a block may or may not happen: only where nothing changes is it known what the variable is.
    const isCertain = frame === this.#frames.at(-1) || shapeKey(before.shape) === shapeKey(shape);
    frame.set(name, { ...before, shape: isCertain ? shape : UNKNOWN });
  }

  /** What a pipeline gives; its value is used in `role`. */
  #pipeline({ commands }: Pipeline, role: ValueRole): Argument {
    let value: Argument | undefined;
    for (const command of commands) value = this.#command(command, value);
    if (!value) return { shape: UNKNOWN, names: [], span: { start: 0, end: 0 } };
    this.#use(value, role);
    return value;
  }

  #command({ operands, span }: Command, piped: Argument | undefined): Argument {
    const [first, ...rest] = operands;
    if (first?.kind === 'function') {
      const args = rest.map((operand) => this.#operand(operand));
      if (piped) args.push(piped);
      return this.#apply(first.name, args, span, rest);
    }
    const value = this.#operand(first!);
    for (const operand of rest) this.#use(this.#operand(operand), 'read');
    if (piped) this.#use(piped, 'read');
    // A method such as `.Files.Get "name"` gives something else than what stands under its name.
    return rest.length > 0 || piped ? { shape: UNKNOWN, names: [], span } : { ...value, span };
  }

  #apply(name: string, args: readonly Argument[], span: Span, written: readonly Operand[]): Argument {
    const applied = applyFunction(name, args);
    for (const [index, argument] of args.entries()) this.#use(argument, applied.roles[index] ?? 'read');
    for (const { span: keySpan, base, shape } of applied.names) this.#names.push({ span: keySpan, base, shape });
    for (const { argument, role } of applied.uses) this.#use(argument, role);
    if (applied.callsTemplate && args[0]) {
      const [first] = args;
      if (first.shape.kind === 'scalar' && first.shape.text !== undefined && first.textSpan) {
        this.#calls.push({ name: first.shape.text, nameSpan: first.textSpan, argument: args[1]?.shape });
      } else if (args[1]) {
        this.#use(args[1], 'read');
      }
    }
    if (applied.runsForeignText) this.#runsForeignText = true;
    const changed = written[0];
    if (applied.changes && changed?.kind === 'variable') this.#changeVariable(changed.name, applied.changes);
    return { shape: applied.shape, names: applied.shapeNames ?? [], span };
  }

  #changeVariable(name: string, shape: Shape): void {
    const frame = this.#frames.findLast((candidate) => candidate.has(name));
    const before = frame?.get(name);
    if (frame && before) frame.set(name, { ...before, shape });
  }

  #operand(operand: Operand): Argument {
    const { span } = operand;
    switch (operand.kind) {
      case 'dot':
        return { shape: this.#dot, names: [], span };
      case 'field':
        return this.#fields({ shape: this.#dot, names: [], span }, operand.fields);
      case 'variable':
        return this.#fields({ shape: this.#variable(operand.name, operand.nameSpan), names: [], span }, operand.fields);
      case 'function':
        return this.#apply(operand.name, [], span, []);
      case 'parenthesis':
        return { ...this.#parenthesis(operand.pipeline), span };
      case 'chain':
        return this.#chain(operand.base, operand.fields, span);
      case 'text':
        return {
          shape: { kind: 'scalar', text: operand.value },
          names: [],
          span,
          textSpan: operand.contentSpan,
        };
      default:
        return { shape: { kind: 'scalar', text: operand.text }, names: [], span };
    }
  }

  /** What stands below a value in parentheses may be missing together with the value: that fails nothing. */
  #chain(written: Operand, fields: readonly FieldName[], span: Span): Argument {
    const base = this.#operand(written);
    if (base.shape.kind !== 'value') return this.#fields({ ...base, span }, fields);
    this.#use(base, 'test');
    return this.#fields({ ...base, shape: { ...base.shape, isOptional: true }, span }, fields);
  }

  /** Like a pipeline, but who takes the value says in which role. */
  #parenthesis(pipeline: Pipeline): Argument {
    let value: Argument | undefined;
    for (const command of pipeline.commands) value = this.#command(command, value);
    if (!value) return { shape: UNKNOWN, names: [], span: pipeline.span };
    this.#bind(pipeline, value.shape);
    return value;
  }

  #variable(name: string, span: Span): Shape {
    if (name === '$') return this.#root;
    const variable = this.#frames.findLast((frame) => frame.has(name))?.get(name);
    this.#variableUses.push({ name, span, declaredAt: variable?.declaredAt });
    return variable?.shape ?? UNKNOWN;
  }

  #fields(base: Argument, fields: readonly FieldName[]): Argument {
    let { shape } = base;
    let names = base.names;
    for (const field of fields) {
      const next = member(shape, field.name);
      const isArgument = shape.kind === 'dictionary' && shape.entries.has(field.name);
      // `Values` itself is no segment of a path, neither at the root nor below the name of a subchart.
      const isValues = shape.kind === 'object' && next.kind === 'value';
      const named: Shape = isValues ? { ...next, kind: 'object', path: ['Values'] } : next;
      this.#names.push({ span: field.span, base: shape, shape: named, ...(isArgument ? { isArgument } : {}) });
      if (next.kind !== 'value' || shape.kind !== 'value') names = [];
      else names = [...padded(names, next.path.length - 1), field.span];
      shape = next;
    }
    return { shape, names, span: base.span };
  }

  #use({ shape, names, span }: Argument, role: ValueRole): void {
    if (shape.kind !== 'value') return;
    const isGuarded = shape.isOptional && (role === 'read' || role === 'range' || role === 'compare');
    const { chart, path } = shape;
    this.#uses.push({ chart, path, role: isGuarded ? 'default' : role, span, names: padded(names, path.length) });
  }
}

/** Names are known from the end of a path back: those before come from elsewhere. */
function padded(names: readonly (Span | undefined)[], length: number): (Span | undefined)[] {
  return [...Array.from({ length: Math.max(0, length - names.length) }, () => undefined), ...names];
}
