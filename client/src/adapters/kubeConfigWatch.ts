import { basename, dirname } from 'node:path';
import { Disposable, RelativePattern, Uri, workspace } from 'vscode';

/** Tells when a kubeconfig is written, removed or created: a new context, a new token, a login that was renewed. */
export class KubeConfigWatch implements Disposable {
  readonly #files: () => readonly string[];
  readonly #changed: () => void;
  #watched: readonly string[] = [];
  #watchers = Disposable.from();

  constructor(files: () => readonly string[], changed: () => void) {
    this.#files = files;
    this.#changed = changed;
    this.follow();
  }

  /** Watches the files that are in force now; to be called when the settings change. */
  follow(): void {
    const files = this.#files();
    if (files.join('\n') === this.#watched.join('\n')) return;
    this.#watched = files;
    this.#watchers.dispose();
    this.#watchers = Disposable.from(...files.flatMap((file) => this.#watch(file)));
    this.#changed();
  }

  dispose(): void {
    this.#watchers.dispose();
  }

  #watch(file: string): Disposable[] {
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.file(dirname(file)), basename(file)));
    return [
      watcher,
      watcher.onDidChange(this.#changed),
      watcher.onDidCreate(this.#changed),
      watcher.onDidDelete(this.#changed),
    ];
  }
}
