import type { Span } from '../../text/sourceText.ts';
import type { SyntaxProblem } from '../language.ts';
import { PipelineReader } from './parsePipeline.ts';
import type {
  Action,
  BlockNode,
  Branch,
  ControlKeyword,
  ControlNode,
  DefineNode,
  Pipeline,
  Template,
  TemplateNode,
  TextOperand,
} from './templateSyntax.ts';
import { tokenizeTemplate } from './tokenizeTemplate.ts';

/** Deeper blocks are no template that a person wrote; their content is read as if the block were not there. */
const DEPTH_LIMIT = 200;

/** A block whose `end` has not come yet. */
interface OpenBlock {
  readonly keyword: ControlKeyword | 'define' | 'block';
  readonly action: Action;
  readonly branches: Branch[];
  readonly name: TextOperand | undefined;
  readonly pipeline: Pipeline | undefined;
  branch: { action: Action; keyword: ControlKeyword | undefined; isElse: boolean; pipeline: Pipeline | undefined };
  body: TemplateNode[];
}

/**
 * Reads a Go template with the grammar of `text/template`. Never throws: each fault is reported at its place, and what is
 * half-typed, not closed or too much is read as far as it goes.
 */
export function parseTemplate(text: string): Template {
  return new TemplateReader(text).read();
}

class TemplateReader {
  readonly #text: string;
  readonly #problems: SyntaxProblem[] = [];
  readonly #definitions: (DefineNode | BlockNode)[] = [];
  readonly #nodes: TemplateNode[] = [];
  readonly #open: OpenBlock[] = [];
  /** Blocks beyond the limit that are open. */
  #ignoredBlocks = 0;
  /** Blocks that were closed for want of an `end`: their `end`s may still come. */
  #missingEnds = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Template {
    const actions = tokenizeTemplate(this.#text);
    let position = 0;
    for (const action of actions) {
      this.#addText(position, action.start);
      this.#readAction(action);
      position = action.end;
    }
    this.#addText(position, this.#text.length);
    while (this.#open.length > 0) this.#closeMissing(this.#text.length);
    this.#definitions.sort((a, b) => a.span.start - b.span.start);
    this.#checkNames();
    this.#problems.sort((a, b) => a.span.start - b.span.start);
    return {
      text: this.#text,
      nodes: this.#nodes,
      actions,
      definitions: this.#definitions,
      problems: this.#problems,
    };
  }

  #report = (span: Span, code: string, message: string): void => {
    this.#problems.push({ span: { start: span.start, end: span.end }, code, message, severity: 'error' });
  };

  /** A file may define a name once; only an empty definition may stand beside another. */
  #checkNames(): void {
    const names = new Set<string>();
    for (const { name, body } of this.#definitions) {
      if (!name || this.#isEmpty(body)) continue;
      if (names.has(name.value)) {
        this.#report(name.contentSpan, 'defined-twice', `This file defines a template \`${name.value}\` already.`);
      }
      names.add(name.value);
    }
  }

  #isEmpty(body: readonly TemplateNode[]): boolean {
    return body.every(
      (node) =>
        node.kind === 'comment' ||
        node.kind === 'define' ||
        (node.kind === 'text' && this.#text.slice(node.span.start, node.span.end).trim() === ''),
    );
  }

  #add(node: TemplateNode): void {
    (this.#open.at(-1)?.body ?? this.#nodes).push(node);
  }

  #addText(start: number, end: number): void {
    if (end > start) this.#add({ kind: 'text', span: { start, end } });
  }

  #readAction(action: Action): void {
    const span = { start: action.start, end: action.end };
    if (!action.isClosed) {
      const opening = { start: action.start, end: action.start + 2 };
      this.#report(opening, 'unclosed-action', 'This action is not closed by `}}`.');
    }
    if (action.isComment) {
      this.#checkComment(action);
      this.#add({ kind: 'comment', span, action });
      return;
    }
    const first = action.tokens[0];
    const word = first?.kind === 'keyword' ? this.#text.slice(first.start, first.end) : undefined;
    const reader = new PipelineReader(this.#text, action, word === undefined ? 0 : 1, this.#report);
    switch (word) {
      case undefined:
        if (!first) {
          if (action.isClosed) this.#report(span, 'empty-action', 'This action is empty.');
          this.#add({ kind: 'broken', span, action });
          return;
        }
        this.#add({ kind: 'output', span, action, pipeline: reader.pipeline('this action') });
        return;
      case 'if':
      case 'with':
      case 'range':
        this.#openBlock(action, word, undefined, reader.pipeline(`\`${word}\``, word === 'range'));
        return;
      case 'define': {
        const name = reader.name(word);
        reader.expectEnd('the name');
        this.#define(action, name, undefined);
        return;
      }
      case 'block': {
        const name = reader.name(word);
        this.#define(action, name, reader.pipeline('`block`'));
        return;
      }
      case 'template': {
        const name = reader.name(word);
        const pipeline = reader.token ? reader.pipeline('`template`') : undefined;
        this.#add({ kind: 'template', span, action, name, pipeline });
        return;
      }
      case 'break':
      case 'continue':
        reader.expectEnd(`\`${word}\``);
        if (!this.#isInRange()) {
          reader.fault(first!, 'outside-range', `\`${word}\` stands outside of every \`range\`.`);
        }
        this.#add({ kind: word, span, action });
        return;
      case 'else':
        this.#else(action, reader);
        return;
      default:
        reader.expectEnd('`end`');
        this.#end(action);
    }
  }

  // A comment fills its action, with no space but that of the trim markers.
  #checkComment(action: Action): void {
    const { start, end, inner, isClosed, trimsBefore } = action;
    if (!isClosed) return;
    const written = this.#text.slice(start, end);
    if (inner.start !== start + (trimsBefore ? 4 : 2)) {
      const message = `A comment must start right behind \`${trimsBefore ? '{{- ' : '{{'}\`.`;
      this.#report({ start, end: inner.start + 2 }, 'misplaced-comment', message);
    } else if (!/\*\/(?:[ \t\r\n]-)?\}\}$/.test(written)) {
      this.#report({ start, end }, 'misplaced-comment', 'A comment must end right before `}}` or ` -}}`.');
    } else if (this.#text.indexOf('*/', inner.start + 2) + 2 < inner.end - 1) {
      this.#report(
        { start, end },
        'misplaced-comment',
        'Only one comment may stand in an action, and nothing beside it.',
      );
    }
  }

  #openBlock(
    action: Action,
    keyword: OpenBlock['keyword'],
    name: TextOperand | undefined,
    pipeline: Pipeline | undefined,
  ): void {
    if (this.#open.length >= DEPTH_LIMIT) {
      if (this.#ignoredBlocks === 0) this.#report(action, 'too-deep', 'Blocks are nested too deeply to be read.');
      this.#ignoredBlocks++;
      return;
    }
    const isControl = keyword !== 'define' && keyword !== 'block';
    const branch = { action, keyword: isControl ? keyword : undefined, isElse: false, pipeline };
    this.#open.push({ keyword, action, branches: [], name, pipeline, branch, body: [] });
  }

  #define(action: Action, name: TextOperand | undefined, pipeline: Pipeline | undefined): void {
    if (pipeline) {
      this.#openBlock(action, 'block', name, pipeline);
      return;
    }
    const outer = this.#open.at(-1);
    if (outer && this.#ignoredBlocks === 0) {
      // Definitions cannot be nested: an `end` was forgotten before this one.
      while (this.#open.length > 0) this.#closeMissing(action.start);
    }
    this.#openBlock(action, 'define', name, undefined);
  }

  #else(action: Action, reader: PipelineReader): void {
    const open = this.#open.at(-1);
    const token = reader.token;
    const word = token?.kind === 'keyword' ? reader.slice(token) : undefined;
    const keyword = word === 'if' || word === 'with' ? word : undefined;
    if (keyword) reader.skip();
    else reader.expectEnd('`else`');
    const pipeline = keyword && reader.pipeline(`\`else ${keyword}\``);
    if (this.#ignoredBlocks > 0) return;
    if (!open || open.keyword === 'define' || open.keyword === 'block') {
      reader.fault(action, 'unexpected-else', 'This `else` belongs to no `if`, `with` or `range`.');
      this.#add({ kind: 'broken', span: { start: action.start, end: action.end }, action });
      return;
    }
    if (open.branch.isElse && open.branch.keyword === undefined) {
      reader.fault(action, 'unexpected-else', `This \`${open.keyword}\` has an \`else\` already.`);
    } else if (keyword && keyword !== open.keyword) {
      reader.fault(
        token!,
        'unexpected-else',
        `The \`else\` of \`${open.keyword}\` cannot be followed by \`${keyword}\`.`,
      );
    }
    this.#closeBranch(open, action.start);
    open.branch = { action, keyword, isElse: true, pipeline };
  }

  #closeBranch(open: OpenBlock, end: number): void {
    const bodySpan = { start: open.branch.action.end, end: Math.max(end, open.branch.action.end) };
    open.branches.push({ ...open.branch, body: open.body, bodySpan });
    open.body = [];
  }

  #end(action: Action): void {
    if (this.#ignoredBlocks > 0) {
      this.#ignoredBlocks--;
      return;
    }
    if (this.#open.length === 0) {
      if (this.#missingEnds > 0) this.#missingEnds--;
      else this.#report(action, 'unexpected-end', 'This `end` closes nothing.');
      this.#add({ kind: 'broken', span: { start: action.start, end: action.end }, action });
      return;
    }
    this.#close(action, action.start);
  }

  #closeMissing(end: number): void {
    const { action, keyword } = this.#open.at(-1)!;
    const first = action.tokens[0] ?? action;
    if (this.#missingEnds === 0) this.#report(first, 'missing-end', `This \`${keyword}\` is not closed by an \`end\`.`);
    this.#missingEnds++;
    this.#close(undefined, end);
  }

  #close(end: Action | undefined, bodyEnd: number): void {
    const open = this.#open.pop()!;
    this.#closeBranch(open, bodyEnd);
    const span = { start: open.action.start, end: end?.end ?? Math.max(bodyEnd, open.action.end) };
    const { action, name, keyword, branches } = open;
    if (keyword === 'define' || keyword === 'block') {
      const { body, bodySpan } = branches[0]!;
      const node: DefineNode | BlockNode =
        keyword === 'define'
          ? { kind: keyword, span, action, name, body, bodySpan, end }
          : { kind: keyword, span, action, name, pipeline: open.pipeline, body, bodySpan, end };
      this.#definitions.push(node);
      this.#add(node);
      return;
    }
    this.#add({ kind: 'control', keyword, span, branches, end } satisfies ControlNode);
  }

  #isInRange(): boolean {
    for (const { keyword, branch } of [...this.#open].reverse()) {
      if (keyword === 'define' || keyword === 'block') return false;
      if (keyword === 'range' && !branch.isElse) return true;
    }
    return false;
  }
}
