import { type Disposable, Uri, workspace } from 'vscode';

const SCHEME = 'slipway-page';

/**
 * The pages of patterns and rules as virtual Markdown documents. package.json has the editor show this scheme as a
 * preview, so that a click on a rule's code opens a page to read, offline.
 */
export class PageDocuments implements Disposable {
  readonly #registration: Disposable;

  /** `read` gives the Markdown of `canary` or `canary/subset-without-pods`; undefined where there is no page. */
  constructor(read: (id: string) => Promise<string | undefined>) {
    this.#registration = workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: async ({ path }) => {
        const id = path.replace(/^\/|\.md$/g, '');
        return (await read(id)) ?? `Slipway has no page for ${id}.`;
      },
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** Where the editor finds a page. */
export function pageUri(id: string): Uri {
  return Uri.from({ scheme: SCHEME, path: `/${id}.md` });
}
