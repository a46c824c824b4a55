import type { SourceNode } from '../../text/sourceNode.ts';
import { SERVING_TYPES, WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { matchesLabelSelector, namespacesAgree } from '../../workspace/selection.ts';

/** Kinds that make no pods. Every other custom resource may be one whose operator does. */
const WITHOUT_PODS =
  /^(?:[^/]+|apps\/.*|batch\/.*|autoscaling\/.*|autoscaling\.k8s\.io\/.*|policy\/.*|scheduling\.k8s\.io\/.*|storage\.k8s\.io\/.*|(?:networking|rbac\.authorization|gateway\.networking|apiextensions|admissionregistration)\.k8s\.io\/.*|(?:networking|security|telemetry|extensions)\.istio\.io\/.*|external-secrets\.io\/.*|bitnami\.com\/.*|cert-manager\.io\/.*|keda\.sh\/.*|kustomize\/.*|docker\/.*|terraform\/.*|helm\/.*|argoproj\.io\/(?:Application|AppProject|ApplicationSet|Rollout|.*Template)|monitoring\.coreos\.com\/(?:ServiceMonitor|PodMonitor|PrometheusRule|Probe))$/;

/** An operator whose object stands beside `from` may run pods that no file describes. */
export function mayHaveOtherPods(from: Resource, graph: ResourceGraph): boolean {
  return graph.memo(`other-pods ${graph.setOf(from)}`, () =>
    graph.near(from).some(({ type }) => !WITHOUT_PODS.test(type)),
  );
}

/** The pods of the namespace of `from` are described here, so that one which is missing here is missing there. */
export function describesPods(from: Resource, graph: ResourceGraph): boolean {
  return graph.sameNamespace(from, SERVING_TYPES).length > 0 && !mayHaveOtherPods(from, graph);
}

/**
 * Whether another set of the workspace (a chart, an overlay) has pods that a LabelSelector matches or may match: what is
 * deployed by itself still meets in the cluster.
 */
export function mayBeSelectedElsewhere(
  from: Resource,
  selector: SourceNode,
  graph: ResourceGraph,
  namespace = from.namespace,
): boolean {
  const set = graph.setOf(from);
  return graph.all(...WORKLOAD_TYPES).some((resource) => {
    if (graph.setOf(resource) === set || !namespacesAgree(namespace, resource.namespace)) return false;
    const { template, podLabels } = workloadOf(resource)!;
    return !template || template.open || matchesLabelSelector(selector, podLabels) !== false;
  });
}
