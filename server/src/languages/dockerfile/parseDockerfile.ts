import { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import type { SyntaxProblem } from '../language.ts';
import { buildStages, StageTracker } from './buildStages.ts';
import type { DockerfileComment, DockerfileFile, DockerfileHeredoc, DockerfileInstruction } from './dockerfileFile.ts';
import { type DocumentLine, DocumentLines } from './documentLines.ts';
import { INSTRUCTIONS } from './instructionGrammar.ts';
import { LogicalText, type TextPiece } from './logicalText.ts';
import { DirectiveReader } from './readDirectives.ts';
import { findHeredocs, type HeredocAnnouncement } from './readHeredocs.ts';
import { readInstruction, withHeredocs } from './readInstruction.ts';

/**
 * Reads a Dockerfile as BuildKit does: directives, joined lines, heredocs, stages. Never throws; what the builder would
 * refuse is a problem, and everything else is still read. Takes time linear in the text.
 */
export function parseDockerfile(source: SourceText): DockerfileFile {
  return new DockerfileReader(source).read();
}

class DockerfileReader {
  readonly #source: SourceText;
  readonly #lines: DocumentLines;
  readonly #problems: SyntaxProblem[] = [];
  readonly #comments: DockerfileComment[] = [];
  readonly #instructions: DockerfileInstruction[] = [];
  readonly #directives = new DirectiveReader(this.#problems);
  readonly #tracker = new StageTracker();

  constructor(source: SourceText) {
    this.#source = source;
    this.#lines = new DocumentLines(source.text);
  }

  read(): DockerfileFile {
    let commentsAbove: DockerfileComment[] = [];
    let isFirst = true;
    for (let line = this.#lines.next(); line; line = this.#lines.next()) {
      if (this.#directives.read(line, isFirst)) {
        isFirst = false;
        continue;
      }
      isFirst = false;
      const comment = commentOf(line);
      if (comment) {
        this.#comments.push(comment);
        // An empty comment cuts the block above it from the instruction, as a blank line does.
        commentsAbove = comment.text === '' ? [] : [...commentsAbove.slice(-LONGEST_COMMENT_BLOCK), comment];
      } else if (line.text.trim() === '') {
        commentsAbove = [];
      } else {
        this.#readInstruction(line, commentsAbove);
        commentsAbove = [];
      }
    }
    const source = this.#source;
    return {
      language: 'dockerfile',
      source,
      roots: [new SourceNode(source, { kind: 'unknown', start: 0, end: source.text.length })],
      escape: this.#directives.escape,
      directives: this.#directives.directives,
      check: this.#directives.check,
      comments: this.#comments,
      instructions: this.#instructions,
      stages: buildStages(this.#instructions, this.#directives.escape, this.#source.text.length),
      problems: this.#problems.sort((left, right) => left.span.start - right.span.start),
    };
  }

  #readInstruction(first: DocumentLine, commentsAbove: readonly DockerfileComment[]): void {
    const emptyContinuations: Span[] = [];
    const head = this.#joinLines(first, emptyContinuations);
    if (head.text.trim() === '') return;
    const escapeCharacter = this.#directives.escape;
    let instruction = readInstruction(head, {
      escape: escapeCharacter,
      order: this.#instructions.length,
      stage: this.#tracker.stageOfNext(head.text),
      shell: this.#tracker.shell,
      commentsAbove,
      emptyContinuations,
      problems: this.#problems,
    });
    if (takesHeredocs(instruction) && head.text.includes('<<')) {
      const heredocs = findHeredocs(head).map((announced) => this.#readHeredoc(head, announced));
      instruction = withHeredocs(instruction, heredocs);
    }
    this.#instructions.push(instruction);
    this.#tracker.enter(instruction, escapeCharacter);
  }

  /** Joins the lines of an instruction; comment lines and blank lines between them fall out, as in the builder. */
  #joinLines(first: DocumentLine, emptyContinuations: Span[]): LogicalText {
    const pieces: TextPiece[] = [];
    let continues = this.#addPiece(pieces, first);
    while (continues) {
      const line = this.#lines.next();
      if (!line) break;
      const comment = commentOf(line);
      if (comment) this.#comments.push(comment);
      else if (line.text.trim() === '') emptyContinuations.push({ start: line.start, end: line.end });
      else continues = this.#addPiece(pieces, line);
    }
    return LogicalText.join(pieces);
  }

  /** Adds a line without its continuation character; true when the instruction goes on in the next line. */
  #addPiece(pieces: TextPiece[], line: DocumentLine): boolean {
    const { text } = line;
    let end = text.length;
    while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
    const escapeCharacter = this.#directives.escape;
    const continues = text[end - 1] === escapeCharacter && text[end - 2] !== escapeCharacter;
    pieces.push({ sourceStart: line.start, text: continues ? text.slice(0, end - 1) : text });
    return continues;
  }

  #readHeredoc(head: LogicalText, announced: HeredocAnnouncement): DockerfileHeredoc {
    const contentStart = this.#lines.position;
    const span = head.span(announced.start, announced.end);
    const { name, stripsTabs, expands, descriptor } = announced;
    for (let line = this.#lines.next(); line; line = this.#lines.next()) {
      const text = stripsTabs ? line.text.replace(/^\t+/, '') : line.text;
      if (text !== name) continue;
      return {
        name,
        span,
        stripsTabs,
        expands,
        descriptor,
        contentSpan: { start: contentStart, end: line.start },
        terminatorSpan: { start: line.start, end: line.end },
      };
    }
    this.#problems.push({
      code: 'unterminated-heredoc',
      message: `No line "${name}" ends this heredoc.`,
      span,
      severity: 'error',
    });
    const contentSpan = { start: contentStart, end: this.#source.text.length };
    return { name, span, stripsTabs, expands, descriptor, contentSpan, terminatorSpan: undefined };
  }
}

/** More lines than any description needs; keeps the reading of files that are all comments linear. */
const LONGEST_COMMENT_BLOCK = 200;

function commentOf(line: DocumentLine): DockerfileComment | undefined {
  const match = /^\s*#/.exec(line.text);
  if (!match) return undefined;
  const start = line.start + match[0].length - 1;
  return { span: { start, end: line.end }, text: line.text.slice(match[0].length).trim() };
}

function takesHeredocs(instruction: DockerfileInstruction): boolean {
  const real = instruction.trigger ?? instruction;
  return real.json === undefined && INSTRUCTIONS.get(real.keyword)?.heredocs === true;
}
