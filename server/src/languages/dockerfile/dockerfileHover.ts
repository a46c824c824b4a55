import type { Span } from '../../text/sourceText.ts';
import type { DockerfileFile, DockerfileInstruction } from './dockerfileFile.ts';
import { occurrenceAt } from './dockerfileSymbols.ts';
import { instructionAt } from './ignoreComments.ts';
import { DIRECTIVE_DOCS, FLAG_DOCS, INSTRUCTION_DOCS, MOUNT_OPTION_DOCS, MOUNT_TYPE_DOCS } from './instructionDocs.ts';
import { MOUNT_OPTIONS } from './instructionGrammar.ts';
import { stageChain, stageSettings } from './stageSettings.ts';

/** What is known of the thing at the cursor, in Markdown. */
export interface DockerfileHover {
  readonly span: Span;
  readonly markdown: string;
}

const SECRET_NAME = /passw|secret|token|credential|key|auth/i;
const LONGEST_VALUE = 200;

/** Explains the instruction, flag, mount option, stage, variable or directive at the offset. Values of secrets are not shown. */
export function hoverAt(file: DockerfileFile, offset: number): DockerfileHover | undefined {
  const directive = file.directives.find(({ span }) => contains(span, offset));
  if (directive) return { span: directive.span, markdown: DIRECTIVE_DOCS[directive.name] ?? '' };
  const outer = instructionAt(file, offset);
  if (!outer) return undefined;
  for (const instruction of nested(outer)) {
    const hover = instructionHover(instruction, offset);
    if (hover) return hover;
  }
  return symbolHover(file, offset);
}

function nested(outer: DockerfileInstruction): DockerfileInstruction[] {
  return [
    outer,
    ...(outer.trigger ? nested(outer.trigger) : []),
    ...(outer.healthcheckCommand ? [outer.healthcheckCommand] : []),
  ];
}

function instructionHover(instruction: DockerfileInstruction, offset: number): DockerfileHover | undefined {
  const { keyword, keywordSpan } = instruction;
  const doc = Object.hasOwn(INSTRUCTION_DOCS, keyword) ? INSTRUCTION_DOCS[keyword] : undefined;
  if (doc && contains(keywordSpan, offset)) {
    return { span: keywordSpan, markdown: `\`\`\`dockerfile\n${doc.form}\n\`\`\`\n\n${doc.text}` };
  }
  for (const flag of instruction.flags) {
    const text = FLAG_DOCS[`${keyword} --${flag.name}`];
    if (text !== undefined && contains(flag.nameSpan, offset)) return { span: flag.nameSpan, markdown: text };
    const option = flag.options.find(({ span }) => contains(span, offset));
    if (!option || flag.name !== 'mount') continue;
    if (option.key === 'type' && option.valueSpan && contains(option.valueSpan, offset)) {
      const about = MOUNT_TYPE_DOCS[option.value?.toLowerCase() ?? ''];
      if (about !== undefined) return { span: option.valueSpan, markdown: about };
    }
    const main = Object.values(MOUNT_OPTIONS).flatMap((options) => options.get(option.key) ?? [])[0];
    const about = main === undefined ? undefined : MOUNT_OPTION_DOCS[main];
    if (about !== undefined && contains(option.keySpan, offset)) return { span: option.keySpan, markdown: about };
  }
  return undefined;
}

function symbolHover(file: DockerfileFile, offset: number): DockerfileHover | undefined {
  const symbol = occurrenceAt(file, offset);
  if (!symbol) return undefined;
  if (symbol.kind === 'stage') {
    const { stage } = symbol;
    const settings = stageSettings(file, stage);
    const chain = stageChain(file, stage).map((one) => `\`${one.nameWord?.text ?? `stage ${one.index}`}\``);
    const root =
      settings.root.kind === 'image'
        ? `\`${settings.root.text}\``
        : settings.root.kind === 'scratch'
          ? '`scratch`'
          : `\`${stage.image?.text ?? ''}\``;
    const lines = [`Stage ${[...chain, root].join(' from ')}`];
    for (const [what, instruction] of [
      ['User', settings.user],
      ['Working directory', settings.workdir],
      ['Entrypoint', settings.entrypoint],
      ['Command', settings.command],
    ] as const) {
      if (instruction) lines.push(`${what}: \`${instruction.body.text.trim().replaceAll('`', "'")}\``);
    }
    return { span: symbol.span, markdown: lines.join('  \n') };
  }
  const { definition, name } = symbol;
  if (!definition) return undefined;
  const kind = definition.kind === 'arg' ? 'Build argument' : 'Variable';
  const line = file.source.lineAt(definition.assignment.nameSpan.start) + 1;
  const { value } = definition;
  const shown = value !== undefined && value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
  const about =
    SECRET_NAME.test(name) || shown === undefined
      ? ''
      : definition.fixed
        ? ` = \`${shown}\``
        : ` = \`${shown}\` unless a build argument says otherwise`;
  return { span: symbol.span, markdown: `${kind} \`${name}\`${about} (line ${line})` };
}

function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
