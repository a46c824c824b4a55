import type { Duplex } from 'node:stream';
import type { KubeObject } from './kubeObject.ts';
import type { ResourceType } from './resourceType.ts';

/** Which objects of a collection are meant. */
export interface Selection {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** One complete list of a collection, read in pages but given as one. */
export interface ObjectList {
  readonly resourceVersion: string;
  readonly items: readonly KubeObject[];
}

/** One event of a watch. A `BOOKMARK` carries nothing but a newer resource version. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: KubeObject;
}

/** How an object is written. Without `force`, another manager's fields are refused with a `conflict` failure. */
export interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly force?: boolean;
  /** Who owns the fields; Slipway unless told. */
  readonly fieldManager?: string;
}

/** How an object is patched; the field manager is always Slipway's. */
export interface PatchOptions {
  readonly type: 'json' | 'merge' | 'strategic';
  readonly dryRun?: boolean;
  readonly subresource?: string;
}

/** How an object is deleted. `uid` refuses to delete a namesake that was created meanwhile. */
export interface DeleteOptions {
  readonly dryRun?: boolean;
  readonly propagation?: 'Foreground' | 'Background' | 'Orphan';
  readonly uid?: string;
}

/** Which part of a container's log is read. */
export interface LogOptions {
  readonly container?: string;
  readonly follow?: boolean;
  readonly previous?: boolean;
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  readonly timestamps?: boolean;
}

/** A command to run in a container. */
export interface ExecRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly command: readonly string[];
  readonly stdin?: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr?: NodeJS.WritableStream;
  readonly tty?: boolean;
}

/**
 * The API server of one context. Every method throws a `Failure` and nothing else; every request ends when its signal
 * fires. The field manager of every write is `slipway` unless its options name another.
 */
export interface KubeApi {
  /** The name of the context that this speaks to, for messages. */
  readonly context: string;
  /** The kinds that the server offers. Groups whose server does not answer are left out, never a reason to fail. */
  discovery(signal: AbortSignal): Promise<readonly ResourceType[]>;
  list(path: string, selection: Selection, signal: AbortSignal): Promise<ObjectList>;
  /**
   * Resolves when the server has accepted the watch, with the events after the resource version. They end when the
   * server closes the watch; `expired` is thrown, at once or by the events, when the version is too old to go on from.
   */
  watch(
    path: string,
    resourceVersion: string,
    selection: Selection,
    signal: AbortSignal,
  ): Promise<AsyncIterable<WatchEvent>>;
  get(path: string, signal: AbortSignal): Promise<KubeObject>;
  /** Creates an object by POST: for reviews, which have no name, and for what must not exist yet. */
  create(path: string, object: object, signal: AbortSignal): Promise<KubeObject>;
  apply(path: string, object: KubeObject, options: ApplyOptions, signal: AbortSignal): Promise<KubeObject>;
  patch(path: string, patch: unknown, options: PatchOptions, signal: AbortSignal): Promise<KubeObject>;
  delete(path: string, options: DeleteOptions, signal: AbortSignal): Promise<void>;
  /** The lines of a container's log, without line ends. */
  logs(namespace: string, pod: string, options: LogOptions, signal: AbortSignal): AsyncIterable<string>;
  /** Resolves with the command's exit code. */
  exec(request: ExecRequest, signal: AbortSignal): Promise<number>;
  /** One connection to a port of a pod; ends when either side closes it. */
  portForward(namespace: string, pod: string, port: number, signal: AbortSignal): Promise<Duplex>;
}
