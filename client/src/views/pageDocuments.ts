import { type Disposable, EventEmitter, Uri, workspace } from 'vscode';

const SCHEME = 'slipway-page';

/** The pages of patterns and rules as virtual Markdown documents, which the editor shows as a preview. */
export class PageDocuments implements Disposable {
  readonly #pages = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: (uri) => this.#pages.get(uri.path) ?? '',
  });

  /** Keeps a page and gives the URI under which the editor finds it. */
  hold(id: string, markdown: string): Uri {
    const uri = Uri.from({ scheme: SCHEME, path: `/${id}.md` });
    this.#pages.set(uri.path, markdown);
    this.#changed.fire(uri);
    return uri;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
