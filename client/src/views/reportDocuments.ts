import { commands, type Disposable, EventEmitter, Uri, workspace } from 'vscode';

const SCHEME = 'slipway-report';

/** Pages that commands write for a person to read, as previews of virtual Markdown documents. */
export class ReportDocuments implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? 'This page is gone. Run its command again.',
  });

  /** Shows a page under its name, in the place of a former page of that name. */
  async show(name: string, markdown: string): Promise<void> {
    const uri = Uri.from({ scheme: SCHEME, path: `/${encodeURIComponent(name)}.md` });
    this.#texts.set(uri.toString(), markdown);
    this.#changed.fire(uri);
    await commands.executeCommand('markdown.showPreview', uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
