import type { FileFacts, Language, ParsedFile } from '../languages/language.ts';
import { SourceText } from '../text/sourceText.ts';
import { Derivations } from './derivations.ts';
import { buildGraph } from './indexedGraph.ts';
import type { ResourceGraph } from './resourceGraph.ts';
import { SetIndexes } from './setIndexes.ts';

/** A file's new text, or undefined where the file is gone. */
export interface FileChange {
  readonly uri: string;
  readonly text: string | undefined;
}

/** One file as it stands in a snapshot. */
export interface LoadedFile {
  readonly language: Language;
  readonly parsed: ParsedFile;
  readonly facts: FileFacts;
}

/** One immutable state of the workspace. Everything derived is computed on first use and kept. */
export interface Snapshot {
  readonly files: ReadonlyMap<string, LoadedFile>;
  readonly graph: ResourceGraph;
}

/** The only mutable object of the core: the texts of the workspace, and their latest snapshot. */
export class World {
  readonly #languages: readonly Language[];
  #files: ReadonlyMap<string, LoadedFile> = new Map();
  #snapshot: Snapshot | undefined;
  /** Those of the last graph, of which the next one takes over what did not change. */
  #sets: SetIndexes | undefined;
  readonly #derivations = new Derivations();

  constructor(languages: readonly Language[]) {
    this.#languages = languages;
  }

  /** A file whose name no language knows need not be read at all. */
  isOfInterest(uri: string): boolean {
    return this.#languages.some((language) => language.files.test(uri));
  }

  apply(changes: Iterable<FileChange>): void {
    const files = new Map(this.#files);
    for (const { uri, text } of changes) {
      const loaded = text === undefined ? undefined : this.#load(uri, text, files.get(uri));
      if (loaded) files.set(uri, loaded);
      else files.delete(uri);
    }
    this.#files = files;
    this.#snapshot = undefined;
  }

  snapshot(): Snapshot {
    this.#snapshot ??= new LazySnapshot(this.#files, (files) => this.#graphOf(files));
    return this.#snapshot;
  }

  #graphOf(files: ReadonlyMap<string, LoadedFile>): ResourceGraph {
    const before = this.#sets;
    const sets = SetIndexes.of(files, before);
    this.#sets = sets;
    this.#derivations.advance(before && sets.editsSince(before));
    return buildGraph(files, sets, this.#derivations);
  }

  #load(uri: string, text: string, previous: LoadedFile | undefined): LoadedFile | undefined {
    if (previous?.parsed.source.text === text) return previous;
    const language = this.#languages.find((candidate) => candidate.files.test(uri) && candidate.claims(uri, text));
    if (!language) return undefined;
    const before = previous?.language === language ? previous.parsed : undefined;
    const parsed = language.parse(new SourceText(uri, text), before);
    return { language, parsed, facts: language.facts(parsed) };
  }
}

class LazySnapshot implements Snapshot {
  readonly files: ReadonlyMap<string, LoadedFile>;
  readonly #build: (files: ReadonlyMap<string, LoadedFile>) => ResourceGraph;
  #graph: ResourceGraph | undefined;

  constructor(
    files: ReadonlyMap<string, LoadedFile>,
    build: (files: ReadonlyMap<string, LoadedFile>) => ResourceGraph,
  ) {
    this.files = files;
    this.#build = build;
  }

  get graph(): ResourceGraph {
    this.#graph ??= this.#build(this.files);
    return this.#graph;
  }
}
