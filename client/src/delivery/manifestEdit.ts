import { isMap, isScalar, isSeq, type Node, type Pair, parseAllDocuments, type YAMLMap } from 'yaml';
import { Failure } from '../cluster/failure.ts';

/** A span of a text, in UTF-16 units, and what is to stand there instead. */
export interface TextReplacement {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** A field of an object in a manifest file, and the value that it is to have. */
export interface FieldChange {
  readonly documentIndex: number;
  readonly path: readonly (string | number)[];
  readonly value: string | number;
}

/**
 * The smallest replacements that give fields of a manifest their values: comments, order and indentation stay, quotes
 * stay quotes. A missing last key is added to its map. Throws `invalid` where a field's place is not there, stands behind
 * an alias or is made by a template: such a file has to be changed by hand.
 */
export function manifestEdits(text: string, changes: readonly FieldChange[]): readonly TextReplacement[] {
  const documents = parseAllDocuments(text);
  const edits = changes.flatMap((change) => {
    const document = [...documents][change.documentIndex];
    const refuse = (why: string): never => {
      throw new Failure('invalid', `${change.path.join('.')} cannot be changed in the file: ${why}.`, {
        advice: 'Change it by hand.',
      });
    };
    if (!document || document.errors.length > 0) return refuse('its document cannot be read');
    const parent = change.path.slice(0, -1).reduce<unknown>((node, step) => childOf(node, step), document.contents);
    const key = change.path.at(-1)!;
    const current = childOf(parent, key);
    if (isScalar(current) && current.range) {
      const written = text.slice(current.range[0], current.range[1]);
      if (String(current.value) === String(change.value) && written !== '') return [];
      if (/\{\{/.test(written)) return refuse('a template makes it');
      const newText = spelled(change.value, written);
      const needsSpace = written === '' && text[current.range[0] - 1] === ':';
      return [{ start: current.range[0], end: current.range[1], newText: needsSpace ? ` ${newText}` : newText }];
    }
    if (current !== undefined && current !== null) return refuse('it is no plain value');
    if (!isMap(parent) || typeof key !== 'string') return refuse('the object around it is not written there');
    return [added(text, parent as YAMLMap<Node, Node | null>, key, change.value, refuse)];
  });
  return edits.sort((left, right) => left.start - right.start);
}

/** The text with all replacements made; they must not overlap. */
export function withReplacements(text: string, replacements: readonly TextReplacement[]): string {
  return [...replacements]
    .sort((left, right) => right.start - left.start)
    .reduce((changed, { end, newText, start }) => changed.slice(0, start) + newText + changed.slice(end), text);
}

function childOf(node: unknown, step: string | number): unknown {
  if (isSeq(node) && typeof step === 'number') return node.items[step];
  if (!isMap(node)) return undefined;
  return (node.items.find(({ key }) => isScalar(key) && key.value === step) as Pair | undefined)?.value ?? undefined;
}

/** A value in the quotes that the former one had; plain texts that YAML would read as something else get quotes. */
function spelled(value: string | number, former: string): string {
  if (typeof value === 'number') return String(value);
  if (former.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
  if (
    former.startsWith('"') ||
    !/^[A-Za-z_/][\w./@:-]*$/.test(value) ||
    /^(?:true|false|yes|no|on|off|null|y|n)$/i.test(value)
  ) {
    return JSON.stringify(value);
  }
  return value.endsWith(':') ? JSON.stringify(value) : value;
}

function added(
  text: string,
  map: YAMLMap<Node, Node | null>,
  key: string,
  value: string | number,
  refuse: (why: string) => never,
): TextReplacement {
  const last = map.items.at(-1);
  const lastKey = map.items[0]?.key;
  if (map.flow && map.range) {
    const close = map.range[1] - 1;
    const inside = text.slice(map.range[0] + 1, close);
    const end = map.range[0] + 1 + inside.trimEnd().length;
    const comma = map.items.length === 0 || inside.trimEnd().endsWith(',') ? '' : ',';
    return { start: end, end, newText: `${comma} ${key}: ${spelled(value, '')}${comma === '' ? ' ' : ''}` };
  }
  const end = last?.value?.range?.[1] ?? last?.key?.range?.[1];
  if (end === undefined || !lastKey?.range) return refuse('its map is empty');
  const lineStart = text.lastIndexOf('\n', lastKey.range[0] - 1) + 1;
  const indent = text.slice(lineStart, lastKey.range[0]).replace(/[^ \t]/g, ' ');
  // Behind the comment that belongs to the last line of the map.
  const content = text.slice(0, end).trimEnd().length;
  const lineEnd = /\r?\n|$/.exec(text.slice(content));
  const at = content + (lineEnd?.index ?? 0);
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  return { start: at, end: at, newText: `${newLine}${indent}${key}: ${spelled(value, '')}` };
}
