import type { Span, TextEdit } from '../../text/sourceText.ts';
import type { DockerfileFile } from './dockerfileFile.ts';
import { dockerfileOccurrences, occurrenceAt, sameSymbol } from './dockerfileSymbols.ts';
import { variableScopes } from './stageRuns.ts';
import { BUILDKIT_ARGUMENTS, PLATFORM_ARGUMENTS, PROXY_ARGUMENTS } from './variableScope.ts';

/** Where the stage or variable at the offset gets its name and value. `ARG NAME` leads on to the one before FROM. */
export function definitionsAt(file: DockerfileFile, offset: number): Span[] {
  const symbol = occurrenceAt(file, offset);
  if (!symbol) return [];
  if (symbol.kind === 'stage') {
    const { nameWord, instruction } = symbol.stage;
    return [nameWord?.span ?? instruction.headSpan];
  }
  const { definition, name } = symbol;
  if (!definition) return [];
  const isImport =
    definition.kind === 'arg' && definition.assignment.value === undefined && definition.instruction.stage >= 0;
  const outer = isImport ? variableScopes(file).global.definitions.get(name)?.at(-1) : undefined;
  return [(outer ?? definition).assignment.nameSpan];
}

/** Every use of the stage or variable at the offset, its definitions left out. */
export function referencesAt(file: DockerfileFile, offset: number): Span[] {
  const symbol = occurrenceAt(file, offset);
  if (!symbol) return [];
  return sameSymbol(file, symbol).flatMap(({ role, span }) => (role === 'use' ? [span] : []));
}

/** Every place of the stage or variable at the offset, definitions included. */
export function highlightsAt(file: DockerfileFile, offset: number): Span[] {
  const symbol = occurrenceAt(file, offset);
  return symbol ? sameSymbol(file, symbol).map(({ span }) => span) : [];
}

export type DockerfileRename =
  | { readonly status: 'edits'; readonly edits: readonly TextEdit[] }
  /** Why the name can't be changed, in words for the person. */
  | { readonly status: 'refused'; readonly reason: string };

/** The name that a rename at the offset would change. */
export function renameSpanAt(file: DockerfileFile, offset: number): Span | undefined {
  const symbol = occurrenceAt(file, offset);
  if (!symbol || (symbol.kind === 'stage' && /^\d+$/.test(symbol.text))) return undefined;
  if (symbol.kind === 'variable' && (!isOwn(file, symbol.name) || isGiven(symbol.name))) return undefined;
  return symbol.span;
}

/** Renames the stage or variable at the offset in the whole file, the shell of RUN included. */
export function renameAt(file: DockerfileFile, offset: number, newName: string): DockerfileRename {
  const symbol = occurrenceAt(file, offset);
  if (!symbol || !renameSpanAt(file, offset)) return { status: 'refused', reason: 'Nothing here can be renamed.' };
  if (symbol.kind === 'stage') {
    if (!/^[a-z][a-z0-9-_.]*$/i.test(newName)) {
      return {
        status: 'refused',
        reason: 'A stage name begins with a letter and holds letters, digits, "-", "_" and ".".',
      };
    }
    if (file.stages.some((stage) => stage !== symbol.stage && stage.name === newName.toLowerCase())) {
      return { status: 'refused', reason: `There is a stage ${newName} already.` };
    }
  } else {
    if (!/^[A-Za-z_]\w*$/.test(newName)) {
      return {
        status: 'refused',
        reason: 'A variable is made of letters, digits and "_", and does not begin with a digit.',
      };
    }
    if (
      isGiven(newName) ||
      dockerfileOccurrences(file).some((other) => other.kind === 'variable' && other.name === newName)
    ) {
      return { status: 'refused', reason: `There is a variable ${newName} already.` };
    }
  }
  const { uri } = file.source;
  const places = sameSymbol(file, symbol).filter((place) => place.kind !== 'stage' || !/^\d+$/.test(place.text));
  return { status: 'edits', edits: places.map(({ span }) => ({ uri, span, newText: newName })) };
}

/** The file itself gives the variable a value or declares it. */
function isOwn(file: DockerfileFile, name: string): boolean {
  return dockerfileOccurrences(file).some(
    (one) => one.kind === 'variable' && one.role === 'definition' && one.name === name,
  );
}

/** Names that the builder or the system gives a meaning. */
function isGiven(name: string): boolean {
  return (
    PLATFORM_ARGUMENTS.has(name) ||
    PROXY_ARGUMENTS.has(name) ||
    BUILDKIT_ARGUMENTS.has(name) ||
    name === 'PATH' ||
    name === 'HOME'
  );
}
