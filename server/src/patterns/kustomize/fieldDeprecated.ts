import { addEntry, addItem, removeEntry, renameKey, replaceValue, setValue } from '../../languages/yaml/yamlEdits.ts';
import type { Fix } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { kustomizationRule } from './kustomizationRule.ts';

const SUCCESSORS: Readonly<Record<string, string>> = {
  bases: 'resources',
  imageTags: 'images',
  patchesJson6902: 'patches',
  patchesStrategicMerge: 'patches',
  commonLabels: 'labels',
  vars: 'replacements',
};

/** A field that Kustomize still reads and says will go. */
export const rule = kustomizationRule(
  'field-deprecated',
  'information',
  'recommended',
  function* ({ resource: { root } }) {
    for (const field of root.entries) {
      const name = field.key ?? '';
      const successor = SUCCESSORS[name];
      if (successor === undefined || field.kind === 'unknown') continue;
      const fix = fixOf(field, successor);
      yield {
        at: field.keyPlace,
        message: `${name} is deprecated; ${successor} does the same.`,
        ...(fix ? { fixes: [{ ...fix, title: `Use ${successor}` }] } : {}),
      };
    }
  },
);

function fixOf(field: SourceNode, successor: string): Omit<Fix, 'title'> | undefined {
  const { parent } = field;
  if (!parent || field.open) return undefined;
  const other = parent.find(successor);
  if (other && (other.kind !== 'list' || other.open)) return undefined;
  switch (field.key) {
    case 'bases':
    case 'imageTags':
    case 'patchesJson6902':
      if (!other) return { safe: true, edits: () => renameKey(field, successor) };
      return { safe: true, edits: () => moved(field, other) };
    case 'patchesStrategicMerge':
      // A text within the list would have to be indented anew.
      if (other || field.flow || field.items.some((item) => item.text() === undefined || item.text()!.includes('\n'))) {
        return undefined;
      }
      return {
        safe: true,
        edits: () => [
          ...renameKey(field, successor),
          ...field.items.map((item) => replaceValue(item, `path: ${item.source.slice(item.span)}`)),
        ],
      };
    case 'commonLabels': {
      const entry = { pairs: field.value, includeSelectors: true };
      if (!field.known || field.kind !== 'map') return undefined;
      if (other) return { safe: true, edits: () => [removeEntry(field), addItem(other, entry)] };
      return { safe: true, edits: () => replaced(field, successor, [entry]) };
    }
    default:
      return undefined;
  }
}

/** The items of one list behind those of another. */
function moved(field: SourceNode, other: SourceNode): ReturnType<Fix['edits']> {
  const items = field.items.map((item) => addItem(other, item.value));
  const [first, ...rest] = items;
  if (!first) return [removeEntry(field)];
  return [removeEntry(field), { ...first, newText: [first, ...rest].map(({ newText }) => newText).join('') }];
}

function replaced(field: SourceNode, key: string, value: unknown): ReturnType<Fix['edits']> {
  const { parent } = field;
  if (parent!.entries.length === 1) return setValue(parent!, [key], value);
  return [removeEntry(field), addEntry(parent!, key, value)];
}
