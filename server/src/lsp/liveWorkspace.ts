import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { isPipelineEvidence } from '../features/pipeline.ts';
import { SourceText } from '../text/sourceText.ts';
import type { FileChange, Snapshot, World } from '../workspace/world.ts';
import { canonicalUri } from './canonicalUri.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';

/** A document that the client has open. It counts in place of the file on disk. */
export interface OpenDocument {
  /** The client's own spelling of the URI. */
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

/** What the disk is said to have done; `uri` may be a folder. */
export interface FileEvent {
  readonly uri: string;
  readonly type: 'created' | 'changed' | 'deleted';
}

/**
 * The world as a client shows it: the files of its folders, overridden by its open documents. A keystroke only notes the
 * new text; it is parsed when somebody next asks for a snapshot.
 */
export class LiveWorkspace {
  readonly #world: World;
  readonly #files: WorkspaceFiles;
  readonly #log: (message: string) => void;
  readonly #open = new Map<string, OpenDocument>();
  /** What was read from disk, so that closing a document brings its file back, or nothing. */
  readonly #onDisk = new Set<string>();
  readonly #pending = new Map<string, string | undefined>();
  readonly #evidence = new Map<string, string>();
  readonly #listeners: ((uris: readonly string[]) => void)[] = [];
  #folders: readonly string[] = [];
  #isLoaded = false;

  constructor(world: World, files: WorkspaceFiles, log: (message: string) => void) {
    this.#world = world;
    this.#files = files;
    this.#log = log;
  }

  /** False until every folder was read: before that, nothing may be called missing. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** The canonical URIs of the folders that are read. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  get openDocuments(): ReadonlyMap<string, OpenDocument> {
    return this.#open;
  }

  /** Files that prove something about an application although no language reads them, with their text on disk. */
  get evidence(): ReadonlyMap<string, string> {
    return this.#evidence;
  }

  snapshot(): Snapshot {
    if (this.#pending.size > 0) {
      const changes = [...this.#pending].map(([uri, text]): FileChange => ({ uri, text }));
      this.#pending.clear();
      this.#world.apply(changes);
    }
    return this.#world.snapshot();
  }

  /** Called with the canonical URIs of what changed, after each change. */
  onDidChange(listener: (uris: readonly string[]) => void): void {
    this.#listeners.push(listener);
  }

  /** What is derived from the files counts no longer: something beside them has changed. */
  reconsider(): void {
    this.#world.apply([]);
    this.#announce([]);
  }

  open(uri: string, version: number, text: string): void {
    const key = canonicalUri(uri);
    this.#open.set(key, { uri, version, text });
    this.#note([[key, text]]);
  }

  /** Applies the changes of one notification in their order, as the protocol asks. */
  edit(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const key = canonicalUri(uri);
    const document = this.#open.get(key);
    if (!document) return;
    const text = changes.reduce((before, change) => applyChange(key, before, change), document.text);
    this.#open.set(key, { ...document, version, text });
    this.#note([[key, text]]);
  }

  async close(uri: string): Promise<void> {
    const key = canonicalUri(uri);
    this.#open.delete(key);
    if (this.#onDisk.has(key)) await this.#readAgain([key]);
    else this.#note([[key, undefined]]);
  }

  /** Reads all folders anew. `progress` hears how many files were read so far. */
  async load(folders: readonly string[], signal: AbortSignal, progress: (filesRead: number) => void): Promise<void> {
    this.#folders = folders.map(canonicalUri);
    const gone = new Set(this.#onDisk);
    let filesRead = 0;
    for (const folder of this.#folders) {
      const found: [string, string][] = [];
      try {
        for await (const file of this.#files.read(folder, (uri) => this.#isOfInterest(uri), signal)) {
          if (!('text' in file)) {
            this.#log(`${file.uri}: ${file.message}`);
            continue;
          }
          found.push([file.uri, file.text]);
          gone.delete(file.uri);
          filesRead++;
          if (filesRead % 50 === 0) {
            progress(filesRead);
            this.#noteOnDisk(found.splice(0));
          }
        }
      } catch (error) {
        if (signal.aborted) throw error;
        this.#log(`${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      }
      this.#noteOnDisk(found);
    }
    this.#forget([...gone]);
    this.#isLoaded = true;
    this.#announce([]);
  }

  /** Takes over what a file watcher saw. Open documents stay as they are. */
  async filesChanged(events: readonly FileEvent[]): Promise<void> {
    const created: string[] = [];
    const changed: string[] = [];
    for (const { uri, type } of events) {
      const key = canonicalUri(uri);
      if (type === 'deleted') {
        this.#forget([...this.#onDisk].filter((known) => known === key || known.startsWith(`${key}/`)));
      } else if (this.#onDisk.has(key)) {
        changed.push(key);
      } else {
        created.push(key);
      }
    }
    await this.#readAgain(changed);
    await this.#findCreated(created);
  }

  async #readAgain(uris: readonly string[]): Promise<void> {
    const found: [string, string][] = [];
    for (const uri of uris) {
      try {
        for await (const file of this.#files.read(uri, () => true, NEVER)) {
          if ('text' in file) found.push([file.uri, file.text]);
          else this.#forget([uri]);
        }
      } catch {
        // The file went away between the event and this look at it.
        this.#forget([uri]);
      }
    }
    this.#noteOnDisk(found);
  }

  /** Walks the folders once for all new names, so that what lies in a folder that tools fill stays out. */
  async #findCreated(uris: readonly string[]): Promise<void> {
    const isNew = (uri: string): boolean =>
      this.#isOfInterest(uri) && uris.some((created) => uri === created || uri.startsWith(`${created}/`));
    const folders = this.#folders.filter((folder) => uris.some((uri) => uri.startsWith(folder)));
    for (const folder of folders) {
      const found: [string, string][] = [];
      for await (const file of this.#files.read(folder, isNew, NEVER)) {
        if ('text' in file) found.push([file.uri, file.text]);
      }
      this.#noteOnDisk(found);
    }
  }

  #isOfInterest(uri: string): boolean {
    return this.#world.isOfInterest(uri) || isPipelineEvidence(uri);
  }

  #noteOnDisk(found: readonly (readonly [string, string])[]): void {
    for (const [uri, text] of found) {
      this.#onDisk.add(uri);
      if (isPipelineEvidence(uri)) this.#evidence.set(uri, text);
    }
    this.#note(found.filter(([uri]) => !this.#open.has(uri)));
  }

  #forget(uris: readonly string[]): void {
    for (const uri of uris) {
      this.#onDisk.delete(uri);
      this.#evidence.delete(uri);
    }
    this.#note(uris.filter((uri) => !this.#open.has(uri)).map((uri) => [uri, undefined]));
  }

  #note(changes: readonly (readonly [string, string | undefined])[]): void {
    for (const [uri, text] of changes) this.#pending.set(uri, text);
    if (changes.length > 0) this.#announce(changes.map(([uri]) => uri));
  }

  #announce(uris: readonly string[]): void {
    for (const listener of this.#listeners) listener(uris);
  }
}

const NEVER = new AbortController().signal;

function applyChange(uri: string, before: string, change: TextDocumentContentChangeEvent): string {
  if (!('range' in change)) return change.text;
  const source = new SourceText(uri, before);
  const start = source.offsetAt(change.range.start);
  const end = Math.max(start, source.offsetAt(change.range.end));
  return before.slice(0, start) + change.text + before.slice(end);
}
