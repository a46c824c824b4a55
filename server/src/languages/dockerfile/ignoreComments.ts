import type { IgnorableFinding } from '../language.ts';
import type { DockerfileFile, DockerfileInstruction } from './dockerfileFile.ts';

interface IgnoredIds {
  readonly hadolint: ReadonlySet<string>;
  /** Names of Docker's build checks in lower case; `all` stands for every one. */
  readonly buildkit: ReadonlySet<string>;
}

/**
 * Whether a comment that other tools know silences a finding: `# hadolint ignore=DL3008,SC2086` above an instruction,
 * `# hadolint global ignore=…` anywhere, `# check=skip=…` at the top of the file or above an instruction.
 */
export function ignoredByComments(file: DockerfileFile): (finding: IgnorableFinding) => boolean {
  const everywhere: IgnoredIds = {
    hadolint: new Set(file.comments.flatMap(({ text }) => idsIn(text, GLOBAL))),
    buildkit: new Set((file.check?.skip ?? []).map((name) => name.toLowerCase())),
  };
  const atInstruction = new Map<DockerfileInstruction, IgnoredIds>();
  for (const instruction of file.instructions) {
    const above = instruction.commentsAbove.map(({ text }) => text);
    const hadolint = new Set(above.flatMap((text) => idsIn(text, LOCAL)));
    const buildkit = new Set(above.flatMap((text) => idsIn(text, CHECK)).map((name) => name.toLowerCase()));
    if (hadolint.size + buildkit.size > 0) atInstruction.set(instruction, { hadolint, buildkit });
  }
  if (everywhere.hadolint.size + everywhere.buildkit.size + atInstruction.size === 0) return () => false;
  return ({ equivalents, span }) => {
    const instruction = atInstruction.size > 0 ? instructionAt(file, span.start) : undefined;
    const here = instruction && atInstruction.get(instruction);
    return equivalents.some((id) => isIgnored(id, everywhere) || (here !== undefined && isIgnored(id, here)));
  };
}

const LOCAL = /^hadolint\s+ignore\s*=\s*(.+)$/;
const GLOBAL = /^hadolint\s+global\s+ignore\s*=\s*(.+)$/;
const CHECK = /^check\s*=\s*(?:.*;)?\s*skip\s*=\s*([^;]+)/;

function idsIn(text: string, form: RegExp): string[] {
  const list = form.exec(text)?.[1];
  // What follows a blank or another # is the author's reason.
  return list === undefined ? [] : (/^[^#]*/.exec(list)![0].match(/[A-Za-z][A-Za-z0-9]*/g) ?? []);
}

function isIgnored(equivalent: string, ids: IgnoredIds): boolean {
  const colon = equivalent.indexOf(':');
  const tool = equivalent.slice(0, colon);
  const id = equivalent.slice(colon + 1);
  if (tool === 'hadolint') return ids.hadolint.has(id);
  return tool === 'buildkit' && (ids.buildkit.has('all') || ids.buildkit.has(id.toLowerCase()));
}

/** The instruction whose text holds the offset. */
export function instructionAt(file: DockerfileFile, offset: number): DockerfileInstruction | undefined {
  const { instructions } = file;
  let low = 0;
  let high = instructions.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (instructions[middle]!.span.start <= offset) low = middle;
    else high = middle - 1;
  }
  const found = instructions[low];
  return found && found.span.start <= offset && offset <= found.span.end ? found : undefined;
}
