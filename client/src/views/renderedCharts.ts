import { dirname, relative, sep } from 'node:path';
import {
  type Disposable,
  EventEmitter,
  type LogOutputChannel,
  languages,
  type TextDocument,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { splitManifests } from '../../../server/src/render/renderedManifests.ts';
import { UNKNOWN_NAMESPACE } from '../../../server/src/render/unknownNamespace.ts';
import { type ChartFolder, chartFolderOf } from '../adapters/chartFolder.ts';
import { type RenderRequest, renderChart, renderPlain } from '../adapters/helmRenderer.ts';
import { Failure } from '../cluster/failure.ts';
import type { SlipwayServer } from '../languageClient/slipwayServer.ts';

const SCHEME = 'slipway-rendered';

/** What is shown of a chart: all that it renders, or what one of its templates does. */
interface Preview {
  readonly chart: ChartFolder;
  readonly template: string | undefined;
  text: string;
}

export interface RenderingParts {
  readonly server: Pick<SlipwayServer, 'renderedFindings'>;
  readonly log: LogOutputChannel;
  isTrusted(): boolean;
  /** Whether charts are rendered whenever one of their files is saved. */
  rendersOnSave(): boolean;
  /** Paths of the values files that the person chose for a chart, a later one overrides an earlier one. */
  valuesFilesOf(chart: ChartFolder): readonly string[];
}

/**
 * Charts as the `helm` of this machine renders them: findings on the lines of the templates, and read-only previews. Both
 * are made anew when a file of the chart is saved, never while somebody types, and only in a trusted workspace. A later
 * rendering of a chart cancels the one before.
 */
export class RenderedCharts implements Disposable {
  readonly #parts: RenderingParts;
  readonly #previews = new Map<string, Preview>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #diagnostics = languages.createDiagnosticCollection('slipway-rendered');
  readonly #running = new Map<string, AbortController>();
  readonly #subscriptions: Disposable[];
  #hasHelm = true;

  constructor(parts: RenderingParts) {
    this.#parts = parts;
    this.#subscriptions = [
      workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#previews.get(uri.toString())?.text ?? '',
      }),
      workspace.onDidSaveTextDocument((document) => void this.#saved(document)),
      // What was found no longer stands where it stood.
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#diagnostics.delete(document.uri);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.#previews.delete(uri.toString())),
    ];
  }

  /** Renders a chart and opens what it, or one template of it, becomes, beside the file that it comes from. */
  async preview(chart: ChartFolder, template: string | undefined, signal: AbortSignal): Promise<void> {
    const uri = previewUri(chart, template);
    const preview: Preview = { chart, template, text: '' };
    this.#previews.set(uri.toString(), preview);
    this.#hasHelm = true;
    await this.#draw(preview, uri, signal);
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true });
    await this.check(chart, signal);
  }

  /** Renders a chart and shows what is to be said of the result in its templates. */
  async check(chart: ChartFolder, signal: AbortSignal): Promise<void> {
    const { output, marked, failure } = await renderChart(this.#request(chart, UNKNOWN_NAMESPACE), signal);
    const findings = await this.#parts.server.renderedFindings({
      chart: Uri.joinPath(Uri.file(chart.folder), 'Chart.yaml').toString(),
      output,
      marked: marked ?? null,
      failure: failure ?? null,
      valuesFiles: [...this.#parts.valuesFilesOf(chart)].reverse().map((file) => Uri.file(file).toString()),
    });
    if (signal.aborted) return;
    this.#forget(chart);
    for (const [uri, diagnostics] of findings) this.#diagnostics.set(uri, diagnostics);
  }

  dispose(): void {
    for (const running of this.#running.values()) running.abort();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#diagnostics.dispose();
    this.#changed.dispose();
  }

  async #saved(document: TextDocument): Promise<void> {
    const { isTrusted, log, rendersOnSave } = this.#parts;
    if (document.uri.scheme !== 'file' || !isTrusted() || !this.#hasHelm) return;
    try {
      const chart = await chartFolderOf(document.uri.fsPath);
      if (!chart) return;
      const shown = [...this.#previews].filter(([, preview]) => preview.chart.folder === chart.folder);
      if (shown.length === 0 && !rendersOnSave()) return;
      this.#running.get(chart.folder)?.abort();
      const running = new AbortController();
      this.#running.set(chart.folder, running);
      for (const [uri, preview] of shown) await this.#draw(preview, Uri.parse(uri), running.signal);
      if (rendersOnSave()) await this.check(chart, running.signal);
    } catch (error) {
      if (error instanceof Failure && error.kind === 'cancelled') return;
      // Who has no helm is not told so at every save.
      if (error instanceof Failure && error.kind === 'tool-missing') this.#hasHelm = false;
      log.warn(`The chart was not rendered: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #draw(preview: Preview, uri: Uri, signal: AbortSignal): Promise<void> {
    const { output, failure } = await renderPlain(this.#request(preview.chart, 'default'), signal);
    preview.text = failure === undefined ? partOf(output, preview) : asComment(`Helm cannot render this:\n${failure}`);
    this.#changed.fire(uri);
  }

  #request(chart: ChartFolder, namespace: string): RenderRequest {
    return {
      chartFolder: chart.folder,
      valuesFiles: this.#parts.valuesFilesOf(chart),
      releaseName: chart.name,
      namespace,
      command: 'helm',
      environment: process.env,
    };
  }

  #forget(chart: ChartFolder): void {
    const stale: Uri[] = [];
    this.#diagnostics.forEach((uri) => {
      if (uri.fsPath.startsWith(chart.folder + sep)) stale.push(uri);
    });
    for (const uri of stale) this.#diagnostics.delete(uri);
  }
}

function partOf(output: string, { chart, template }: Preview): string {
  if (template === undefined) return output;
  const path = relative(dirname(chart.folder), template).split(sep).slice(1).join('/');
  const own = splitManifests(output).filter(({ source }) => source.slice(source.indexOf('/') + 1) === path);
  if (own.length === 0) return asComment(`Helm renders nothing of ${path} with these values.`);
  return own.map(({ source, lines }) => ['---', `# Source: ${source}`, ...lines, ''].join('\n')).join('');
}

function asComment(text: string): string {
  return `${text
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n')}\n`;
}

function previewUri(chart: ChartFolder, template: string | undefined): Uri {
  const file = template === undefined ? 'all.yaml' : relative(chart.folder, template).split(sep).join('/');
  return Uri.from({ scheme: SCHEME, path: `/${chart.name} (rendered)/${file}`, query: chart.folder });
}
