import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { type ProcessUsage, processUsage } from './processUsage.ts';

/** How to start a language server, and how it gives diagnostics. */
export interface BenchProgram {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** It answers `textDocument/diagnostic`; otherwise it pushes. */
  readonly pulls: boolean;
  /** The answers to `workspace/configuration`, by section. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

const PATIENCE_MILLISECONDS = 120_000;
const LOOK_MILLISECONDS = 100;
const QUIET_LOOKS = 5;

/** A language server over stdio, as an editor drives it, with a clock beside it. */
export class BenchServer {
  readonly #program: BenchProgram;
  readonly #child: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #published = new Map<string, readonly Diagnostic[]>();
  #onPublished: () => void = () => undefined;
  #version = 1;

  private constructor(program: BenchProgram, child: ChildProcess) {
    this.#program = program;
    this.#child = child;
    this.#connection = createProtocolConnection(
      new StreamMessageReader(child.stdout!),
      new StreamMessageWriter(child.stdin!),
    );
  }

  /** Starts the server on a folder and waits until it has said what it can do. */
  static async start(program: BenchProgram, folder: string): Promise<BenchServer> {
    const child = spawn(program.command, program.args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const server = new BenchServer(program, child);
    const connection = server.#connection;
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/configuration', ({ items }: { items: { section?: string }[] }) =>
      items.map(({ section = '' }) => program.settings?.[section] ?? null),
    );
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => null);
    connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      server.#published.set(decodeURIComponent(uri), diagnostics);
      server.#onPublished();
    });
    connection.listen();
    const uri = pathToFileURL(folder).href;
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'bench' }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: {
          publishDiagnostics: {},
          completion: { completionItem: { snippetSupport: true } },
          hover: { contentFormat: ['markdown'] },
          ...(program.pulls ? { diagnostic: {} } : {}),
        },
      },
    });
    await connection.sendNotification('initialized', {});
    return server;
  }

  get usage(): ProcessUsage | undefined {
    return processUsage(this.#child.pid!);
  }

  async open(uri: string, languageId: string, text: string): Promise<void> {
    await this.#connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: this.#version, text },
    });
  }

  async change(uri: string, text: string): Promise<void> {
    this.#version++;
    this.#published.delete(decodeURIComponent(uri));
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: this.#version },
      contentChanges: [{ text }],
    });
  }

  /** The diagnostics of a document, as soon as there are some for the text that was sent last. */
  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    if (this.#program.pulls) {
      const report = await this.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } });
      return report.items;
    }
    const key = decodeURIComponent(uri);
    return new Promise((resolve, reject) => {
      const patience = globalThis.setTimeout(
        () => reject(new Error(`${this.#program.name} says nothing about ${uri}.`)),
        PATIENCE_MILLISECONDS,
      );
      this.#onPublished = () => {
        const diagnostics = this.#published.get(key);
        if (!diagnostics) return;
        clearTimeout(patience);
        resolve(diagnostics);
      };
      this.#onPublished();
    });
  }

  /** Waits until the server has read its folder: until it used no CPU time for half a second. */
  async idle(): Promise<void> {
    let last = -1;
    for (let quiet = 0; quiet < QUIET_LOOKS; ) {
      await setTimeout(LOOK_MILLISECONDS);
      const now = this.usage?.cpuSeconds ?? 0;
      quiet = now === last ? quiet + 1 : 0;
      last = now;
    }
  }

  request<Result>(method: string, params: unknown): Promise<Result> {
    return this.#connection.sendRequest<Result>(method, params);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    await this.#connection.sendRequest('shutdown');
    await this.#connection.sendNotification('exit');
    // A server that does not leave when asked to is none that the numbers depend on any more.
    const patience = globalThis.setTimeout(() => this.#child.kill('SIGKILL'), 2000);
    await ended;
    clearTimeout(patience);
    this.#connection.dispose();
  }
}
