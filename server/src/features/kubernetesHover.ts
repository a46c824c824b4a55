import { apiLifecycle, NEWEST_KUBERNETES_MINOR } from '../schema/apiLifecycles.ts';
import { documentationAt, resourceDocumentation } from '../schema/documentationAt.ts';
import { schemaAt } from '../schema/schemaAt.ts';
import type { SchemaIndex } from '../schema/schemaIndex.ts';
import type { PathSegment, SourceNode } from '../text/sourceNode.ts';
import { kubernetesPlace } from './kubernetesPlace.ts';
import type { Explanation } from './languageFeatures.ts';
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
  const words = isOnKey && node.kind !== 'scalar' ? undefined : inWords(node, path, resource.schema);
  return {
    markdown: words === undefined ? documentation : `${documentation}\n\n\`${String(node.scalar)}\`: ${words}`,
    span,
  };
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
