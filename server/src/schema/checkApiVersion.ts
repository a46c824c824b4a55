import { nearestName } from '../text/nearestName.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import { servedSince } from './apiIntroductions.ts';
import { type ApiLifecycle, apiLifecycle, NEWEST_KUBERNETES_MINOR } from './apiLifecycles.ts';
import { hasPlaceholder } from './plainScalar.ts';
import { groupOf, type ResourceKind, type SchemaIndex } from './schemaIndex.ts';
import type { SchemaProblem, SchemaReplacement } from './schemaProblem.ts';
import { validateResource } from './validate.ts';

/** Groups of files that tools read and no API server serves. */
const CLIENT_SIDE =
  /(?:^|\.)config\.(?:k8s\.io|openshift\.io)$|^(?:kubeadm|audit|client\.authentication|kind\.x)(?:\.|-)k8s\.io$/;

/** kubectl's configuration, and what an API server answers about itself: both call themselves `v1`. */
const OF_NO_API = /^(?:Config|APIGroup|APIGroupList|APIResourceList|APIVersions|Status|Table|WatchEvent)$/;

/**
 * What is wrong with the apiVersion and kind of a resource: a version that Kubernetes does not serve yet, no longer serves or
 * will stop serving, or a kind that does not exist (`schema/unknown-kind`; only certain for the groups of Kubernetes itself, where
 * it is an error). At most one problem.
 *
 * @param minor the minor version of Kubernetes 1 that the document is meant for
 */
export function checkApiVersion(
  root: SourceNode,
  index: SchemaIndex,
  minor: number = NEWEST_KUBERNETES_MINOR,
): SchemaProblem | undefined {
  const node = root.find('apiVersion');
  const apiVersion = node?.scalar;
  const kind = root.find('kind')?.scalar;
  if (!node || typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  if (hasPlaceholder(apiVersion) || hasPlaceholder(kind)) return undefined;
  const since = servedSince(apiVersion, kind);
  if (since !== undefined && minor < since) {
    const message = `\`${apiVersion} ${kind}\` is not served before Kubernetes 1.${since}, and this is meant for 1.${minor}.`;
    return { code: 'schema/future-api-version', severity: 'error', node, span: node.span, message };
  }
  const lifecycle = apiLifecycle(apiVersion, kind);
  if (lifecycle) return ending(root, node, `${apiVersion} ${kind}`, lifecycle, index, minor);
  const known = index.forResource(apiVersion, kind);
  if (known?.deprecation !== undefined) {
    const message = `\`${apiVersion}\` of ${kind} is deprecated${known.deprecation === '' ? '.' : `: ${known.deprecation}`}`;
    return { code: 'schema/deprecated-api-version', severity: 'warning', node, span: node.span, message };
  }
  return known ? undefined : unknownKind(root, apiVersion, kind, index);
}

function ending(
  root: SourceNode,
  node: SourceNode,
  name: string,
  lifecycle: ApiLifecycle,
  index: SchemaIndex,
  minor: number,
): SchemaProblem | undefined {
  const { deprecatedIn, removedIn, instead } = lifecycle;
  // A cluster that does not serve the successor yet is no place to move to.
  const since = servedSince(lifecycle.successor ?? '', root.text('kind') ?? '') ?? 0;
  const successor = since > minor ? undefined : lifecycle.successor;
  if (minor < deprecatedIn) return undefined;
  const removed = removedIn !== undefined && minor >= removedIn;
  const advice =
    successor !== undefined ? ` Use \`${successor}\`.` : instead !== undefined ? ` Use ${instead} instead.` : '';
  const what = removed
    ? `is not served since Kubernetes 1.${removedIn}`
    : removedIn === undefined
      ? `is deprecated since Kubernetes 1.${deprecatedIn}`
      : `is deprecated and will not be served from Kubernetes 1.${removedIn} on`;
  const replacement = successor === undefined ? undefined : migration(root, node, successor, lifecycle, index);
  return {
    code: removed ? 'schema/removed-api-version' : 'schema/deprecated-api-version',
    severity: removed ? 'error' : removedIn === undefined ? 'information' : 'warning',
    node,
    span: node.span,
    message: `\`${name}\` ${what}.${advice}`,
    ...(replacement && { replacement }),
  };
}

/** Safe when the object says the same in the new version and has nothing that the new version does not know. */
function migration(
  root: SourceNode,
  node: SourceNode,
  successor: string,
  lifecycle: ApiLifecycle,
  index: SchemaIndex,
): SchemaReplacement {
  const target = index.forResource(successor, root.text('kind') ?? '');
  const faults = target ? validateResource(root, target).filter((problem) => problem.node !== node) : [];
  return {
    title: `Use \`${successor}\``,
    span: node.span,
    newText: successor,
    safe: target !== undefined && lifecycle.changed !== true && faults.length === 0,
  };
}

function unknownKind(
  root: SourceNode,
  apiVersion: string,
  kind: string,
  index: SchemaIndex,
): SchemaProblem | undefined {
  const group = groupOf(apiVersion);
  // `builtin` are the generators and transformers of Kustomize.
  if (CLIENT_SIDE.test(group) || apiVersion === 'builtin') return undefined;
  const kinds = index.kinds();
  const ofGroup = kinds.filter((known) => groupOf(known.apiVersion) === group);
  const builtIn = ofGroup.some((known) => known.origin === 'kubernetes');
  if (ofGroup.length > 0 && !(apiVersion === 'v1' && OF_NO_API.test(kind))) {
    const elsewhere = kinds.filter((known) => known.kind === kind);
    const sameGroup = elsewhere.filter((known) => groupOf(known.apiVersion) === group);
    const homes = versionsOf(sameGroup.length > 0 ? sameGroup : elsewhere);
    if (homes.length > 0) return otherVersion(root, apiVersion, kind, homes, builtIn);
    return misspelt(root, apiVersion, kind, ofGroup, builtIn);
  }
  if (ofGroup.length > 0) return undefined;
  return problem(root, 'kind', `No schema is known for ${kind} of \`${apiVersion}\`.`, 'information');
}

function versionsOf(kinds: readonly ResourceKind[]): string[] {
  const living = kinds.filter(
    ({ apiVersion, kind }) => (apiLifecycle(apiVersion, kind)?.removedIn ?? Infinity) > NEWEST_KUBERNETES_MINOR,
  );
  return [...new Set((living.length > 0 ? living : kinds).map((known) => known.apiVersion))];
}

function otherVersion(
  root: SourceNode,
  apiVersion: string,
  kind: string,
  homes: readonly string[],
  builtIn: boolean,
): SchemaProblem {
  const places = homes.map((home) => `\`${home}\``).join(' or ');
  const found = problem(root, 'apiVersion', `\`${apiVersion}\` has no ${kind}; it is in ${places}.`, severity(builtIn));
  if (homes.length !== 1) return found;
  const replacement = { title: `Use \`${homes[0]}\``, span: found.span, newText: homes[0]!, safe: false };
  return { ...found, replacement };
}

function misspelt(
  root: SourceNode,
  apiVersion: string,
  kind: string,
  ofGroup: readonly ResourceKind[],
  builtIn: boolean,
): SchemaProblem {
  const near = nearestName(kind, new Set(ofGroup.map((known) => known.kind)));
  const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  const found = problem(root, 'kind', `\`${apiVersion}\` has no kind \`${kind}\`.${hint}`, severity(builtIn));
  if (near === undefined) return found;
  return { ...found, replacement: { title: `Use \`${near}\``, span: found.span, newText: near, safe: false } };
}

function severity(builtIn: boolean): 'error' | 'information' {
  return builtIn ? 'error' : 'information';
}

function problem(
  root: SourceNode,
  field: 'apiVersion' | 'kind',
  message: string,
  severity: SchemaProblem['severity'],
): SchemaProblem {
  const node = root.find(field) ?? root;
  return { code: 'schema/unknown-kind', severity, node, span: node.span, message };
}
