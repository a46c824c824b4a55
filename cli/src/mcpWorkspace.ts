import { realpathSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ToolRefusal } from '../../server/src/assistant/toolRefusal.ts';
import type { ToolWorkspace } from '../../server/src/assistant/toolWorkspace.ts';
import { type DiagnosticOptions, diagnose } from '../../server/src/features/diagnostics.ts';
import { outerConfigurations } from '../../server/src/host/outerConfigurations.ts';
import { readWorkspace } from '../../server/src/host/workspaceFiles.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import type { ReportedFinding } from '../../server/src/rules/runRules.ts';
import { type FileChange, World } from '../../server/src/workspace/world.ts';
import { diagnosticOptions, KNOWN_RULES } from './diagnosticOptions.ts';
import { unreadableFinding } from './loadWorld.ts';
import { readPage } from './readPage.ts';
import { writeChange } from './writeChange.ts';

/** How long a call may keep others, and its own cancellation, waiting. */
const SLICE_MILLISECONDS = 25;

/** One use of a tool: it may be cancelled, and tells how far it is. */
export interface McpCall {
  readonly signal: AbortSignal;
  report(progress: number, total: number | undefined, message: string): Promise<void>;
}

/** The files below some folders, whose paths are free of symbolic links. What a link leads to outside of them is left out. */
export class McpWorkspace {
  readonly #folders: readonly string[];
  readonly #program: string;
  readonly #options: DiagnosticOptions;
  readonly #world = new World(LANGUAGES);

  constructor(folders: readonly string[], program: string) {
    this.#folders = folders;
    this.#program = program;
    this.#options = diagnosticOptions(program, () => {});
  }

  /** What the tools see: the files as they are on disk now. Rejects when the call is cancelled. */
  async read(call: McpCall): Promise<ToolWorkspace> {
    const own = new Map<string, FileChange>();
    const outer = new Map<string, FileChange>();
    const unreadable = new Map<string, ReportedFinding>();
    const slice = new Slice(call);
    const isWanted = (uri: string): boolean => this.#world.isOfInterest(uri) && this.#isInside(realpathOf(uri));
    for (const folder of this.#folders) {
      for await (const found of readWorkspace(folder, isWanted, call.signal)) {
        if ('text' in found) own.set(found.uri, found);
        else unreadable.set(found.uri, unreadableFinding(found));
        await slice.rest(() => call.report(own.size, undefined, `Read ${own.size} files`));
      }
      for (const found of await outerConfigurations(folder)) if ('text' in found) outer.set(found.uri, found);
    }
    // Between here and the snapshot nothing waits, so that calls at the same time do not mix.
    const changes = new Map<string, FileChange>(
      [...this.#world.snapshot().files.keys()].map((uri) => [uri, { uri, text: undefined }]),
    );
    for (const change of [...outer.values(), ...own.values()]) changes.set(change.uri, change);
    this.#world.apply(changes.values());
    const snapshot = this.#world.snapshot();
    const files = [...snapshot.files.keys()].filter((uri) => own.has(uri)).concat(...unreadable.keys());
    const read = own.size;
    return {
      snapshot,
      files,
      patterns: PATTERNS,
      known: KNOWN_RULES,
      findingsOf: (uri, profile) => {
        const problem = unreadable.get(uri);
        const options = profile === undefined ? this.#options : { ...this.#options, forcedProfile: profile };
        return problem ? [problem] : diagnose(snapshot, uri, options);
      },
      page: (id) => readPage(id, this.#program),
      pathOf: (uri) => this.#pathOf(uri),
      uriOf: (named) => this.#uriOf(named),
      write: (change) => writeChange(change, snapshot, (file) => this.#isInside(file)),
      rest: (done, total) => slice.rest(() => call.report(read + done, read + total, `Looked at ${done} of ${total}`)),
    };
  }

  #isInside(file: string | undefined): boolean {
    return file !== undefined && this.#folders.some((folder) => file === folder || file.startsWith(folder + path.sep));
  }

  #pathOf(uri: string): string {
    const file = fileURLToPath(uri);
    const [only, ...others] = this.#folders;
    const isRelative = others.length === 0 && only !== undefined && this.#isInside(file);
    return (isRelative ? path.relative(only, file) : file).split(path.sep).join('/');
  }

  async #uriOf(named: string): Promise<string> {
    const [first = '.'] = this.#folders;
    const file = path.resolve(first, named);
    let real: string;
    try {
      real = await realpath(file);
    } catch {
      // Whether something exists outside of the workspace is not told either.
      if (!this.#isInside(file)) throw outside(named);
      throw new ToolRefusal(`There is no file or folder '${named}' in the workspace.`);
    }
    if (!this.#isInside(real)) throw outside(named);
    return pathToFileURL(this.#isInside(file) ? file : real).href;
  }
}

function outside(named: string): ToolRefusal {
  return new ToolRefusal(`'${named}' lies outside of the workspace.`);
}

function realpathOf(uri: string): string | undefined {
  try {
    return realpathSync(fileURLToPath(uri));
  } catch {
    // A link that leads nowhere is nothing to read.
    return undefined;
  }
}

/** Divides a call into slices, between which messages of the assistant are read. */
class Slice {
  readonly #call: McpCall;
  #start = performance.now();

  constructor(call: McpCall) {
    this.#call = call;
  }

  async rest(report: () => Promise<void>): Promise<void> {
    if (performance.now() - this.#start < SLICE_MILLISECONDS) return;
    await report();
    await new Promise(setImmediate);
    this.#call.signal.throwIfAborted();
    this.#start = performance.now();
  }
}
