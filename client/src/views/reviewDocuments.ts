import { commands, type Disposable, EventEmitter, Uri, workspace } from 'vscode';
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
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
  });

  /** Takes the place of the former review. */
  hold(context: string, reviews: readonly DocumentReview[]): void {
    this.#texts.clear();
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
    await commands.executeCommand(
      'vscode.diff',
      uriOf(context, review, 'live'),
      uriOf(context, review, 'planned'),
      title,
      options,
    );
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
