import { kubernetesType } from '../languages/yaml/kubernetesTypes.ts';
import { apiLifecycle, NEWEST_KUBERNETES_MINOR } from '../schema/apiLifecycles.ts';
import { documentationAt, resourceDocumentation } from '../schema/documentationAt.ts';
import { allFields, schemaAt } from '../schema/schemaAt.ts';
import type { SchemaIndex } from '../schema/schemaIndex.ts';
import type { PathSegment, SourceNode } from '../text/sourceNode.ts';
import { kubernetesPlace } from './kubernetesPlace.ts';
import type { Explanation } from './languageFeatures.ts';
import { apiDefault } from './manifests/apiDefaults.ts';
import { isImmutable } from './manifests/immutableFields.ts';
import { dottedPath } from './names/nameFinder.ts';
import { nodeAt } from './nodeAt.ts';
import { durationSeconds, quantityInWords, secondsInWords } from './valueInWords.ts';

/** Texts that are durations although no schema says so. */
const DURATION_FIELD = /timeout|interval|duration|delay|period|ttl|age$|window|backoff|deadline|lifetime|time$|^for$/i;

/**
 * What the schemas say of the field or value at `offset`, and the value in words where it is a quantity or a duration.
 * Undefined where no schema knows the place.
 *
 * @param roots the documents of the file
 */
export function kubernetesExplanation(
  roots: readonly SourceNode[],
  offset: number,
  index: SchemaIndex,
): Explanation | undefined {
  const node = nodeAt(roots, offset);
  if (!node?.parent) return undefined;
  const isOnKey = node.keySpan !== undefined && offset >= node.keySpan.start && offset <= node.keySpan.end;
  // Between the entries of a map or list, nothing is meant.
  if (!isOnKey && (node.kind === 'map' || node.kind === 'list')) return undefined;
  const place = kubernetesPlace(node.root, node.path, index);
  const { resource, path } = place;
  if (!resource) return undefined;
  const span = isOnKey ? node.keySpan : node.span;
  if (path.length === 1 && (path[0] === 'kind' || path[0] === 'apiVersion')) {
    return { markdown: [resourceDocumentation(resource), lifecycleOf(place.root)].join(''), span };
  }
  const documentation = documentationAt(resource.schema, fieldPath(path));
  if (documentation === undefined) return undefined;
  const type = kubernetesType(resource.apiVersion, resource.kind);
  const dotted = dottedPath(fieldPath(path));
  const facts = [documentation, ...factsOf(node, type, dotted, resource.schema, fieldPath(path))];
  const words = isOnKey && node.kind !== 'scalar' ? undefined : inWords(node, path, resource.schema);
  if (words !== undefined) facts.push(`\`${String(node.scalar)}\`: ${words}`);
  return { markdown: facts.join('\n\n'), span };
}

/** What counts where nothing is written, for the field itself and for those that a map lacks; and what nobody can change. */
function* factsOf(
  node: SourceNode,
  type: string,
  path: string,
  schema: Parameters<typeof schemaAt>[0],
  segments: readonly PathSegment[],
): Generator<string> {
  const place = schemaAt(schema, segments)?.schema;
  const own = place?.keywords.default === undefined ? apiDefault(type, path) : undefined;
  if (own !== undefined) yield `Default: ${own}`;
  const unwritten = node.kind === 'map' && place ? [...allFields(place).keys()].filter((name) => node.lacks(name)) : [];
  const defaults = unwritten.flatMap((name) => {
    const value = apiDefault(type, `${path}.${name}`);
    return value === undefined ? [] : [`\`${name}\` ${value}`];
  });
  if (defaults.length > 0) yield `Not written here: ${defaults.join(', ')}`;
  if (isImmutable(type, path)) {
    yield 'Cannot be changed once the object exists: it has to be deleted and created anew.';
  }
}

/** Items are explained by the list that they stand in. */
function fieldPath(path: readonly PathSegment[]): readonly PathSegment[] {
  return typeof path.at(-1) === 'number' ? path.slice(0, -1) : path;
}

function lifecycleOf(root: SourceNode): string {
  const lifecycle = apiLifecycle(root.text('apiVersion') ?? '', root.text('kind') ?? '');
  if (!lifecycle) return '';
  const { deprecatedIn, removedIn, successor } = lifecycle;
  const end =
    removedIn === undefined
      ? `Deprecated since Kubernetes 1.${deprecatedIn}.`
      : removedIn <= NEWEST_KUBERNETES_MINOR
        ? `Not served since Kubernetes 1.${removedIn}.`
        : `Will not be served from Kubernetes 1.${removedIn} on.`;
  return `\n\n${end}${successor === undefined ? '' : ` Use \`${successor}\`.`}`;
}

function inWords(
  node: SourceNode,
  path: readonly PathSegment[],
  schema: Parameters<typeof schemaAt>[0],
): string | undefined {
  const { scalar } = node;
  if (scalar === undefined || scalar === null || typeof scalar === 'boolean') return undefined;
  const target = schemaAt(schema, path)?.schema;
  if (!target) return undefined;
  const text = String(scalar);
  const name = String(path.findLast((segment) => typeof segment === 'string') ?? '');
  if (target.type === 'quantity') return quantityInWords(text, path.slice(-3).join('.'));
  if (typeof scalar === 'number') {
    return /Seconds$/.test(name) && scalar >= 60 ? secondsInWords(scalar) : undefined;
  }
  if (target.keywords.format !== 'duration' && !DURATION_FIELD.test(name)) return undefined;
  const seconds = durationSeconds(text);
  return seconds === undefined ? undefined : secondsInWords(seconds);
}
