import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { buildProject } from '../../scripts/projectBuild.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SHOP = path.join(ROOT, 'examples/shop');

/** What the server is started with. */
export interface ServerStart {
  readonly capabilities: ClientCapabilities;
  /** Files of the workspace by their relative path. */
  readonly files?: Readonly<Record<string, string>>;
  /** An existing folder in place of `files`; it is only read. */
  readonly folder?: string;
  readonly initializationOptions?: unknown;
  /** The answer to `workspace/configuration`. */
  readonly settings?: unknown;
}

/** The built server behind stdio, as any editor would start it. */
export class ServerUnderTest {
  readonly connection: ProtocolConnection;
  readonly folder: string;
  readonly registrations: { id: string; method: string; registerOptions?: unknown }[] = [];
  readonly published = new Map<string, Diagnostic[]>();
  readonly progress: { kind: string; message?: string }[] = [];
  readonly log: string[] = [];
  refreshes = 0;
  /** What the server asked to be drawn again: `inlayHint`, `codeLens`, `semanticTokens`. */
  readonly redraws: string[] = [];
  initialized!: InitializeResult;
  readonly #child: ChildProcess;
  readonly #isTemporary: boolean;
  readonly #exit: Promise<number | null>;

  private constructor(child: ChildProcess, folder: string, isTemporary: boolean) {
    this.#child = child;
    this.folder = folder;
    this.#isTemporary = isTemporary;
    this.#exit = new Promise((resolve) => child.once('exit', resolve));
    this.connection = createProtocolConnection(
      new StreamMessageReader(child.stdout!),
      new StreamMessageWriter(child.stdin!),
    );
  }

  static async start({
    capabilities,
    files,
    folder: given,
    initializationOptions,
    settings,
  }: ServerStart): Promise<ServerUnderTest> {
    await buildProject({ root: ROOT, report: () => undefined });
    const folder = given ?? (await mkdtemp(path.join(tmpdir(), 'slipway-protocol-')));
    for (const [name, text] of Object.entries(files ?? {})) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const child = spawn(process.execPath, [path.join(ROOT, 'dist/languageServer.js'), '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, SLIPWAY_TEST: '1' },
    });
    const server = new ServerUnderTest(child, folder, given === undefined);
    const { connection } = server;
    connection.onRequest('client/registerCapability', ({ registrations }) => {
      server.registrations.push(...registrations);
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => settings ?? null),
    );
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => {
      server.refreshes++;
      return null;
    });
    for (const drawn of ['inlayHint', 'codeLens', 'semanticTokens']) {
      connection.onRequest(`workspace/${drawn}/refresh`, () => {
        server.redraws.push(drawn);
        return null;
      });
    }
    connection.onNotification('$/progress', ({ value }: { value: { kind: string; message?: string } }) => {
      server.progress.push(value);
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      server.log.push(message);
    });
    connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      server.published.set(uri, diagnostics);
    });
    connection.listen();
    // What was asked of a server that died is answered by its end.
    connection.onClose(() => connection.dispose());
    server.initialized = await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'workspace' }],
      capabilities,
      initializationOptions,
    });
    await connection.sendNotification('initialized', {});
    return server;
  }

  uri(name: string): string {
    return pathToFileURL(path.join(this.folder, name)).href;
  }

  async open(name: string, text: string, languageId = 'yaml'): Promise<string> {
    const uri = this.uri(name);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return uri;
  }

  /** Waits until the whole workspace has been read. */
  async workspaceRead(): Promise<void> {
    await until(
      () => this.progress.some(({ kind }) => kind === 'end'),
      () => `The workspace was not read. Progress: ${this.progress.map(({ kind }) => kind).join(', ')}`,
    );
  }

  /** Pulls until the diagnostics of a file are as wanted; says what was last seen when that never happens. */
  async diagnosticsUntil(
    uri: string,
    isWanted: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<Diagnostic[]> {
    let seen: Diagnostic[] = [];
    await until(
      async () => {
        const report = await this.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
          textDocument: { uri },
        });
        seen = report.items;
        return isWanted(seen);
      },
      () => `Last seen diagnostics of ${uri}: ${JSON.stringify(seen, undefined, 1)}`,
    );
    return seen;
  }

  /** Says goodbye and gives the exit code. */
  async stop(): Promise<number | null> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await this.#exit;
    if (this.#isTemporary) await rm(this.folder, { recursive: true });
    return code;
  }

  /** Ends what a failed test left running. */
  kill(): void {
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
  }
}

/** Long enough for a busy machine; what works comes at once. */
const PATIENCE_MILLISECONDS = 45_000;

/** Asks again and again until the answer is yes. */
export async function until(isSo: () => boolean | Promise<boolean>, describe: () => string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(describe());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
