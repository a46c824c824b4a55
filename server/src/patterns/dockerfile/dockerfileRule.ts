import type { DockerfileFile, DockerfileInstruction } from '../../languages/dockerfile/dockerfileFile.ts';
import { DOCKERFILE } from '../../languages/dockerfile/dockerfileLanguage.ts';
import { defineRule, type Finding, type Rule } from '../../rules/contract.ts';
import type { Place } from '../../text/sourceNode.ts';
import type { Span, TextEdit } from '../../text/sourceText.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

type DockerfileRule = Omit<Rule, 'types' | 'check'> & {
  check(file: DockerfileFile, resource: Resource, graph: ResourceGraph): Iterable<Finding>;
};

/** A rule that speaks of one Dockerfile, given as the model that its parser made. */
export function defineDockerfileRule({ check, ...rest }: DockerfileRule): Rule {
  return defineRule({
    ...rest,
    types: [DOCKERFILE],
    check: (resource, graph) => check(resource.model as DockerfileFile, resource, graph),
  });
}

export function placeOf(file: DockerfileFile, span: Span): Place {
  return { source: file.source, span };
}

export function replace(file: DockerfileFile, span: Span, newText: string): TextEdit {
  return { uri: file.source.uri, span, newText };
}

export function insert(file: DockerfileFile, offset: number, newText: string): TextEdit {
  return replace(file, { start: offset, end: offset }, newText);
}

/** Removes the lines of an instruction; comments above it stay. */
export function removeInstruction(file: DockerfileFile, instruction: DockerfileInstruction): TextEdit {
  const { source } = file;
  const start = source.lineStarts[source.lineAt(instruction.span.start)]!;
  const end = source.lineStarts[source.lineAt(instruction.span.end) + 1] ?? source.text.length;
  return replace(file, { start, end }, '');
}
