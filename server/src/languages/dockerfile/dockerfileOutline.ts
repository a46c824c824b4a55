import type { Span } from '../../text/sourceText.ts';
import type { OutlineItem } from '../language.ts';
import type { DockerfileFile, DockerfileInstruction, DockerfileStage } from './dockerfileFile.ts';

/** The outline of a Dockerfile: its stages with their instructions, after the arguments above the first stage. */
export function dockerfileOutline(file: DockerfileFile): OutlineItem[] {
  const before = file.instructions.filter((instruction) => instruction.stage < 0);
  return [...before.map(instructionItem), ...file.stages.map(stageItem)];
}

function stageItem(stage: DockerfileStage): OutlineItem {
  const image = stage.image?.text ?? '';
  const name = stage.nameWord?.text ?? `stage ${stage.index}`;
  return {
    name,
    detail: `FROM ${image}`.trim(),
    kind: 'stage',
    span: stage.span,
    nameSpan: (stage.nameWord ?? stage.image)?.span ?? stage.instruction.keywordSpan,
    children: stage.instructions.slice(1).map(instructionItem),
  };
}

const LONGEST_DETAIL = 80;

function instructionItem(instruction: DockerfileInstruction): OutlineItem {
  const detail = instruction.body.text.replace(/\s+/g, ' ').trim();
  const shown = detail.length > LONGEST_DETAIL ? `${detail.slice(0, LONGEST_DETAIL - 1)}…` : detail;
  const declares = instruction.keyword === 'ARG' || instruction.keyword === 'ENV';
  return {
    name: instruction.keyword,
    ...(shown === '' ? {} : { detail: shown }),
    kind: declares ? 'variable' : 'instruction',
    span: instruction.span,
    nameSpan: instruction.keywordSpan,
    children: [],
  };
}

/** What can be folded: stages, instructions of several lines, heredocs, blocks of comments. */
export function dockerfileFoldings(file: DockerfileFile): Span[] {
  const { source } = file;
  const spans: Span[] = [];
  const addWhenLong = (span: Span) => {
    if (source.lineAt(span.start) < source.lineAt(span.end)) spans.push(span);
  };
  if (file.stages.length > 1) for (const stage of file.stages) addWhenLong(stage.span);
  for (const instruction of file.instructions) {
    addWhenLong(instruction.headSpan);
    for (const heredoc of instruction.heredocs) {
      addWhenLong({ start: heredoc.contentSpan.start, end: (heredoc.terminatorSpan ?? heredoc.contentSpan).end });
    }
  }
  let block: Span | undefined;
  for (const { span } of file.comments) {
    const continues = block !== undefined && source.lineAt(span.start) === source.lineAt(block.end) + 1;
    if (block && continues) block = { start: block.start, end: span.end };
    else {
      if (block) addWhenLong(block);
      block = span;
    }
  }
  if (block) addWhenLong(block);
  return spans.sort((left, right) => left.start - right.start || right.end - left.end);
}
