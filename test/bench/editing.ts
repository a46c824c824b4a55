import { pathToFileURL } from 'node:url';
import { type BenchProgram, BenchServer } from './benchServer.ts';

/** What an editor waits for, in milliseconds. */
export interface EditingTimes {
  readonly firstDiagnosticsMilliseconds: number;
  readonly keystroke: Percentiles;
  readonly completion: Percentiles;
  readonly hover: Percentiles;
  readonly peakMegabytes: number | undefined;
  readonly cpuSeconds: number | undefined;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

/** The document that is edited, and where. */
export interface EditedDocument {
  readonly file: string;
  readonly languageId: string;
  readonly text: string;
  /** Words of the text behind which a digit is typed and taken back. */
  readonly typeBehind: string;
  /** Words on which the pointer rests, and behind which completion is asked for. */
  readonly askAt: string;
}

/** Opens one document in a folder, types into it, and asks for completion and hover; `rounds` times each. */
export async function measureEditing(
  program: BenchProgram,
  folder: string,
  document: EditedDocument,
  rounds: number,
): Promise<EditingTimes> {
  const { text, typeBehind, askAt } = document;
  const uri = pathToFileURL(document.file).href;
  const started = performance.now();
  const server = await BenchServer.start(program, folder);
  try {
    await server.open(uri, document.languageId, text);
    await server.diagnostics(uri);
    const firstDiagnosticsMilliseconds = performance.now() - started;
    await server.idle();
    // An editor that just opened is not what people type in all day: reading the folder and warming up do not count.
    for (let round = 0; round < 10; round++) await typeOnce(server, uri, text, typeBehind, round);
    const keystrokes: number[] = [];
    for (let round = 0; round < rounds; round++) {
      keystrokes.push(await typeOnce(server, uri, text, typeBehind, round));
    }
    const position = positionBehind(text, askAt);
    const ask = async (method: string): Promise<number> => {
      const asked = performance.now();
      // A refusal is an answer: terraform-ls refuses to explain what it has no schema of.
      await server.request(method, { textDocument: { uri }, position }).catch(() => undefined);
      return performance.now() - asked;
    };
    const completions: number[] = [];
    const hovers: number[] = [];
    for (let round = 0; round < rounds; round++) {
      completions.push(await ask('textDocument/completion'));
      hovers.push(await ask('textDocument/hover'));
    }
    const usage = server.usage;
    return {
      firstDiagnosticsMilliseconds,
      keystroke: percentiles(keystrokes),
      completion: percentiles(completions),
      hover: percentiles(hovers),
      peakMegabytes: usage?.peakMegabytes,
      cpuSeconds: usage?.cpuSeconds,
    };
  } finally {
    await server.stop();
  }
}

async function typeOnce(
  server: BenchServer,
  uri: string,
  text: string,
  typeBehind: string,
  round: number,
): Promise<number> {
  const offset = text.indexOf(typeBehind) + typeBehind.length;
  const typed = text.slice(0, offset) + String(round) + text.slice(offset);
  const started = performance.now();
  await server.change(uri, typed);
  await server.diagnostics(uri);
  return performance.now() - started;
}

function positionBehind(text: string, words: string): { line: number; character: number } {
  const offset = text.indexOf(words) + words.length;
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

function percentiles(milliseconds: readonly number[]): Percentiles {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { p50: at(0.5), p95: at(0.95) };
}
