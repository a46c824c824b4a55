import type {
  DockerfileFile,
  DockerfileInstruction,
  DockerfileStage,
} from '../../languages/dockerfile/dockerfileFile.ts';
import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import type { Span } from '../../text/sourceText.ts';

/** A path as written, and what it is after variables and quotes; undefined when a build argument decides. */
export interface CopiedPath {
  readonly written: string;
  readonly value: string | undefined;
  readonly span: Span;
}

/** One COPY or ADD, in whichever form it is written. */
export interface FileCopy {
  readonly instruction: DockerfileInstruction;
  readonly stage: DockerfileStage;
  /** ONBUILD keeps it for another build. */
  readonly deferred: boolean;
  /** Files and folders; heredocs are left out. */
  readonly sources: readonly CopiedPath[];
  readonly heredocCount: number;
  readonly destination: CopiedPath;
  /** The value of `--from`; undefined when the files come from the build context. */
  readonly from: string | undefined;
  readonly hasFlag: (name: string) => boolean;
}

/** Every COPY and ADD of a file that has a source and a destination. */
export function fileCopies(file: DockerfileFile): FileCopy[] {
  return file.stages.flatMap((stage) =>
    stage.instructions.flatMap((outer): FileCopy[] => {
      const instruction = outer.trigger ?? outer;
      if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return [];
      const paths = pathsOf(file, instruction);
      const destination = paths.pop();
      if (!destination || paths.length === 0) return [];
      const heredocs = new Set(instruction.heredocs.map((heredoc) => heredoc.span.start));
      const sources = paths.filter((path) => !heredocs.has(path.span.start));
      const from = instruction.flags.find((flag) => flag.name === 'from')?.value;
      return [
        {
          instruction,
          stage,
          deferred: outer.trigger !== undefined,
          sources,
          heredocCount: paths.length - sources.length,
          destination,
          from: instruction.keyword === 'COPY' ? from : undefined,
          hasFlag: (name) => instruction.flags.some((flag) => flag.name === name),
        },
      ];
    }),
  );
}

function pathsOf(file: DockerfileFile, instruction: DockerfileInstruction): CopiedPath[] {
  if (instruction.json) {
    return instruction.json.items.map(({ value, span }) => ({
      written: value,
      value: value.includes('$') ? undefined : value,
      span,
    }));
  }
  const scopes = variableScopes(file);
  return instruction.words.map((word) => ({
    written: word.text,
    value: scopes.expand(word, instruction).value,
    span: word.span,
  }));
}

const ARCHIVE = /\.(?:tar|tar\.(?:gz|bz2|xz|zst|Z|lzma)|tgz|tbz2?|txz|tlz|taz|tz2)$/;

/** ADD unpacks these by itself. */
export function isTarArchive(path: string): boolean {
  return ARCHIVE.test(path);
}

export function isRemote(path: string): boolean {
  return /^(?:https?|ftp|git|ssh):\/\//i.test(path) || /^[\w.-]+@[\w.-]+:/.test(path) || /\.git(?:[#?]|$)/.test(path);
}

/** An absolute path of Linux or Windows. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || path.startsWith('\\') || /^[A-Za-z]:[\\/]?/.test(path);
}
