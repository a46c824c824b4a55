import { commands, type Disposable, EventEmitter, TabInputTextDiff, Uri, window, workspace } from 'vscode';
import type { DocumentReview } from '../delivery/review.ts';

const SCHEME = 'slipway-review';

/** The text of a file before and after a change; empty before where the file is new. */
export interface FileChange {
  readonly file: Uri;
  readonly before: string;
  readonly after: string;
}

/** Shows what an apply would do as diffs of virtual documents: on the left the cluster, on the right the manifest. */
export class ReviewDocuments implements Disposable {
  readonly #texts = new Map<string, string>();
  /** The right sides of the diffs that were opened of the review that is held. */
  readonly #opened = new Set<string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
  });

  /** Takes the place of the former review. */
  hold(context: string, reviews: readonly DocumentReview[]): void {
    this.#texts.clear();
    this.#opened.clear();
    for (const review of reviews) {
      for (const side of ['live', 'planned'] as const) {
        const uri = uriOf(context, review, side);
        this.#texts.set(uri.toString(), (side === 'live' ? review.diff?.before : review.diff?.after) ?? '');
        this.#changed.fire(uri);
      }
    }
  }

  /** Opens the diff of one document, and leaves the focus where it is. */
  async open(context: string, review: DocumentReview): Promise<void> {
    const title = `${nameOf(review)} (${context} ↔ manifest)`;
    const options = { preview: true, preserveFocus: true };
    this.#opened.add(uriOf(context, review, 'planned').toString());
    await commands.executeCommand(
      'vscode.diff',
      uriOf(context, review, 'live'),
      uriOf(context, review, 'planned'),
      title,
      options,
    );
  }

  /** Closes the diffs that were opened of the review that is held; a tab that was pinned meanwhile stays. */
  async close(): Promise<void> {
    const tabs = window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        ({ input, isPinned }) =>
          input instanceof TabInputTextDiff && !isPinned && this.#opened.has(input.modified.toString()),
      );
    this.#opened.clear();
    // A tab that somebody closes in this moment cannot be closed again, and nothing depends on it.
    if (tabs.length > 0) await window.tabGroups.close(tabs, true).then(undefined, () => undefined);
  }

  /** Opens the changes of several files at once, which exist nowhere yet. */
  async compare(title: string, changes: readonly FileChange[]): Promise<void> {
    const resources = changes.map(({ after, before, file }) => {
      const [left, right] = [
        ['before', before],
        ['after', after],
      ].map(([side = '', text = '']) => {
        const uri = Uri.from({ scheme: SCHEME, path: `/${side}${file.path}` });
        this.#texts.set(uri.toString(), text);
        this.#changed.fire(uri);
        return uri;
      });
      return [file, left, right];
    });
    await commands.executeCommand('vscode.changes', title, resources);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

/** `Deployment shop/orders`. */
export function nameOf({ kind, name, namespace }: DocumentReview): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

function uriOf(context: string, review: DocumentReview, side: 'live' | 'planned'): Uri {
  const path = [context, side, review.namespace ?? '-', review.kind, `${review.name}.yaml`].map(encodeURIComponent);
  return Uri.from({ scheme: SCHEME, path: `/${path.join('/')}` });
}
