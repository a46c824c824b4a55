/** A file that was read, or the words why a file or folder could not be. */
export type FoundFile =
  | { readonly uri: string; readonly text: string }
  | { readonly uri: string; readonly problem: string; readonly message: string };

/** The port through which the server reads the disk. */
export interface WorkspaceFiles {
  /**
   * Reads the files below `start` (a folder, or one file) whose URI `isWanted`, in a stable order and without the folders
   * that tools fill. What cannot be read is yielded as a problem. Throws when `start` does not exist or `signal` aborts.
   */
  read(start: string, isWanted: (uri: string) => boolean, signal: AbortSignal): AsyncIterable<FoundFile>;
}
