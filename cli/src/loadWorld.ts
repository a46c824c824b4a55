import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { outerConfigurations } from '../../server/src/host/outerConfigurations.ts';
import { BLOCKING, type FoundFile, readWorkspace } from '../../server/src/host/workspaceFiles.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import type { ReportedFinding } from '../../server/src/rules/runRules.ts';
import type { Place } from '../../server/src/text/sourceNode.ts';
import { SourceText } from '../../server/src/text/sourceText.ts';
import { type FileChange, World } from '../../server/src/workspace/world.ts';
import { CommandLineError } from './commandLineError.ts';

export type Unreadable = Extract<FoundFile, { problem: string }>;

export interface LoadedWorld {
  readonly world: World;
  /** Files and folders that could not be read. */
  readonly unreadable: readonly Unreadable[];
  /** How many files were read below the paths. */
  readonly files: number;
  /** Settings that lie above the paths: they count, and are not checked themselves. */
  readonly outer: ReadonlySet<string>;
}

/** Reads everything below `paths` into one world. A missing path is a usage error; an unreadable one is not. */
export async function loadWorld(paths: readonly string[]): Promise<LoadedWorld> {
  const world = new World(LANGUAGES);
  const changes = new Map<string, FileChange>();
  const unreadable: Unreadable[] = [];
  const outer = new Map<string, FileChange>();
  for (const start of paths) {
    try {
      for await (const found of readWorkspace(start, (uri) => world.isOfInterest(uri), undefined, BLOCKING)) {
        if ('text' in found) changes.set(found.uri, found);
        else unreadable.push(found);
      }
      for (const found of await outerConfigurations(start)) if ('text' in found) outer.set(found.uri, found);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        throw new CommandLineError(`There is no file or folder '${start}'.`);
      throw error;
    }
  }
  for (const uri of changes.keys()) outer.delete(uri);
  world.apply([...outer.values(), ...changes.values()]);
  return { world, unreadable, files: changes.size, outer: new Set(outer.keys()) };
}

/** What is to be said of a file or folder that could not be read. */
export function unreadableFinding({ message, problem, uri }: Unreadable): ReportedFinding {
  const at: Place = { source: new SourceText(uri, ''), span: { start: 0, end: 0 } };
  return { rule: { id: `syntax/${problem}` }, severity: 'warning', finding: { at, message } };
}

/** The path as a person in the working directory writes it, with `/` on every system. */
export function relativePath(uri: string): string {
  const base = `${pathToFileURL(process.cwd()).href}/`;
  if (uri.startsWith(base)) return decodeURIComponent(uri.slice(base.length));
  return (
    path
      .relative(process.cwd(), decodeURIComponent(new URL(uri).pathname))
      .split(path.sep)
      .join('/') || '.'
  );
}
