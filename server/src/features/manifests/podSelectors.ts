import { podsOfSubset } from '../../patterns/canary/subsetPods.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { type PodSelection, podsByLabels, podsBySelector } from '../../workspace/kubernetes/podSelection.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** A field of a resource that picks pods by their labels. */
export interface PodSelector {
  readonly at: SourceNode;
  select(): PodSelection;
}

/** Kinds of Istio that speak of the pods of their own namespace. */
const ISTIO_POLICIES: ReadonlySet<string> = new Set([
  'security.istio.io/AuthorizationPolicy',
  'security.istio.io/PeerAuthentication',
  'security.istio.io/RequestAuthentication',
  'telemetry.istio.io/Telemetry',
  'extensions.istio.io/WasmPlugin',
]);

/** Every selector of a resource whose pods can be looked up; those of other namespaces are left out. */
export function* podSelectors(resource: Resource, graph: ResourceGraph): Generator<PodSelector> {
  const { root, type } = resource;
  const spec = root.find('spec');
  const plain = (at: SourceNode | undefined): PodSelector[] =>
    at?.kind === 'map' ? [{ at, select: () => podsByLabels(resource, at, graph) }] : [];
  const full = (at: SourceNode | undefined): PodSelector[] =>
    at?.kind === 'map' ? [{ at, select: () => podsBySelector(resource, at, graph) }] : [];
  if (type === 'Service') yield* plain(spec?.find('selector'));
  if (type === 'policy/PodDisruptionBudget' || type === 'monitoring.coreos.com/PodMonitor') {
    if (!spec?.find('namespaceSelector')) yield* full(spec?.find('selector'));
  }
  if (type === 'networking.k8s.io/NetworkPolicy') {
    yield* full(spec?.find('podSelector'));
    for (const [direction, side] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const) {
      for (const rule of spec?.find(direction)?.items ?? []) {
        for (const peer of rule.find(side)?.items ?? []) {
          if (peer.lacks('namespaceSelector')) yield* full(peer.find('podSelector'));
        }
      }
    }
  }
  if (ISTIO_POLICIES.has(type)) yield* plain(spec?.find('selector', 'matchLabels'));
  if (type === DESTINATION_RULE) {
    for (const subset of spec?.find('subsets')?.items ?? []) {
      const at = subset.find('labels');
      if (at?.kind === 'map') yield { at, select: () => podsOfSubset(resource, subset, graph) };
    }
  }
}
