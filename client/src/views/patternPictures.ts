import { randomBytes } from 'node:crypto';
import { type Disposable, Range, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { PatternPicture, PicturePageMessage, ShowPicturesMessage } from '../../../protocol/pictures.ts';
import { picturePage } from './picturePage.ts';

/** What the panel of pictures needs. */
export interface PatternPicturesParts {
  /** The folder of the bundles. */
  readonly folder: Uri;
  /** The pictures of the uses of a pattern. */
  read(pattern: string): Promise<readonly PatternPicture[]>;
  log(message: string): void;
}

/** One panel beside the editor that draws the uses of one pattern, and draws them again when the workspace changes. */
export class PatternPictures implements Disposable {
  readonly #parts: PatternPicturesParts;
  #panel: WebviewPanel | undefined;
  #pattern: string | undefined;
  /** The use to show first, until the page was told. */
  #use: string | null = null;
  #isReady = false;

  constructor(parts: PatternPicturesParts) {
    this.#parts = parts;
  }

  /** Shows the uses of a pattern, and among them the named one. */
  async show(pattern: string, title: string, use: string | undefined): Promise<void> {
    this.#pattern = pattern;
    this.#use = use ?? null;
    const panel = this.#panel ?? this.#open();
    panel.title = `Picture: ${title}`;
    panel.reveal(undefined, true);
    await this.refresh();
  }

  /** Draws again what is shown. */
  async refresh(): Promise<void> {
    const pattern = this.#pattern;
    if (!this.#panel || !this.#isReady || pattern === undefined) return;
    const pictures = await this.#parts.read(pattern);
    // Meanwhile another pattern was asked for, which is drawn by its own call.
    if (pattern !== this.#pattern) return;
    const message: ShowPicturesMessage = { pictures, use: this.#use };
    this.#use = null;
    await this.#panel?.webview.postMessage(message);
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): WebviewPanel {
    const { folder } = this.#parts;
    const panel = window.createWebviewPanel(
      'slipway.picture',
      'Picture',
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [folder], retainContextWhenHidden: false },
    );
    this.#panel = panel;
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#isReady = false;
    });
    panel.webview.onDidReceiveMessage((message: PicturePageMessage) => this.#receive(message));
    panel.webview.html = picturePage({
      script: panel.webview.asWebviewUri(Uri.joinPath(folder, 'pictures.js')).toString(),
      source: panel.webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
    });
    return panel;
  }

  async #receive(message: PicturePageMessage): Promise<void> {
    if (message.kind === 'ready') {
      // A page that was hidden starts anew.
      this.#isReady = true;
      await this.refresh();
    } else if (message.kind === 'open') {
      const { range, uri } = message.location;
      const { end, start } = range;
      const selection = new Range(start.line, start.character, end.line, end.character);
      await window.showTextDocument(Uri.parse(uri), { selection, viewColumn: ViewColumn.One });
    } else {
      this.#parts.log(`A picture could not be drawn: ${message.message}`);
    }
  }
}
