import { type Disposable, type OutputChannel, window } from 'vscode';
import type { Clock } from '../cluster/clock.ts';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import { followLogs, type LogRequest, readLogs } from '../cluster/logs/followLogs.ts';
import type { LogView } from '../cluster/logs/logLine.ts';
import { LogRecord } from '../cluster/logs/logRecord.ts';

/** A log that is shown in a channel of the Output view. */
export interface OpenLog {
  readonly title: string;
  readonly record: LogRecord;
  readonly isFollowed: boolean;
}

interface Shown {
  readonly title: string;
  readonly channel: OutputChannel;
  readonly record: LogRecord;
  stop: AbortController | undefined;
}

/** Lines that come at once are written at once. */
const WRITE_AFTER_MILLISECONDS = 50;

/** Logs of containers in the Output view, one channel each, which follow until they are stopped or closed. */
export class OpenLogs implements Disposable {
  readonly #clock: Clock;
  readonly #shown = new Map<string, Shown>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  list(): readonly OpenLog[] {
    return [...this.#shown.values()].map(({ record, stop, title }) => ({
      title,
      record,
      isFollowed: stop !== undefined,
    }));
  }

  /** Shows a log, and follows it unless it is that of a former run. Resolves when it is shown, not when it ends. */
  async open(title: string, api: KubeApi, request: LogRequest, view: LogView, signal: AbortSignal): Promise<void> {
    const shown = this.#channelOf(title, view);
    const write = this.#writer(shown);
    const listener = {
      line: (line: Parameters<LogRecord['take']>[0]) => {
        const text = shown.record.take(line);
        if (text !== undefined) write(text);
      },
      notice: (text: string) => write(`── ${text}`),
    };
    shown.channel.show(true);
    if (request.previous) {
      await readLogs(api, request, listener, signal);
      return;
    }
    const stop = new AbortController();
    shown.stop = stop;
    followLogs(api, this.#clock, request, listener, stop.signal).catch((error: unknown) => {
      if (stop.signal.aborted) return;
      shown.stop = undefined;
      write(`── ${error instanceof Failure ? `${error.report.message} ${error.report.advice}` : String(error)}`);
    });
  }

  /** Shows a log otherwise: with another filter, with times. Throws a `SyntaxError` for an expression that is none. */
  show(title: string, view: Partial<LogView>): void {
    const shown = this.#shown.get(title);
    if (!shown) return;
    shown.record.show(view);
    shown.channel.replace(shown.record.text());
    shown.channel.show(true);
  }

  /** Follows a log no more; what was read stays to be looked at. */
  stop(title: string): void {
    const shown = this.#shown.get(title);
    if (!shown?.stop) return;
    shown.stop.abort();
    shown.stop = undefined;
    shown.channel.appendLine('── No longer followed.');
  }

  dispose(): void {
    for (const { channel, stop } of this.#shown.values()) {
      stop?.abort();
      channel.dispose();
    }
    this.#shown.clear();
  }

  #channelOf(title: string, view: LogView): Shown {
    const before = this.#shown.get(title);
    before?.stop?.abort();
    const channel = before?.channel ?? window.createOutputChannel(title, 'log');
    channel.clear();
    const shown: Shown = { title, channel, record: new LogRecord(view), stop: undefined };
    this.#shown.set(title, shown);
    return shown;
  }

  #writer(shown: Shown): (line: string) => void {
    let waiting: string[] = [];
    return (line) => {
      waiting.push(line);
      if (waiting.length > 1) return;
      setTimeout(() => {
        // The log may have been opened anew, or all be closed, since the lines came.
        if (this.#shown.get(shown.title) === shown) shown.channel.append(waiting.map((each) => `${each}\n`).join(''));
        waiting = [];
      }, WRITE_AFTER_MILLISECONDS);
    };
  }
}
