import type { Span } from '../../text/sourceText.ts';
import { isGoCharacter, isGoNumber } from './goNumber.ts';
import { goStringValue } from './goStringValue.ts';
import type {
  Action,
  Command,
  FieldName,
  LiteralOperand,
  Operand,
  Pipeline,
  TextOperand,
  VariableName,
} from './templateSyntax.ts';
import type { TemplateToken } from './templateToken.ts';

/** Reports a fault at its place. */
export type ReportFault = (span: Span, code: string, message: string) => void;

/** Deeper parentheses are no template that a person wrote. */
const DEPTH_LIMIT = 200;

const LITERALS: Readonly<Record<string, LiteralOperand['kind']>> = {
  boolean: 'boolean',
  nil: 'nil',
  number: 'number',
  character: 'character',
};

/**
 * Reads the tokens of one action as pipelines. Each method reads on where the one before stopped; what cannot be read is
 * reported, once for each action, and skipped.
 */
export class PipelineReader {
  readonly #text: string;
  readonly #tokens: readonly TemplateToken[];
  readonly #end: number;
  readonly #report: ReportFault;
  #index: number;
  #hasReported = false;
  #depth = 0;

  constructor(text: string, { tokens, inner, isClosed }: Action, from: number, report: ReportFault) {
    this.#text = text;
    this.#tokens = tokens;
    this.#index = from;
    this.#end = inner.end;
    this.#report = report;
    // What is missing at the end of a half-typed action follows from its missing braces, which are reported already.
    this.#hasReported = !isClosed;
    const joined = tokens.find((token, index) => isWord(token) && runsOn(text, token, tokens[index + 1]));
    if (joined) {
      const next = { start: joined.end, end: joined.end + 1 };
      this.fault(
        next,
        'missing-space',
        `\`${this.slice(next)}\` cannot follow \`${this.slice(joined)}\` without a space.`,
      );
    }
  }

  get token(): TemplateToken | undefined {
    return this.#tokens[this.#index];
  }

  /** Where the next token begins; the end of the action's inside where there is none. */
  get offset(): number {
    return this.token?.start ?? this.#end;
  }

  skip(): void {
    this.#index++;
  }

  fault(span: Span, code: string, message: string): void {
    if (this.#hasReported) return;
    this.#hasReported = true;
    this.#report(span, code, message);
  }

  /** Reports what is left in an action that must end here. */
  expectEnd(after: string): void {
    const token = this.token;
    if (token) this.fault(token, 'unexpected-token', `Nothing may follow ${after}; found \`${this.slice(token)}\`.`);
  }

  slice({ start, end }: Span): string {
    return this.#text.slice(start, end);
  }

  /** The name behind `define`, `block` or `template`. */
  name(keyword: string): TextOperand | undefined {
    const token = this.token;
    if (token && (token.kind === 'string' || token.kind === 'raw' || this.#isUnclosedText(token))) {
      return this.#textOperand(token);
    }
    this.fault(
      token ?? this.#place(),
      'missing-name',
      `Expected the name of a template in quotes after \`${keyword}\`.`,
    );
    return undefined;
  }

  /** `context` names in messages what the pipeline belongs to. */
  pipeline(context: string, isRange = false): Pipeline {
    const start = this.offset;
    const { variables, binding } = this.#variables(context, isRange);
    const commands: Command[] = [];
    for (;;) {
      const token = this.token;
      if (!token || (token.kind === 'close' && this.#depth > 0)) break;
      if (startsOperand(token)) {
        commands.push(this.#command());
        continue;
      }
      this.#unexpected(token, context);
      this.skip();
    }
    const end = this.#tokens[this.#index - 1]?.end ?? start;
    const span = { start: Math.min(start, end), end: Math.max(start, end) };
    if (commands.length === 0) this.fault(this.#place(), 'missing-value', `A value is missing for ${context}.`);
    for (const { operands } of commands.slice(1)) {
      const first = operands[0]!;
      if (['boolean', 'dot', 'nil', 'number', 'character', 'text'].includes(first.kind)) {
        const written = this.slice(first.span);
        this.fault(first.span, 'not-a-function', `\`${written}\` stands after a pipe but is no function.`);
      }
    }
    return { span, variables, binding, commands };
  }

  #variables(context: string, isRange: boolean): Pick<Pipeline, 'variables' | 'binding'> {
    const variables: VariableName[] = [];
    const from = this.#index;
    for (;;) {
      const token = this.token;
      const next = this.#tokens[this.#index + 1];
      if (token?.kind !== 'variable' || !next) break;
      const variable = { name: this.slice(token), span: { start: token.start, end: token.end } };
      if (next.kind === 'declare' || next.kind === 'assign') {
        this.#index += 2;
        return { variables: [...variables, variable], binding: next.kind };
      }
      if (next.kind !== 'comma') break;
      this.#index += 2;
      variables.push(variable);
      if (!isRange || variables.length > 1) {
        this.fault(next, 'too-many-variables', `Only \`range\` sets more than one variable, and not more than two.`);
      } else if (this.token && this.token.kind !== 'variable') {
        this.fault(this.token, 'too-many-variables', 'Expected a second variable after the comma.');
      }
    }
    if (variables.length > 0) {
      // `$key, $val` with the rest not typed yet: what is there are the variables.
      const token = this.token;
      if (token?.kind === 'variable') {
        variables.push({ name: this.slice(token), span: { start: token.start, end: token.end } });
        this.skip();
      }
      this.fault(this.#place(), 'missing-value', `Expected \`:=\` and a value for ${context}.`);
      return { variables, binding: 'declare' };
    }
    this.#index = from;
    return { variables, binding: undefined };
  }

  #command(): Command {
    const start = this.offset;
    const operands: Operand[] = [];
    for (;;) {
      const token = this.token;
      if (!token || (token.kind === 'close' && this.#depth > 0)) break;
      if (token.kind === 'pipe') {
        this.skip();
        break;
      }
      if (!startsOperand(token)) {
        this.#unexpected(token, 'an operand');
        this.skip();
        continue;
      }
      const previous = this.#tokens[this.#index - 1];
      if (operands.length > 0 && previous?.end === token.start) {
        this.fault(token, 'missing-space', `A space is missing before \`${this.slice(token)}\`.`);
      }
      operands.push(this.#operand(token));
    }
    return { span: { start, end: operands.at(-1)!.span.end }, operands };
  }

  #operand(token: TemplateToken): Operand {
    const base = this.#term(token);
    const fields = this.#fields(base.span.end);
    if (fields.length === 0) return base;
    const span = { start: base.span.start, end: fields.at(-1)!.span.end };
    if (base.kind === 'field' || base.kind === 'variable')
      return { ...base, span, fields: [...base.fields, ...fields] };
    if (base.kind !== 'parenthesis' && base.kind !== 'function') {
      const written = this.slice(base.span);
      this.fault(fields[0]!.span, 'field-of-constant', `\`${written}\` has no fields.`);
    }
    return { kind: 'chain', span, base, fields };
  }

  #term(token: TemplateToken): Operand {
    const span = { start: token.start, end: token.end };
    switch (token.kind) {
      case 'dot':
        this.skip();
        return { kind: 'dot', span };
      case 'field': {
        const fields = this.#fields(token.start);
        return { kind: 'field', span: { start: token.start, end: fields.at(-1)!.span.end }, fields };
      }
      case 'variable':
        this.skip();
        return { kind: 'variable', span, name: this.slice(token), nameSpan: span, fields: [] };
      case 'identifier':
        this.skip();
        return { kind: 'function', span, name: this.slice(token) };
      case 'open':
        return this.#parenthesis(token);
      case 'string':
      case 'raw':
      case 'unclosed':
        return this.#textOperand(token);
      default:
        this.skip();
        this.#checkLiteral(token);
        return { kind: LITERALS[token.kind] ?? 'nil', span, text: this.slice(token) };
    }
  }

  #checkLiteral(token: TemplateToken): void {
    const written = this.slice(token);
    if (token.kind === 'number' && !isGoNumber(written)) {
      this.fault(token, 'bad-number', `\`${written}\` is no number of Go.`);
    } else if (token.kind === 'character' && !isGoCharacter(written.slice(1, -1))) {
      this.fault(token, 'bad-character', `${written} is not one character; texts stand in double quotes.`);
    }
  }

  /** The `.name`s that follow each other without a space, from `offset` on. */
  #fields(offset: number): FieldName[] {
    const fields: FieldName[] = [];
    let end = offset;
    for (let token = this.token; token?.kind === 'field' && token.start === end; token = this.token) {
      const span = { start: token.start + 1, end: token.end };
      fields.push({ name: this.slice(span), span });
      if (span.start === span.end) this.fault(token, 'missing-field', 'A name is missing after the dot.');
      end = token.end;
      this.skip();
    }
    return fields;
  }

  #parenthesis(open: TemplateToken): Operand {
    this.skip();
    if (this.#depth >= DEPTH_LIMIT) {
      this.fault(open, 'too-deep', 'Parentheses are nested too deeply to be read.');
      this.#index = this.#tokens.length;
      const span = { start: open.start, end: this.#end };
      const pipeline: Pipeline = { span, variables: [], binding: undefined, commands: [] };
      return { kind: 'parenthesis', span, pipeline, isClosed: false };
    }
    this.#depth++;
    const pipeline = this.pipeline('the parenthesis');
    this.#depth--;
    const close = this.token;
    const isClosed = close?.kind === 'close';
    if (isClosed) this.skip();
    else this.fault(open, 'unclosed-parenthesis', 'This parenthesis is not closed.');
    const end = isClosed ? close.end : Math.max(pipeline.span.end, open.end);
    return { kind: 'parenthesis', span: { start: open.start, end }, pipeline, isClosed };
  }

  #textOperand(token: TemplateToken): TextOperand {
    this.skip();
    const isClosed = token.kind !== 'unclosed';
    if (!isClosed) this.fault(token, 'unclosed-quote', 'This text is not closed on its line.');
    const contentSpan = { start: token.start + 1, end: Math.max(token.start + 1, token.end - (isClosed ? 1 : 0)) };
    const isRaw = this.#text[token.start] === '`';
    const content = this.slice(contentSpan);
    const value = isRaw ? content.replaceAll('\r', '') : goStringValue(content);
    if (value === undefined) {
      this.fault(token, 'bad-escape', 'This text holds an escape that Go does not know.');
    }
    return {
      kind: 'text',
      span: { start: token.start, end: token.end },
      contentSpan,
      value: value ?? content,
      isRaw,
      isClosed,
    };
  }

  #isUnclosedText(token: TemplateToken): boolean {
    return token.kind === 'unclosed' && this.#text[token.start] !== "'";
  }

  #unexpected(token: TemplateToken, context: string): void {
    const written = this.slice(token);
    if (token.kind === 'close') this.fault(token, 'unexpected-parenthesis', 'This parenthesis closes nothing.');
    else this.fault(token, 'unexpected-token', `\`${written}\` cannot stand in ${context}.`);
  }

  #place(): Span {
    const offset = this.offset;
    return { start: offset, end: offset };
  }
}

function isWord({ kind }: TemplateToken): boolean {
  return ['field', 'variable', 'identifier', 'keyword', 'boolean', 'nil', 'number'].includes(kind);
}

/** A word ends at a blank or at a sign; behind a number a letter is wrong, but not a sign. */
function runsOn(text: string, { kind, end }: TemplateToken, next: TemplateToken | undefined): boolean {
  if (next?.start !== end) return false;
  return kind === 'number' ? /[\p{L}\p{Nd}_]/u.test(text[end]!) : !/[\s.,|:()]/.test(text[end]!);
}

function startsOperand({ kind }: TemplateToken): boolean {
  return !['keyword', 'pipe', 'declare', 'assign', 'comma', 'close', 'bad'].includes(kind);
}
