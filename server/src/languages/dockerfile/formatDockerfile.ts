import type { TextEdit } from '../../text/sourceText.ts';
import type { DockerfileFile, DockerfileInstruction } from './dockerfileFile.ts';

const BLANK = /^[ \t]*$/;

export interface DockerfileFormatOptions {
  /** What one step of indentation is: spaces, or a tab. */
  readonly indent: string;
}

/**
 * Conservative formatting: keywords lose their indentation, further lines of an instruction that have none get one step,
 * and blanks at the end of lines go. Lines that are indented already, heredocs, quoted text that goes over several lines,
 * and the order of everything stay as they are.
 */
export function formatDockerfile(file: DockerfileFile, options: DockerfileFormatOptions): TextEdit[] {
  const { source } = file;
  const { uri } = source;
  const edits: TextEdit[] = [];
  const untouchable = untouchableLines(file);
  const continued = new Map<number, DockerfileInstruction>();
  for (const instruction of file.instructions) {
    const first = source.lineAt(instruction.headSpan.start);
    for (let line = first + 1; line <= source.lineAt(instruction.headSpan.end); line++)
      continued.set(line, instruction);
  }
  const starts = new Set(file.instructions.map(({ headSpan }) => source.lineAt(headSpan.start)));
  for (let line = 0; line < source.lineStarts.length; line++) {
    if (untouchable.has(line)) continue;
    const { start, end } = source.lineSpan(line);
    const text = source.text.slice(start, end);
    const indent = /^[ \t]*/.exec(text)![0];
    const trailing = /[ \t]*$/.exec(text.slice(indent.length))![0];
    // A byte order mark must not come to stand at the very start.
    if (starts.has(line) && indent !== '' && text[indent.length] !== '\ufeff')
      edits.push({ uri, span: { start, end: start + indent.length }, newText: '' });
    const instruction = continued.get(line);
    if (instruction && indent === '' && !BLANK.test(text) && isApart(instruction, start, text)) {
      edits.push({ uri, span: { start, end: start }, newText: options.indent });
    }
    if (BLANK.test(text)) {
      if (text !== '') edits.push({ uri, span: { start, end }, newText: '' });
    } else if (trailing !== '') {
      edits.push({ uri, span: { start: end - trailing.length, end }, newText: '' });
    }
  }
  return edits;
}

/** The joined text has a blank before the line anyway, so that one more changes nothing. Comment lines always may move. */
function isApart({ head }: DockerfileInstruction, start: number, text: string): boolean {
  if (text.startsWith('#')) return true;
  const before = head.text[head.logicalOffset(start) - 1];
  return before === ' ' || before === '\t';
}

/** Lines whose blanks mean something: heredocs, and lines inside a quote that is opened on an earlier one. */
function untouchableLines(file: DockerfileFile): Set<number> {
  const { source } = file;
  const lines = new Set<number>();
  const add = (start: number, end: number) => {
    for (let line = source.lineAt(start); line <= source.lineAt(end); line++) lines.add(line);
  };
  for (const instruction of file.instructions) {
    for (const { contentSpan, terminatorSpan } of instruction.heredocs) {
      if (contentSpan.end > contentSpan.start || terminatorSpan) {
        add(contentSpan.start, terminatorSpan?.end ?? contentSpan.end);
      }
    }
    const first = source.lineAt(instruction.headSpan.start);
    const last = source.lineAt(instruction.headSpan.end);
    if (last > first) addQuotedLines(file, instruction, lines);
  }
  return lines;
}

/** A line that begins inside quotes keeps its first blanks; one that ends inside quotes keeps its last ones. */
function addQuotedLines(file: DockerfileFile, instruction: DockerfileInstruction, lines: Set<number>): void {
  const { source } = file;
  const { head } = instruction;
  let quote = '';
  let line = source.lineAt(instruction.headSpan.start);
  for (let index = 0; index < head.text.length; index++) {
    const character = head.text[index]!;
    const here = source.lineAt(head.sourceOffset(index));
    if (here !== line) {
      if (quote !== '') {
        lines.add(line);
        lines.add(here);
      }
      line = here;
    }
    if (quote !== '') {
      if (character === '\\' && quote === '"') index++;
      else if (character === quote) quote = '';
    } else if (character === '\\') index++;
    else if (character === '"' || character === "'") quote = character;
  }
}
