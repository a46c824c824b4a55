import {
  type Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  workspace,
} from 'vscode';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import type { KubeObject } from '../cluster/kubeObject.ts';
import { applyEdit, type PlannedEdit, planEdit } from '../cluster/liveEdit.ts';
import { editableText } from '../cluster/objectText.ts';
import { objectPath } from '../cluster/resourceType.ts';
import type { ObjectReference } from '../cluster/tree/clusterNode.ts';

const SCHEME = 'slipway-object';

/** An object that is open as YAML. */
export interface LiveObject {
  readonly api: KubeApi;
  readonly reference: ObjectReference;
}

interface Opened extends LiveObject {
  read: KubeObject;
  text: string;
  modifiedAtMilliseconds: number;
}

/**
 * Objects of clusters as files that can be edited. Saving one asks the API server what it would make of it, shows the
 * difference, and changes the object after a yes; without one the text stays as it was typed, unsaved. A file is read only
 * after it was opened here: an editor that is restored asks no cluster by itself.
 */
export class LiveObjects implements FileSystemProvider, Disposable {
  readonly #opened = new Map<string, Opened>();
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #approve: (object: LiveObject, edit: PlannedEdit) => Promise<boolean>;
  readonly #registration: Disposable;

  /** `approve` shows what would change and throws, or gives false, where that is not wanted. */
  constructor(approve: (object: LiveObject, edit: PlannedEdit) => Promise<boolean>) {
    this.#approve = approve;
    this.#registration = workspace.registerFileSystemProvider(SCHEME, this, { isCaseSensitive: true });
  }

  /** Reads an object and gives the file under which it can be edited. */
  async open(object: LiveObject, signal: AbortSignal): Promise<Uri> {
    const { api, reference } = object;
    const { name, namespace, type } = reference;
    const read = await api.get(objectPath(type, namespace, name), signal);
    const uri = uriOf(api.context, reference);
    const known = this.#opened.has(uri.toString());
    this.#opened.set(uri.toString(), { ...object, read, text: editableText(read), modifiedAtMilliseconds: Date.now() });
    if (known) this.#changed.fire([{ type: FileChangeType.Changed, uri }]);
    return uri;
  }

  stat(uri: Uri): FileStat {
    const { modifiedAtMilliseconds, text } = this.#of(uri);
    return { type: FileType.File, ctime: 0, mtime: modifiedAtMilliseconds, size: Buffer.byteLength(text) };
  }

  readFile(uri: Uri): Uint8Array {
    return Buffer.from(this.#of(uri).text);
  }

  async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
    const opened = this.#of(uri);
    const { api, read, reference } = opened;
    const signal = new AbortController().signal;
    try {
      const edit = await planEdit(api, reference, read, Buffer.from(content).toString('utf8'), signal);
      if (!edit) return;
      if (!(await this.#approve(opened, edit))) throw new Failure('cancelled', 'Nothing was changed.');
      opened.read = await applyEdit(api, reference, edit, signal);
      opened.text = editableText(opened.read);
      opened.modifiedAtMilliseconds = Date.now();
      this.#changed.fire([{ type: FileChangeType.Changed, uri }]);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { advice, message, said } = error.report;
      throw new FileSystemError([message, said, advice].filter((part) => part !== '').join(' '));
    }
  }

  watch(): Disposable {
    return { dispose: () => undefined };
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  #of(uri: Uri): Opened {
    const opened = this.#opened.get(uri.toString());
    if (opened) return opened;
    throw FileSystemError.Unavailable('Open the object again from the Cluster view.');
  }
}

function uriOf(context: string, { name, namespace, type }: ObjectReference): Uri {
  const parts = [context, namespace ?? '-', type.group === '' ? 'core' : type.group, type.kind, `${name}.yaml`];
  return Uri.from({ scheme: SCHEME, path: `/${parts.map(encodeURIComponent).join('/')}` });
}
