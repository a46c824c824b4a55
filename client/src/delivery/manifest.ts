import { isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import { Failure, type FailurePlace } from '../cluster/failure.ts';
import type { KubeObject } from '../cluster/kubeObject.ts';

/** One object of a manifest file, and where it stands there. */
export interface ManifestDocument {
  readonly file: string;
  /** Counts the documents of the file from 0, empty ones included. */
  readonly documentIndex: number;
  readonly object: KubeObject;
}

/**
 * Reads the objects of a manifest file; a `List` gives its items. Throws `invalid` with the place of the first mistake:
 * a file that is only half understood is not to be applied.
 */
export function parseManifest(file: string, text: string): ManifestDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  return [...documents].flatMap((document, documentIndex): ManifestDocument[] => {
    const error = document.errors[0];
    if (error) {
      const line = lines.linePos(error.pos[0]).line - 1;
      throw new Failure('invalid', `${file} is not valid YAML.`, { said: error.message, places: [{ file, line }] });
    }
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (value === null || value === undefined) return [];
    const objects = isList(value) ? value.items : [value];
    return objects.map((object) => {
      if (!isKubeObject(object)) {
        const place: FailurePlace = { file, documentIndex, line: lines.linePos(document.range?.[0] ?? 0).line - 1 };
        throw new Failure('invalid', `A document of ${file} is no Kubernetes object.`, {
          advice: 'Give it an apiVersion, a kind and a metadata.name.',
          places: [place],
        });
      }
      return { file, documentIndex, object };
    });
  });
}

/** A range of a text; lines and characters count from 0. */
export interface TextRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/**
 * Where a field of an object stands in its file: its value when that is a scalar, the key of a longer one, the first
 * line of an entry in a list, and for a field that is not written the nearest one above it. Entries of lists are found
 * by their positions.
 */
export function manifestRange(
  text: string,
  documentIndex: number,
  path: readonly (string | number)[],
): TextRange | undefined {
  const lines = new LineCounter();
  const document = [...parseAllDocuments(text, { lineCounter: lines })][documentIndex];
  let value: Node | null | undefined = document?.contents;
  let shown = value;
  for (const step of path) {
    const next = value ? childOf(value, step) : undefined;
    if (!next?.shown.range) break;
    ({ value, shown } = next);
  }
  const range = shown?.range;
  if (!range) return undefined;
  const start = lines.linePos(range[0]);
  const end = isScalar(shown) ? lines.linePos(range[1]) : endOfLine(text, lines, start.line);
  return {
    start: { line: start.line - 1, character: start.col - 1 },
    end: { line: end.line - 1, character: end.col - 1 },
  };
}

/** The value under a step of a path, and the node by which it is shown to a person. */
function childOf(node: Node, step: string | number): { value: Node | undefined; shown: Node } | undefined {
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step] as Node | undefined;
    return item && { value: item, shown: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
  if (!pair) return undefined;
  const value = (pair.value ?? undefined) as Node | undefined;
  const isWritten = isScalar(value) && value.range && value.range[1] > value.range[0];
  return { value, shown: isWritten ? value : (pair.key as Node) };
}

/** A mapping is marked by its first line: marking all of it would hide what the place is about. */
function endOfLine(text: string, lines: LineCounter, line: number): { line: number; col: number } {
  const start = lines.lineStarts[line - 1] ?? 0;
  const length = text.slice(start).search(/\r?\n|$/);
  return { line, col: length + 1 };
}

function isList(value: unknown): value is { items: unknown[] } {
  const list = value as { kind?: unknown; items?: unknown };
  return typeof value === 'object' && list.kind === 'List' && Array.isArray(list.items);
}

/** True when a value has what every object must have: apiVersion, kind and name. */
export function isKubeObject(value: unknown): value is KubeObject {
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, kind, metadata } = value as Record<string, unknown>;
  const name = (metadata as { name?: unknown } | null | undefined)?.name;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof name === 'string' && name !== '';
}
