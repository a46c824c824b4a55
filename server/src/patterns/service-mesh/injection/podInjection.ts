import { workloadOf } from '../../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph, Ternary } from '../../../workspace/resourceGraph.ts';

/** Label of pods, and in old files annotation, that asks for a sidecar or refuses it. */
export const INJECT = 'sidecar.istio.io/inject';
export const REVISION = 'istio.io/rev';

/** The Namespace object of a namespaced resource, where the workspace has it. */
export function namespaceObject(resource: Resource, graph: ResourceGraph): Resource | undefined {
  if (resource.namespace === undefined) return undefined;
  return graph.near(resource, 'Namespace').find(({ name }) => name === resource.namespace);
}

/** Whether the labels of a Namespace make pods get a sidecar; undefined where a template writes them. */
export function injectsSidecars({ root }: Resource): Ternary {
  const injection = root.text('metadata', 'labels', 'istio-injection');
  if (injection === 'enabled') return true;
  if (injection === 'disabled') return false;
  if (root.text('metadata', 'labels', REVISION) !== undefined) return true;
  return ['istio-injection', REVISION].every((label) => root.lacks('metadata', 'labels', label)) ? false : undefined;
}

/** Whether the pods of a workload get a sidecar; undefined where their namespace is described elsewhere. */
export function getsSidecar(resource: Resource, graph: ResourceGraph): Ternary {
  const metadata = workloadOf(resource)?.template?.find('metadata');
  const namespace = namespaceObject(resource, graph);
  if (namespace?.root.text('metadata', 'labels', 'istio-injection') === 'disabled') return false;
  const asked = metadata?.text('labels', INJECT) ?? metadata?.text('annotations', INJECT);
  if (asked !== undefined) return asked === 'true';
  if (metadata?.open || metadata?.find('labels')?.open || metadata?.find('labels', INJECT)) return undefined;
  const inNamespace = namespace && injectsSidecars(namespace);
  if (inNamespace !== false) return inNamespace;
  return metadata?.text('labels', REVISION) !== undefined;
}
