import type { Span } from '../../text/sourceText.ts';
import { outerVariables } from '../shell/unsetVariables.ts';
import type { DockerfileFile, DockerfileInstruction, DockerfileStage } from './dockerfileFile.ts';
import { variableReferences } from './expandVariables.ts';
import { INSTRUCTIONS } from './instructionGrammar.ts';
import { heredocText, instructionScripts } from './instructionScripts.ts';
import { variableScopes } from './stageRuns.ts';
import { stageUses } from './stageSettings.ts';
import type { VariableDefinition } from './variableScope.ts';

/** One place where a stage or a variable is named. */
export type DockerfileOccurrence =
  | {
      readonly kind: 'stage';
      readonly stage: DockerfileStage;
      readonly role: 'definition' | 'use';
      readonly text: string;
      readonly span: Span;
    }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly role: 'definition' | 'use';
      /** What gives it its value here; undefined when nothing in the file does. */
      readonly definition: VariableDefinition | undefined;
      readonly instruction: DockerfileInstruction;
      readonly span: Span;
    };

const occurrencesOfFile = new WeakMap<DockerfileFile, readonly DockerfileOccurrence[]>();

/** Every place of the file that names a stage or a variable, in order. Read once per file. */
export function dockerfileOccurrences(file: DockerfileFile): readonly DockerfileOccurrence[] {
  let occurrences = occurrencesOfFile.get(file);
  if (!occurrences) {
    const definitions = new Map(
      variableScopes(file)
        .all()
        .map((one) => [one.assignment.nameSpan.start, one]),
    );
    occurrences = [
      ...stageOccurrences(file),
      ...file.instructions.flatMap((one) => variableOccurrences(file, one, definitions)),
    ].sort((left, right) => left.span.start - right.span.start);
    occurrencesOfFile.set(file, occurrences);
  }
  return occurrences;
}

/** The stage or variable that is named at the offset. */
export function occurrenceAt(file: DockerfileFile, offset: number): DockerfileOccurrence | undefined {
  return dockerfileOccurrences(file).find(({ span }) => span.start <= offset && offset <= span.end);
}

/** All places that name the same thing. A variable's name means one variable in the whole file. */
export function sameSymbol(file: DockerfileFile, symbol: DockerfileOccurrence): DockerfileOccurrence[] {
  return dockerfileOccurrences(file).filter((other) =>
    symbol.kind === 'stage'
      ? other.kind === 'stage' && other.stage === symbol.stage
      : other.kind === 'variable' && other.name === symbol.name,
  );
}

function stageOccurrences(file: DockerfileFile): DockerfileOccurrence[] {
  const definitions = file.stages.flatMap((stage): DockerfileOccurrence[] =>
    stage.nameWord
      ? [{ kind: 'stage', stage, role: 'definition', text: stage.nameWord.text, span: stage.nameWord.span }]
      : [],
  );
  const uses = stageUses(file).flatMap(({ stage, text, span }): DockerfileOccurrence[] =>
    stage ? [{ kind: 'stage', stage, role: 'use', text, span }] : [],
  );
  return [...definitions, ...uses];
}

interface Read {
  readonly name: string;
  readonly span: Span;
}

function variableOccurrences(
  file: DockerfileFile,
  outer: DockerfileInstruction,
  definitions: ReadonlyMap<number, VariableDefinition>,
): DockerfileOccurrence[] {
  const scopes = variableScopes(file);
  const instruction = outer.trigger ?? outer;
  const found: DockerfileOccurrence[] = [];
  if (instruction.keyword === 'ENV' || instruction.keyword === 'ARG') {
    for (const { name, nameSpan } of instruction.assignments) {
      if (name === '') continue;
      const definition = definitions.get(nameSpan.start);
      found.push({ kind: 'variable', name, role: 'definition', definition, instruction: outer, span: nameSpan });
    }
  }
  for (const { name, span } of [
    ...wordReads(file, instruction),
    ...flagReads(file, instruction),
    ...commandReads(file, outer),
  ]) {
    if (!/^[A-Za-z_]\w*$/.test(name)) continue;
    const definition = scopes.definitionAt(name, outer);
    // In a script any name may be set by the image; only what this file defines is its variable.
    if (!definition && RUNS.has(instruction.keyword)) continue;
    found.push({ kind: 'variable', name, role: 'use', definition, instruction: outer, span });
  }
  return found;
}

const RUNS: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

function wordReads(file: DockerfileFile, instruction: DockerfileInstruction): Read[] {
  if (!INSTRUCTIONS.get(instruction.keyword)?.expands) return [];
  const words =
    instruction.assignments.length > 0 ? instruction.assignments.map((one) => one.value) : instruction.words;
  return words.flatMap((word) => {
    if (!word?.text.includes('$')) return [];
    return variableReferences(word.text, file.escape).map(({ name, nameSpan }) => ({
      name,
      span: instruction.head.span(word.start + nameSpan.start, word.start + nameSpan.end),
    }));
  });
}

function flagReads(file: DockerfileFile, instruction: DockerfileInstruction): Read[] {
  return instruction.flags.flatMap(({ value, valueSpan }) => {
    if (!value?.includes('$') || !valueSpan || file.source.slice(valueSpan) !== value) return [];
    return variableReferences(value, file.escape).map(({ name, nameSpan }) => ({
      name,
      span: { start: valueSpan.start + nameSpan.start, end: valueSpan.start + nameSpan.end },
    }));
  });
}

function commandReads(file: DockerfileFile, outer: DockerfileInstruction): Read[] {
  const scripts = instructionScripts(outer, file.source);
  const reads: Read[] = scripts.flatMap((script) => outerVariables(script.parsed.script));
  const read = new Set(reads.map(({ span }) => span.start));
  for (const heredoc of outer.heredocs) {
    if (!heredoc.expands) continue;
    const text = heredocText(heredoc, file.source);
    if (!text.text.includes('$')) continue;
    for (const { name, nameSpan } of variableReferences(text.text, '\\')) {
      const span = text.span(nameSpan.start, nameSpan.end);
      const isScript = scripts.some((script) => script.form === 'heredoc' && contains(script.parsed.script.span, span));
      if (!isScript && !read.has(span.start)) reads.push({ name, span });
    }
  }
  return reads;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
