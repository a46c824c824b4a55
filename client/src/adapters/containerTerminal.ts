import { PassThrough } from 'node:stream';
import { EventEmitter, type Pseudoterminal, type TerminalDimensions } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import { TerminalOutput } from './terminalOutput.ts';

/** A command that runs in a container, with its terminal in the editor. */
export interface ContainerCommand {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly command: readonly string[];
}

/** A terminal of the editor that leads into a container. It ends with the exit code of the command. */
export class ContainerTerminal implements Pseudoterminal {
  readonly #api: KubeApi;
  readonly #run: ContainerCommand;
  readonly #written = new EventEmitter<string>();
  readonly #closed = new EventEmitter<number>();
  readonly #input = new PassThrough();
  readonly #output = new TerminalOutput((text) => this.#written.fire(text));
  readonly #stop = new AbortController();
  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  constructor(api: KubeApi, run: ContainerCommand) {
    this.#api = api;
    this.#run = run;
  }

  open(size: TerminalDimensions | undefined): void {
    if (size) this.#output.resize(size);
    this.#written.fire(`${this.#run.pod}/${this.#run.container} on ${this.#api.context}\r\n`);
    const request = { ...this.#run, stdin: this.#input, stdout: this.#output, tty: true };
    this.#api.exec(request, this.#stop.signal).then(
      (exitCode) => this.#closed.fire(exitCode),
      (error: unknown) => {
        if (this.#stop.signal.aborted) return;
        const words = error instanceof Failure ? [error.report.message, error.report.said] : [String(error)];
        this.#written.fire(`\r\n${words.filter((part) => part !== '').join('\r\n')}\r\n`);
        this.#closed.fire(1);
      },
    );
  }

  close(): void {
    this.#stop.abort();
    this.#input.end();
  }

  handleInput(text: string): void {
    this.#input.write(text);
  }

  setDimensions(size: TerminalDimensions): void {
    this.#output.resize(size);
  }
}
