import type { Span } from '../../text/sourceText.ts';
import type { SyntaxProblem } from '../language.ts';
import { checkInstruction } from './checkInstruction.ts';
import type {
  Assignment,
  DockerfileComment,
  DockerfileHeredoc,
  DockerfileInstruction,
  DockerfileWord,
  FromClause,
  JsonForm,
  ShellSetting,
} from './dockerfileFile.ts';
import { INSTRUCTIONS, type InstructionGrammar } from './instructionGrammar.ts';
import { readJsonForm } from './jsonForm.ts';
import type { LogicalText } from './logicalText.ts';
import { readFlags } from './readFlags.ts';
import { isBlank, splitAtSpaces, splitQuoted, unquote, wordAt } from './splitWords.ts';

/** What surrounds an instruction and what its reading adds to. */
export interface InstructionContext {
  readonly escape: '\\' | '`';
  readonly order: number;
  readonly stage: number;
  readonly shell: ShellSetting;
  readonly commentsAbove: readonly DockerfileComment[];
  readonly emptyContinuations: readonly Span[];
  readonly problems: SyntaxProblem[];
}

interface Arguments {
  words: readonly DockerfileWord[];
  assignments: readonly Assignment[];
  from: FromClause | undefined;
  json: JsonForm | undefined;
  trigger: DockerfileInstruction | undefined;
  healthcheckCommand: DockerfileInstruction | undefined;
}

/** ONBUILD ONBUILD … is refused by the builder; deeper ones are not read. */
const DEEPEST_TRIGGER = 2;

/**
 * Reads one instruction from its joined lines. Heredoc bodies are added by the caller, which alone sees the lines that
 * follow.
 */
export function readInstruction(head: LogicalText, context: InstructionContext, depth = 0): DockerfileInstruction {
  const { text } = head;
  let start = 0;
  while (isBlank(text[start])) start++;
  let end = start;
  while (end < text.length && !isBlank(text[end])) end++;
  const written = text.slice(start, end);
  const keyword = written.toUpperCase();
  const grammar = INSTRUCTIONS.get(keyword);
  const bodyEnd = text.trimEnd().length;
  // The blanks at the end are kept in the head for the cursor, but belong to no flag.
  const { flags, end: flagsEnd } = readFlags(head.slice(0, Math.max(bodyEnd, end)), end, context.escape);
  let bodyStart = Math.min(flagsEnd, Math.max(bodyEnd, end));
  while (bodyStart < bodyEnd && isBlank(text[bodyStart])) bodyStart++;
  const body = head.slice(bodyStart, Math.max(bodyEnd, bodyStart));
  const read: Arguments = {
    words: [],
    assignments: [],
    from: undefined,
    json: undefined,
    trigger: undefined,
    healthcheckCommand: undefined,
  };
  if (grammar) readArguments(keyword, grammar, body, bodyStart, context, read, depth);
  const headSpan = head.span(start, Math.max(bodyEnd, end));
  const instruction: DockerfileInstruction = {
    keyword,
    keywordSpan: head.span(start, end),
    written,
    span: headSpan,
    head,
    headSpan,
    flags,
    body,
    ...read,
    heredocs: [],
    commentsAbove: context.commentsAbove,
    emptyContinuations: context.emptyContinuations,
    order: context.order,
    stage: context.stage,
    shell: context.shell,
  };
  checkInstruction(instruction, context.escape, context.problems);
  return instruction;
}

/** The same instruction with the heredocs that follow its head. */
export function withHeredocs(
  instruction: DockerfileInstruction,
  heredocs: readonly DockerfileHeredoc[],
): DockerfileInstruction {
  const last = heredocs[heredocs.length - 1];
  if (!last) return instruction;
  const end = last.terminatorSpan?.end ?? last.contentSpan.end;
  const span = { start: instruction.span.start, end };
  const trigger = instruction.trigger && withHeredocs(instruction.trigger, heredocs);
  return { ...instruction, heredocs, span, trigger };
}

function readArguments(
  keyword: string,
  grammar: InstructionGrammar,
  body: LogicalText,
  base: number,
  context: InstructionContext,
  read: Arguments,
  depth: number,
): void {
  const { problems } = context;
  switch (grammar.form) {
    case 'words':
      read.words = splitAtSpaces(body, base);
      if (keyword === 'FROM') read.from = fromClause(read.words);
      break;
    case 'text':
      read.words = body.text === '' ? [] : [wordAt(body, 0, body.text.length, base)];
      break;
    case 'wordsOrJson':
      read.json = jsonOf(body, keyword, problems);
      read.words = read.json ? [] : splitAtSpaces(body, base);
      break;
    case 'commandOrJson':
      read.json = jsonOf(body, keyword, problems);
      break;
    case 'names':
    case 'pairs': {
      const { words, unclosedQuote } = splitQuoted(body, context.escape, base);
      read.words = words;
      if (unclosedQuote !== undefined) {
        problems.push({
          code: 'unclosed-quote',
          message: `The quote ${body.text[unclosedQuote]} is not closed.`,
          span: body.span(unclosedQuote, body.text.length),
          severity: 'error',
        });
      }
      read.assignments = assignmentsOf(keyword, body, base, words, context.escape);
      break;
    }
    case 'instruction':
      if (body.text !== '' && depth < DEEPEST_TRIGGER) {
        read.trigger = readInstruction(body, { ...context, commentsAbove: [], emptyContinuations: [] }, depth + 1);
      }
      break;
    case 'healthcheck': {
      const [type] = splitAtSpaces(body, base);
      read.words = type ? [type] : [];
      if (type?.text.toUpperCase() === 'CMD') {
        const inner: InstructionContext = { ...context, commentsAbove: [], emptyContinuations: [] };
        read.healthcheckCommand = readInstruction(body, inner, depth + 1);
        read.json = read.healthcheckCommand.json;
      }
      break;
    }
  }
}

function jsonOf(body: LogicalText, keyword: string, problems: SyntaxProblem[]): JsonForm | undefined {
  const reading = readJsonForm(body);
  if (reading.kind === 'notStrings') {
    problems.push({
      code: 'json-not-strings',
      message: `The JSON array of ${keyword} may hold strings only.`,
      span: body.span(0, body.text.length),
      severity: 'error',
    });
  }
  return reading.kind === 'form' ? reading.form : undefined;
}

function fromClause(words: readonly DockerfileWord[]): FromClause | undefined {
  const [image, asWord, name] = words;
  if (!image) return undefined;
  const hasAs = asWord?.text.toUpperCase() === 'AS';
  return { image, asWord: hasAs ? asWord : undefined, name: hasAs ? name : undefined };
}

function assignmentsOf(
  keyword: string,
  body: LogicalText,
  base: number,
  words: readonly DockerfileWord[],
  escapeCharacter: string,
): Assignment[] {
  const first = words[0];
  if (!first) return [];
  if (keyword !== 'ARG' && !first.text.includes('=')) return legacyAssignment(body, base);
  return words.map((word) => {
    const equals = word.text.indexOf('=');
    const nameEnd = equals < 0 ? word.end : word.start + equals;
    const at = (from: number, to: number) => wordAt(body, from - base, to - base, base);
    const nameWord = at(word.start, nameEnd);
    return {
      name: unquote(nameWord.text, escapeCharacter),
      nameSpan: nameWord.span,
      value: equals < 0 ? undefined : at(nameEnd + 1, word.end),
      span: word.span,
      legacy: false,
    };
  });
}

/** `ENV name the rest is the value`. */
function legacyAssignment(body: LogicalText, base: number): Assignment[] {
  const { text } = body;
  let nameEnd = 0;
  while (nameEnd < text.length && !isBlank(text[nameEnd])) nameEnd++;
  let valueStart = nameEnd;
  while (isBlank(text[valueStart])) valueStart++;
  const name = wordAt(body, 0, nameEnd, base);
  return [
    {
      name: name.text,
      nameSpan: name.span,
      value: valueStart < text.length ? wordAt(body, valueStart, text.length, base) : undefined,
      span: body.span(0, text.length),
      legacy: true,
    },
  ];
}
