import { setValue } from '../../languages/yaml/yamlEdits.ts';
import type { TextEdit } from '../../text/sourceText.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** Labels of a Namespace that settle whether its pods are in the mesh, by sidecar or by ambient proxy. */
export const INJECTION_LABELS = ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode'];

/** Turns injection on in the namespace of a Service; nothing where it is settled, or where the Namespace lives elsewhere. */
export function enableInjection(service: Resource, graph: ResourceGraph): TextEdit[] {
  const namespace = graph
    .near(service, 'Namespace')
    .find(({ name }) => name !== undefined && name === service.namespace);
  const isSettled = !namespace || INJECTION_LABELS.some((label) => !namespace.root.lacks('metadata', 'labels', label));
  return isSettled ? [] : setValue(namespace.root, ['metadata', 'labels', 'istio-injection'], 'enabled');
}
