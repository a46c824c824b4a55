import type {
  DockerfileFile,
  DockerfileInstruction,
  DockerfileStage,
} from '../../languages/dockerfile/dockerfileFile.ts';
import { variableReferences } from '../../languages/dockerfile/expandVariables.ts';
import { INSTRUCTIONS } from '../../languages/dockerfile/instructionGrammar.ts';
import { instructionScripts } from '../../languages/dockerfile/instructionScripts.ts';
import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import { stageChain } from '../../languages/dockerfile/stageSettings.ts';
import { PLATFORM_ARGUMENTS, PROXY_ARGUMENTS } from '../../languages/dockerfile/variableScope.ts';
import { unsetVariables } from '../../languages/shell/unsetVariables.ts';
import type { Finding, Fix } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { Span } from '../../text/sourceText.ts';
import { defineDockerfileRule, insert, placeOf, replace } from './dockerfileRule.ts';

/**
 * A variable is empty where nothing has set it. The base image may set any, so this speaks only of names that the file
 * itself defines elsewhere (before the first FROM, further down, in another stage), of near misses, and of images from
 * `scratch`.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/variable-undefined',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['buildkit:UndefinedVar'],
  *check(file) {
    for (const stage of file.stages) {
      for (const instruction of stage.instructions.slice(1)) {
        for (const use of usesOf(file, instruction)) {
          const finding = judge(file, instruction, use);
          if (finding) yield finding;
        }
      }
    }
  },
});

interface VariableUse {
  readonly name: string;
  readonly span: Span;
}

function usesOf(file: DockerfileFile, outer: DockerfileInstruction): VariableUse[] {
  const instruction = outer.trigger ?? outer;
  if (instruction.keyword === 'RUN') {
    const own = new Set(
      instruction.flags.flatMap((flag) =>
        flag.options.flatMap(({ key, value }) => (key === 'env' && value ? [value] : [])),
      ),
    );
    return instructionScripts(instruction, file.source)
      .flatMap((script) => unsetVariables(script.parsed.script))
      .filter(({ name }) => !own.has(name));
  }
  if (!INSTRUCTIONS.get(instruction.keyword)?.expands) return [];
  const words =
    instruction.assignments.length > 0 ? instruction.assignments.map((one) => one.value) : instruction.words;
  return words.flatMap((word) => {
    if (!word?.text.includes('$')) return [];
    return variableReferences(word.text, file.escape).flatMap(({ name, nameSpan, operator }) => {
      // A default, an alternative or a demand (`:?`) says what to do without a value.
      if (operator !== undefined && /^:?[-+?]$/.test(operator)) return [];
      return [{ name, span: instruction.head.span(word.start + nameSpan.start, word.start + nameSpan.end) }];
    });
  });
}

function judge(
  file: DockerfileFile,
  instruction: DockerfileInstruction,
  { name, span }: VariableUse,
): Finding | undefined {
  const scopes = variableScopes(file);
  if (!/^[A-Za-z_]\w*$/.test(name) || SHELL_NAMES.has(name) || scopes.definitionAt(name, instruction)) return undefined;
  // One instruction may set what its own values refer to; that is another rule's subject.
  if (instruction.assignments.some((assignment) => assignment.name === name)) return undefined;
  const stage = file.stages[instruction.stage]!;
  const chain = stageChain(file, stage);
  const root = chain[chain.length - 1]!.base;
  const at = placeOf(file, span);
  const global = scopes.global.definitions.get(name)?.at(-1);
  if (global) {
    // Images often carry their own version under such a name: `NODE_VERSION` in `node`.
    if (root.kind !== 'scratch' && mayBeSetByImage(name, chain[chain.length - 1]?.image?.text ?? '')) return undefined;
    return {
      at,
      message: `ARG ${name} stands before the first FROM; this stage sees it only after an ARG ${name} of its own.`,
      related: [{ at: placeOf(file, global.assignment.nameSpan), message: `${name} is declared here.` }],
      fixes: [declare(file, stage, name)],
    };
  }
  if (PLATFORM_ARGUMENTS.has(name)) {
    return {
      at,
      message: `The builder sets ${name}, but this stage sees it only after an ARG ${name}.`,
      fixes: [declare(file, stage, name)],
    };
  }
  const later = scopes.named(name).find((one) => one.instruction.stage === instruction.stage);
  if (later) {
    return {
      at,
      message: `${name} is set only further down.`,
      related: [{ at: placeOf(file, later.assignment.nameSpan), message: `${name} is set here.` }],
    };
  }
  const candidates = scopes.namesIn(instruction.stage);
  const isSearched = name.length > 3 && candidates.size <= MOST_CANDIDATES;
  // Nothing has to define PATH; only its own letters in another order are taken for it.
  const isPath = [...name].sort().join('') === 'AHPT';
  const nearest = isPath
    ? 'PATH'
    : isSearched
      ? nearestName(
          name,
          [...candidates].filter((one) => scopes.definitionAt(one, instruction)),
        )
      : undefined;
  if (nearest !== undefined) {
    return {
      at,
      message: `${name} is not set; did you mean ${nearest}?`,
      fixes: [{ title: `Write ${nearest}`, safe: false, edits: () => [replace(file, span, nearest)] }],
    };
  }
  if (instruction.trigger || PROXY_ARGUMENTS.has(name)) return undefined;
  const setsNothing = root.kind === 'scratch' || (root.kind === 'image' && BARE_IMAGE.test(root.text));
  const elsewhere = scopes.named(name).find((one) => one.instruction.stage >= 0);
  if (elsewhere) {
    const isOpen = !setsNothing && mayBeSetByImage(name, chain[chain.length - 1]?.image?.text ?? '');
    if (isOpen) return undefined;
    return {
      at,
      message: `${name} is set in another stage only, and what a stage sets ends with it.`,
      related: [{ at: placeOf(file, elsewhere.assignment.nameSpan), message: `${name} is set here.` }],
      ...(setsNothing ? {} : ({ strict: true } as const)),
    };
  }
  if (setsNothing && instruction.keyword !== 'RUN' && name !== 'PATH') return { at, message: `${name} is not set.` };
  return undefined;
}

function declare(file: DockerfileFile, stage: DockerfileStage, name: string): Fix {
  return {
    title: `Declare ARG ${name} in this stage`,
    safe: true,
    edits: () => [insert(file, stage.instruction.span.end, `${file.source.lineBreak}ARG ${name}`)],
  };
}

/** Images of systems that set no variable but PATH. */
const BARE_IMAGE = /^(?:docker\.io\/)?(?:library\/)?(?:alpine|busybox|debian|ubuntu)(?=[:@]|$)/;

/** A file with more variables is made by a program, and programs do not mistype. */
const MOST_CANDIDATES = 200;

/** Set by every shell or by the container itself. */
const SHELL_NAMES: ReadonlySet<string> = new Set(
  (
    'PATH HOME USER LOGNAME SHELL PWD OLDPWD HOSTNAME TERM LANG LC_ALL UID EUID PPID IFS OPTARG OPTIND RANDOM SECONDS LINENO REPLY ' +
    'BASH BASH_VERSION BASH_SOURCE BASHPID FUNCNAME PIPESTATUS MACHTYPE HOSTTYPE OSTYPE TMPDIR DEBIAN_FRONTEND EPOCHSECONDS'
  ).split(' '),
);

function mayBeSetByImage(name: string, image: string): boolean {
  const prefix = name.toLowerCase().split('_')[0]!;
  return image.toLowerCase().includes(prefix) || image.includes('$');
}
