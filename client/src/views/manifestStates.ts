import { type Disposable, EventEmitter, type FileDecoration, ThemeColor, type Uri, window } from 'vscode';
import type { ManifestSync } from '../cluster/manifestSync.ts';

/** One object of a manifest file, and how it compares with the cluster. */
export interface ComparedManifest {
  /** `Deployment shop/cart`. */
  readonly name: string;
  readonly sync: ManifestSync;
}

/** What was found out about a file: when it was compared, and with what. */
export interface ComparedFile {
  readonly context: string;
  readonly namespace: string;
  readonly manifests: readonly ComparedManifest[];
}

/** How the manifests of the workspace compare with the cluster, as a letter and a colour on their files. */
export class ManifestStates implements Disposable {
  readonly #files = new Map<string, ComparedFile>();
  readonly #changed = new EventEmitter<Uri[]>();
  readonly #registration = window.registerFileDecorationProvider({
    onDidChangeFileDecorations: this.#changed.event,
    provideFileDecoration: (uri) => this.#decorationOf(uri),
  });

  /** What is known of a file; undefined for one that was not compared. */
  of(uri: Uri): ComparedFile | undefined {
    return this.#files.get(uri.toString());
  }

  note(uri: Uri, file: ComparedFile): void {
    this.#files.set(uri.toString(), file);
    this.#changed.fire([uri]);
  }

  /** Forgets a file that was changed or removed since. */
  forget(uri: Uri): void {
    if (this.#files.delete(uri.toString())) this.#changed.fire([uri]);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  #decorationOf(uri: Uri): FileDecoration | undefined {
    const file = this.#files.get(uri.toString());
    if (!file) return undefined;
    const states = file.manifests.map(({ sync }) => sync.state);
    const worst = (['drifted', 'missing', 'unknown', 'in sync'] as const).find((state) => states.includes(state));
    if (worst === undefined) return undefined;
    const count = states.filter((state) => state === worst).length;
    const tooltip = `${count} of ${states.length} ${worst} on ${file.context}`;
    if (worst === 'drifted') return { badge: 'D', tooltip, color: new ThemeColor('list.warningForeground') };
    if (worst === 'missing') return { badge: 'M', tooltip, color: new ThemeColor('list.errorForeground') };
    return worst === 'unknown' ? { badge: '?', tooltip } : { badge: '✓', tooltip };
  }
}
