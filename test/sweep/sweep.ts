import assert from 'node:assert/strict';
import type { CompletionList, Hover, Location, Position, Range } from 'vscode-languageserver/node';
import { SourceText } from '../../server/src/text/sourceText.ts';
import type { ServerUnderTest } from '../protocol/serverUnderTest.ts';

/** What the server gave while it was asked all over a file. */
export interface SweepCount {
  readonly offsets: number;
  readonly completions: number;
  readonly hovers: number;
  readonly definitions: number;
}

export const NOTHING_ASKED: SweepCount = { offsets: 0, completions: 0, hovers: 0, definitions: 0 };

export function sum(a: SweepCount, b: SweepCount): SweepCount {
  return {
    offsets: a.offsets + b.offsets,
    completions: a.completions + b.completions,
    hovers: a.hovers + b.hovers,
    definitions: a.definitions + b.definitions,
  };
}

/** Requests that are under way at a time; enough to keep both sides busy. */
const AT_ONCE = 64;

/**
 * Asks for completion, hover and definition at each offset of a file of the server's workspace. Fails where the server
 * answers with an error, and where an answer speaks of another place than the one that was asked for.
 */
export async function sweep(
  server: ServerUnderTest,
  name: string,
  text: string,
  offsets: readonly number[],
): Promise<SweepCount> {
  const source = new SourceText(server.uri(name), text);
  let count: SweepCount = { ...NOTHING_ASKED, offsets: offsets.length };
  for (let start = 0; start < offsets.length; start += AT_ONCE) {
    const answers = await Promise.all(
      offsets.slice(start, start + AT_ONCE).map(async (offset) => {
        const position = source.positionAt(offset);
        try {
          return await ask(server, source.uri, position);
        } catch (error) {
          const { line, character } = position;
          throw new Error(`${name}:${line + 1}:${character + 1}: ${(error as Error).message}`, { cause: error });
        }
      }),
    );
    count = answers.reduce(sum, count);
  }
  return count;
}

async function ask(server: ServerUnderTest, uri: string, position: Position): Promise<SweepCount> {
  const params = { textDocument: { uri }, position };
  const { connection } = server;
  const [completions, hover, definitions] = await Promise.all([
    connection.sendRequest<CompletionList>('textDocument/completion', params),
    connection.sendRequest<Hover | null>('textDocument/hover', params),
    connection.sendRequest<Location[]>('textDocument/definition', params),
  ]);
  for (const { label, textEdit } of completions.items) {
    const range = textEdit && 'range' in textEdit ? textEdit.range : undefined;
    assert.ok(range && holds(range, position), `The offer ${label} replaces ${shown(range)}, away from the cursor.`);
    assert.equal(range.start.line, range.end.line, `The offer ${label} replaces more than one line.`);
  }
  if (hover) {
    assert.ok(hover.range && holds(hover.range, position), `The hover explains ${shown(hover.range)}.`);
    assert.notEqual((hover.contents as { value: string }).value.trim(), '', 'The hover is empty.');
  }
  for (const { uri: target } of definitions) assert.match(target, /^file:/);
  return {
    offsets: 0,
    completions: completions.items.length,
    hovers: hover ? 1 : 0,
    definitions: definitions.length,
  };
}

function holds({ start, end }: Range, at: Position): boolean {
  const isAfter = at.line > start.line || (at.line === start.line && at.character >= start.character);
  const isBefore = at.line < end.line || (at.line === end.line && at.character <= end.character);
  return isAfter && isBefore;
}

function shown(range: Range | undefined): string {
  if (!range) return 'no place';
  return `${range.start.line + 1}:${range.start.character + 1}–${range.end.line + 1}:${range.end.character + 1}`;
}
