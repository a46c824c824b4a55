import type { SourceNode } from '../../text/sourceNode.ts';
import { allIds, type BuildObject, currentId, groupOf, kindOf, originalId, versionOf } from './buildObject.ts';
import { textAt } from './sourceTree.ts';

/**
 * The objects that a `target` selects: by expressions on group, version, kind, name and namespace, and by selectors on
 * labels and annotations. Undefined where a template writes the target or an expression cannot be read.
 */
export function selectObjects(objects: readonly BuildObject[], target: SourceNode): readonly BuildObject[] | undefined {
  if (!target.known) return undefined;
  const matches = new Map<string, (text: string) => boolean>();
  for (const field of ['group', 'version', 'kind', 'name', 'namespace']) {
    const test = expression(target.text(field));
    if (!test) return undefined;
    matches.set(field, test);
  }
  const labels = labelTest(target.text('labelSelector'));
  const annotations = labelTest(target.text('annotationSelector'));
  if (!labels || !annotations) return undefined;
  const test = (field: string, text: string) => matches.get(field)!(text);
  return objects.filter((object) => {
    const ids = [originalId(object), currentId(object)];
    return (
      test('group', groupOf(object)) &&
      test('version', versionOf(object)) &&
      test('kind', kindOf(object)) &&
      ids.some(({ name }) => test('name', name)) &&
      ids.some(({ namespace }) => test('namespace', namespace)) &&
      labels((key) => textAt(object.tree, 'metadata', 'labels', key)) &&
      annotations((key) => textAt(object.tree, 'metadata', 'annotations', key))
    );
  });
}

/** The objects that a patch without a target means: those that bear or bore its version, kind, name and namespace. */
export function objectsNamedBy(objects: readonly BuildObject[], patch: SourceNode): readonly BuildObject[] {
  const apiVersion = patch.text('apiVersion') ?? '';
  const kind = patch.text('kind') ?? '';
  const name = patch.text('metadata', 'name');
  const namespace = patch.text('metadata', 'namespace') ?? 'default';
  return objects.filter(
    (object) =>
      apiVersion === textAt(object.tree, 'apiVersion') &&
      allIds(object).some(
        (id) => id.kind === kind && id.name === name && (id.namespace === namespace || id.namespace === ''),
      ),
  );
}

/** Names and kinds are short: an expression that takes long on them would have to be made for it. */
const LONGEST = 300;

function expression(pattern: string | undefined): ((text: string) => boolean) | undefined {
  if (pattern === undefined || pattern === '') return () => true;
  if (/^[\w.-]*$/.test(pattern) && !pattern.includes('.')) return (text) => text === pattern;
  // An expression that repeats what repeats can take for ever.
  if (pattern.length > LONGEST || /[*+}]\)?[*+{]|\)[*+{]/.test(pattern)) return undefined;
  try {
    const whole = new RegExp(`^(?:${pattern})$`);
    return (text) => text.length <= LONGEST && whole.test(text);
  } catch {
    // Kustomize rejects it too, or knows a syntax that JavaScript has not.
    return undefined;
  }
}

type LabelTest = (labelOf: (key: string) => string | undefined) => boolean;

/** `a=b,c!=d,e in (f, g),h,!i`. */
function labelTest(selector: string | undefined): LabelTest | undefined {
  if (selector === undefined || selector.trim() === '') return () => true;
  const tests: LabelTest[] = [];
  for (const part of selector.split(/,(?![^(]*\))/)) {
    const set = /^\s*([\w./-]+)\s+(in|notin)\s*\(([^)]*)\)\s*$/.exec(part);
    const pair = /^\s*([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)\s*$/.exec(part);
    const key = /^\s*(!?)\s*([\w./-]+)\s*$/.exec(part);
    if (set) {
      const values = set[3]!.split(',').map((value) => value.trim());
      tests.push((labelOf) => {
        const label = labelOf(set[1]!);
        const isIn = label !== undefined && values.includes(label);
        return set[2] === 'in' ? isIn : !isIn;
      });
    } else if (pair) {
      tests.push((labelOf) => (labelOf(pair[1]!) === pair[3]) === (pair[2] !== '!='));
    } else if (key) {
      tests.push((labelOf) => (labelOf(key[2]!) === undefined) === (key[1] === '!'));
    } else {
      return undefined;
    }
  }
  return (labelOf) => tests.every((test) => test(labelOf));
}
