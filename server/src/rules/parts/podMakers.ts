import type { SourceNode } from '../../text/sourceNode.ts';
import { SERVING_TYPES, WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph, Ternary } from '../../workspace/resourceGraph.ts';
import { matchesLabelSelector, namespacesAgree } from '../../workspace/selection.ts';

/** Kinds that make no pods. Every other custom resource may be one whose operator does. */
const WITHOUT_PODS =
  /^(?:[^/]+|apps\/.*|batch\/.*|autoscaling\/.*|autoscaling\.k8s\.io\/.*|policy\/.*|scheduling\.k8s\.io\/.*|storage\.k8s\.io\/.*|(?:networking|rbac\.authorization|gateway\.networking|apiextensions|admissionregistration)\.k8s\.io\/.*|(?:networking|security|telemetry|extensions)\.istio\.io\/.*|external-secrets\.io\/.*|bitnami\.com\/.*|cert-manager\.io\/.*|keda\.sh\/.*|kustomize\/.*|docker\/.*|terraform\/.*|helm\/.*|argoproj\.io\/(?:Application|AppProject|ApplicationSet|Rollout|(?:Cluster)?AnalysisTemplate)|monitoring\.coreos\.com\/(?:ServiceMonitor|PodMonitor|PrometheusRule|Probe))$/;

/** An operator whose object stands in the namespace may run pods there that no file describes. */
export function mayHaveOtherPods(from: Resource, graph: ResourceGraph, namespace = from.namespace): boolean {
  return podMakers(from, graph).some((maker) => namespacesAgree(namespace, maker.namespace));
}

/**
 * The same for pods that carry labels of these values. Operators label their pods after their own kind and object, or as
 * the object says; one whose object has nothing in common with the values makes other pods.
 */
export function mayHaveOtherPodsOf(values: readonly string[], from: Resource, graph: ResourceGraph): boolean {
  return podMakers(from, graph).some(({ kind, name, namespace, root }) => {
    if (!namespacesAgree(namespace, from.namespace)) return false;
    const text = root.source.slice(root.span);
    const own = [kind.toLowerCase(), name ?? ''];
    return values.some((value) => text.includes(value) || own.some((part) => value.toLowerCase().includes(part)));
  });
}

function podMakers(from: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph.memo(`pod-makers ${graph.setOf(from)}`, () =>
    graph.near(from).filter(({ type }) => !WITHOUT_PODS.test(type)),
  );
}

/** The namespace of `from` has workloads here, so that one which is missing here is missing there. */
export function describesPods(from: Resource, graph: ResourceGraph): boolean {
  return graph.sameNamespace(from, SERVING_TYPES).length > 0;
}

/**
 * Whether another set of the workspace (a chart, an overlay) has pods that a LabelSelector matches: what is deployed by
 * itself still meets in the cluster. Undefined where a template writes the labels of such pods.
 */
export function isSelectedElsewhere(
  from: Resource,
  selector: SourceNode,
  graph: ResourceGraph,
  namespace = from.namespace,
): Ternary {
  const set = graph.setOf(from);
  const others = graph.memo(`workloads-elsewhere ${set}`, () =>
    graph.all(...WORKLOAD_TYPES).filter((resource) => graph.setOf(resource) !== set),
  );
  let result: Ternary = false;
  for (const resource of others) {
    if (!namespacesAgree(namespace, resource.namespace)) continue;
    const { template, podLabels } = workloadOf(resource)!;
    const matches = template && !template.open ? matchesLabelSelector(selector, podLabels) : undefined;
    if (matches === true) return true;
    if (matches === undefined) result = undefined;
  }
  return result;
}
