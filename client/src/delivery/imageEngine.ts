import type { BuildProgress } from './buildProgress.ts';
import type { BuildRequest, BuiltImage } from './buildRequest.ts';

/** What an engine knows of an image in its store. */
export interface ImageDescription {
  readonly id: string;
  /** `repository@digest` for every registry that it was pushed to or pulled from. */
  readonly repoDigests: readonly string[];
  readonly sizeBytes: number;
  readonly platform: string;
  readonly config: ImageConfiguration;
}

/** What the image tells a runtime. */
export interface ImageConfiguration {
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly workingFolder: string;
  readonly user: string;
}

/** One layer or configuration step of an image, the newest first. */
export interface HistoryEntry {
  readonly createdBy: string;
  readonly sizeBytes: number;
}

/** How far a push is. */
export interface PushProgress {
  readonly layers: readonly {
    readonly id: string;
    readonly status: string;
    readonly currentBytes: number;
    readonly totalBytes: number;
  }[];
}

/** What a build tells while it runs: its progress, or a notice in words. */
export type BuildReport =
  | { readonly kind: 'progress'; readonly progress: BuildProgress }
  | { readonly kind: 'notice'; readonly text: string };

/** A program to run in a fresh container of an image. */
export interface ContainerRun {
  readonly reference: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: string;
  /** Commands that are run one after the other before, in the same file system. */
  readonly setup?: readonly (readonly string[])[];
  /** Commands that are run after it, in the file system that it leaves. */
  readonly teardown?: readonly (readonly string[])[];
  /** Variables of the machine that are passed on under their names; those that are not set are left out. */
  readonly passedVariables?: readonly string[];
  /** A file of `NAME=value` lines, as `docker run --env-file` reads it. */
  readonly environmentFile?: string;
  readonly isPrivileged?: boolean;
  /** Output and error output are then one. */
  readonly hasTerminal?: boolean;
  /** Linux capabilities that are added, such as `NET_BIND_SERVICE`. */
  readonly capabilities?: readonly string[];
  /** `from:to` or `from:to:ro`, as `docker run --volume` takes them; the folders are those of the engine's machine. */
  readonly mounts?: readonly string[];
}

/** How a program in a container ended. */
export interface ContainerResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The first command of the teardown that failed; the ones after it did not run. */
  readonly failedTeardown?: { readonly command: readonly string[]; readonly exitCode: number };
}

/** A file of an image. */
export interface ImageFile {
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  /** The permission bits with set-user, set-group and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly linkTarget: string;
  /** The content of a regular file, read only when asked for. */
  readonly content: Buffer | undefined;
}

/** The file system of an image, open until it is closed. */
export interface ImageFiles {
  /** The file, or undefined when the image has none there. Symbolic links are followed only for the content. */
  read(path: string, withContent: boolean, signal: AbortSignal): Promise<ImageFile | undefined>;
  /**
   * What lies in a folder and its folders, by the path within it, or undefined when the image has no such folder. The
   * content is read of those regular files that `hasContent` names.
   */
  readFolder(
    path: string,
    hasContent: (name: string) => boolean,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, ImageFile> | undefined>;
  close(): Promise<void>;
}

/** A container engine: Docker, or anything that speaks its API. Every method throws a `Failure` and nothing else. */
export interface ImageEngine {
  /** Its address, for messages. */
  readonly name: string;
  build(request: BuildRequest, report: (report: BuildReport) => void, signal: AbortSignal): Promise<BuiltImage>;
  describe(reference: string, signal: AbortSignal): Promise<ImageDescription | undefined>;
  history(reference: string, signal: AbortSignal): Promise<readonly HistoryEntry[]>;
  /** Pushes and resolves with the digest that the registry now has under the reference. */
  push(reference: string, report: (progress: PushProgress) => void, signal: AbortSignal): Promise<string>;
  /** The digest that the registry has under the reference, or undefined when it has none. */
  remoteDigest(reference: string, signal: AbortSignal): Promise<string | undefined>;
  /** Runs a program to its end; one that the image does not have ends with 127, as in a shell. */
  run(request: ContainerRun, signal: AbortSignal): Promise<ContainerResult>;
  openFiles(reference: string, signal: AbortSignal): Promise<ImageFiles>;
}
