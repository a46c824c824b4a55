import type { Span } from '../../text/sourceText.ts';
import type { DockerfileFile, DockerfileInstruction } from './dockerfileFile.ts';
import { DIRECTIVE_DOCS, FLAG_DOCS, INSTRUCTION_DOCS, MOUNT_OPTION_DOCS, MOUNT_TYPE_DOCS } from './instructionDocs.ts';
import { INSTRUCTIONS, MOUNT_OPTIONS, type MountType } from './instructionGrammar.ts';
import { variableScopes } from './stageRuns.ts';
import { PLATFORM_ARGUMENTS } from './variableScope.ts';

/** One offer at the cursor. */
export interface DockerfileCompletion {
  readonly label: string;
  readonly kind: 'keyword' | 'field' | 'value' | 'variable' | 'reference';
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Replaces `span`; in snippet syntax where `isSnippet`. */
  readonly newText: string;
  readonly span: Span;
  readonly isSnippet?: boolean;
}

type Offer = Omit<DockerfileCompletion, 'span'>;

/**
 * What may be written at the offset: instructions, flags and their values, stages, variables, directives. Names of images
 * come from elsewhere; nothing is looked up.
 */
export function completionsAt(file: DockerfileFile, offset: number): DockerfileCompletion[] {
  const line = file.source.lineAt(offset);
  const lineStart = file.source.lineStarts[line]!;
  const before = file.source.text.slice(lineStart, offset).replace(/^\ufeff/, '');
  if (/^\s*#/.test(before)) return directiveOffers(file, before, offset);
  const instruction = file.instructions.find((one) => isInHead(file, one, offset));
  const inHeredoc = file.instructions.some((one) =>
    one.heredocs.some(({ contentSpan }) => contentSpan.start <= offset && offset < contentSpan.end),
  );
  if (inHeredoc && !instruction) return [];
  if (!instruction)
    return /^\s*\w*$/.test(before) ? place(instructionOffers(file), /\w*$/.exec(before)![0], offset) : [];
  const prefix = instruction.head.text.slice(0, instruction.head.logicalOffset(offset));
  return headOffers(file, instruction, prefix.replace(/^\s+/, ''), offset);
}

/** The lines of the instruction itself, also behind its last character. */
function isInHead(file: DockerfileFile, { headSpan }: DockerfileInstruction, offset: number): boolean {
  const { end } = file.source.lineSpan(file.source.lineAt(headSpan.end));
  return headSpan.start <= offset && offset <= end;
}

function place(offers: readonly Offer[], typed: string, offset: number): DockerfileCompletion[] {
  const span = { start: offset - typed.length, end: offset };
  return offers.map((offer) => ({ ...offer, span }));
}

function headOffers(
  file: DockerfileFile,
  instruction: DockerfileInstruction,
  prefix: string,
  offset: number,
): DockerfileCompletion[] {
  const keyword = /^\w*/.exec(prefix)![0];
  if (prefix === keyword) return place(instructionOffers(file, instruction), keyword, offset);
  const upper = keyword.toUpperCase();
  if (upper === 'ONBUILD') {
    const inner = prefix.slice(keyword.length).replace(/^\s+/, '');
    if (/^\s/.test(prefix.slice(keyword.length))) return headOffers(file, instruction, inner, offset);
  }
  const word = /\S*$/.exec(prefix)![0];
  const wordsBefore = prefix
    .slice(keyword.length, prefix.length - word.length)
    .split(/\s+/)
    .filter((text) => text !== '');
  const variable = /\$(\{?)(\w*)$/.exec(word);
  if (variable && !/\\\$\{?\w*$/.test(word))
    return variableOffers(file, instruction, variable[1] === '{', variable[2]!, offset);
  const onlyFlags = wordsBefore.every((text) => text.startsWith('--'));
  if (onlyFlags && word.startsWith('-')) return flagOffers(file, instruction, upper, word, wordsBefore, offset);
  return argumentOffers(file, upper, word, wordsBefore, onlyFlags, offset);
}

function instructionOffers(file: DockerfileFile, current?: DockerfileInstruction): Offer[] {
  const others = file.instructions.filter((one) => one !== current && INSTRUCTIONS.has(one.keyword));
  const isLower = others.length > 0 && others.every(({ written }) => written === written.toLowerCase());
  const isFirst = !others.some(({ keyword }) => keyword === 'FROM');
  return Object.entries(INSTRUCTION_DOCS).flatMap(([keyword, doc]): Offer[] => {
    if (keyword === 'MAINTAINER' || (isFirst && keyword !== 'FROM' && keyword !== 'ARG')) return [];
    const label = isLower ? keyword.toLowerCase() : keyword;
    return [
      {
        label,
        kind: 'keyword',
        detail: doc.form,
        documentation: doc.text,
        newText: `${label} ${asSnippet(doc.example)}`,
        isSnippet: true,
      },
    ];
  });
}

/** `<words>` become the places to fill in. */
function asSnippet(example: string): string {
  let count = 0;
  return example.replace(/<([^<>]*)>/g, (_match, text: string) => {
    count++;
    return `\${${count}:${text}}`;
  });
}

function directiveOffers(file: DockerfileFile, before: string, offset: number): DockerfileCompletion[] {
  const isTop = file.source.text
    .slice(0, offset - before.length)
    .split('\n')
    .every((line) => /^\s*(?:#.*=.*)?\r?$/.test(line.replace(/^\ufeff/, '')));
  const check = /^\s*#\s*check\s*=\s*skip\s*=\s*(?:[\w]+,\s*)*(\w*)$/.exec(before);
  if (check)
    return place(
      CHECKS.map((label) => ({ label, kind: 'value', newText: label })),
      check[1]!,
      offset,
    );
  const typed = /^\s*#\s*(\w*)$/.exec(before)?.[1];
  if (!isTop || typed === undefined) return [];
  const given = new Set(file.directives.map(({ name }) => name));
  const values: Readonly<Record<string, string>> = {
    check: 'check=skip=',
    escape: 'escape=`',
    syntax: 'syntax=docker/dockerfile:1',
  };
  return place(
    Object.entries(DIRECTIVE_DOCS).flatMap(([label, documentation]): Offer[] =>
      given.has(label) ? [] : [{ label, kind: 'keyword', documentation, newText: values[label]! }],
    ),
    typed,
    offset,
  );
}

/** The names of Docker's build checks. */
const CHECKS: readonly string[] = [
  'ConsistentInstructionCasing',
  'CopyIgnoredFile',
  'DuplicateStageName',
  'ExposeInvalidFormat',
  'ExposeProtoCasing',
  'FromAsCasing',
  'FromPlatformFlagConstDisallowed',
  'InvalidDefaultArgInFrom',
  'InvalidDefinitionDescription',
  'JSONArgsRecommended',
  'LegacyKeyValueFormat',
  'MaintainerDeprecated',
  'MultipleInstructionsDisallowed',
  'NoEmptyContinuation',
  'RedundantTargetPlatform',
  'ReservedStageName',
  'SecretsUsedInArgOrEnv',
  'StageNameCasing',
  'UndefinedArgInFrom',
  'UndefinedVar',
  'WorkdirRelativePath',
  'all',
];

function variableOffers(
  file: DockerfileFile,
  instruction: DockerfileInstruction,
  braced: boolean,
  typed: string,
  offset: number,
): DockerfileCompletion[] {
  const visible = variableScopes(file).visibleAt(instruction);
  const offers = [...visible.values()].map(
    ({ name, kind }): Offer => ({
      label: name,
      kind: 'variable',
      detail: kind === 'arg' ? 'build argument' : 'ENV',
      newText: name,
    }),
  );
  if (instruction.keyword === 'FROM') {
    for (const name of PLATFORM_ARGUMENTS)
      if (!visible.has(name))
        offers.push({ label: name, kind: 'variable', detail: 'set by the builder', newText: name });
  }
  const closes = braced && file.source.text[offset] !== '}';
  return place(closes ? offers.map((offer) => ({ ...offer, newText: `${offer.newText}}` })) : offers, typed, offset);
}

function flagOffers(
  file: DockerfileFile,
  instruction: DockerfileInstruction,
  keyword: string,
  word: string,
  wordsBefore: readonly string[],
  offset: number,
): DockerfileCompletion[] {
  const grammar = INSTRUCTIONS.get(keyword);
  if (!grammar) return [];
  const equals = word.indexOf('=');
  if (equals >= 0) return flagValueOffers(file, instruction, word.slice(2, equals), word.slice(equals + 1), offset);
  const used = new Set(wordsBefore.map((text) => /^--([\w-]+)/.exec(text)?.[1]));
  return place(
    Object.entries(grammar.flags).flatMap(([name, flag]): Offer[] => {
      if (used.has(name) && !flag.repeatable) return [];
      const label = `--${name}`;
      const documentation = FLAG_DOCS[`${keyword} ${label}`];
      return [
        {
          label,
          kind: 'field',
          newText: flag.value === 'boolean' ? label : `${label}=`,
          ...(documentation === undefined ? {} : { documentation }),
        },
      ];
    }),
    word,
    offset,
  );
}

function flagValueOffers(
  file: DockerfileFile,
  instruction: DockerfileInstruction,
  flag: string,
  typed: string,
  offset: number,
): DockerfileCompletion[] {
  const values = (...labels: readonly string[]) =>
    place(
      labels.map((label) => ({ label, kind: 'value', newText: label })),
      typed,
      offset,
    );
  switch (flag) {
    case 'from':
      return place(stageOffers(file, instruction), typed, offset);
    case 'platform':
      return values('$BUILDPLATFORM', '$TARGETPLATFORM', 'linux/amd64', 'linux/arm64');
    case 'network':
      return values('default', 'none', 'host');
    case 'security':
      return values('sandbox', 'insecure');
    case 'link':
    case 'parents':
    case 'unpack':
    case 'keep-git-dir':
      return values('true', 'false');
    case 'mount':
      return mountOffers(file, instruction, typed, offset);
    default:
      return [];
  }
}

function mountOffers(
  file: DockerfileFile,
  instruction: DockerfileInstruction,
  typed: string,
  offset: number,
): DockerfileCompletion[] {
  const fields = typed.split(',');
  const current = fields[fields.length - 1]!;
  const given = fields.slice(0, -1).map((field) => field.split('=')[0]!.toLowerCase());
  const written =
    fields
      .find((field) => /^type=/i.test(field) && field !== current)
      ?.slice('type='.length)
      .toLowerCase() ?? 'bind';
  const equals = current.indexOf('=');
  if (equals >= 0) {
    const value = current.slice(equals + 1);
    const key = current.slice(0, equals).toLowerCase();
    if (key === 'type') {
      return place(
        Object.entries(MOUNT_TYPE_DOCS).map(([label, documentation]) => ({
          label,
          kind: 'value',
          documentation,
          newText: label,
        })),
        value,
        offset,
      );
    }
    if (key === 'from') return place(stageOffers(file, instruction), value, offset);
    const known = key === 'sharing' ? ['shared', 'private', 'locked'] : key === 'required' ? ['true', 'false'] : [];
    return place(
      known.map((label) => ({ label, kind: 'value', newText: label })),
      value,
      offset,
    );
  }
  const options = Object.hasOwn(MOUNT_OPTIONS, written) ? MOUNT_OPTIONS[written as MountType] : MOUNT_OPTIONS.bind;
  const taken = new Set(given.map((key) => options.get(key) ?? key));
  return place(
    [...new Set(options.values())].flatMap((label): Offer[] => {
      if (taken.has(label)) return [];
      const isBare = label === 'readonly' || label === 'readwrite';
      const documentation = MOUNT_OPTION_DOCS[label];
      return [
        {
          label,
          kind: 'field',
          newText: isBare ? label : `${label}=`,
          ...(documentation === undefined ? {} : { documentation }),
        },
      ];
    }),
    current,
    offset,
  );
}

/** The stages that stand above, which alone can be copied from or built on. */
function stageOffers(file: DockerfileFile, instruction: DockerfileInstruction): Offer[] {
  return file.stages.flatMap((stage): Offer[] => {
    if (!stage.nameWord || stage.index >= instruction.stage) return [];
    return [
      {
        label: stage.nameWord.text,
        kind: 'reference',
        detail: `FROM ${stage.image?.text ?? ''}`,
        newText: stage.nameWord.text,
      },
    ];
  });
}

function argumentOffers(
  file: DockerfileFile,
  keyword: string,
  word: string,
  wordsBefore: readonly string[],
  onlyFlags: boolean,
  offset: number,
): DockerfileCompletion[] {
  const values = (...labels: readonly string[]) =>
    place(
      labels.map((label) => ({ label, kind: 'keyword', newText: label })),
      word,
      offset,
    );
  switch (keyword) {
    case 'FROM': {
      if (!onlyFlags) return wordsBefore.filter((text) => !text.startsWith('--')).length === 1 ? values('AS') : [];
      const instruction = file.instructions.find((one) => isInHead(file, one, offset));
      const stages = instruction ? stageOffers(file, instruction) : [];
      return place(
        [...stages, { label: 'scratch', kind: 'value', detail: 'the empty image', newText: 'scratch' }],
        word,
        offset,
      );
    }
    case 'HEALTHCHECK':
      return onlyFlags ? values('CMD', 'NONE') : [];
    case 'STOPSIGNAL':
      return values('SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH', 'SIGKILL');
    case 'USER':
      return values('nonroot', 'root');
    default:
      return [];
  }
}
