import { defineRule } from '../../../rules/contract.ts';
import { SERVING_TYPES } from '../../../workspace/kubernetes/workload.ts';
import { describe, describeOther } from '../../../workspace/resource.ts';
import { DATAPLANE_MODE } from './waypoints.ts';

/** Calls to and from pods outside the mesh are plain text, and policies that ask who calls refuse them. */
export const rule = defineRule({
  id: 'service-mesh/namespace-outside-ambient',
  severity: 'information',
  profile: 'strict',
  types: ['Namespace'],
  equivalents: ['kyverno:enforce-ambient-mode-namespace', 'kyverno:add-ambient-mode-namespace'],
  *check(namespace, graph) {
    const labels = ['istio-injection', 'istio.io/rev', DATAPLANE_MODE];
    if (namespace.name === undefined || !labels.every((label) => namespace.root.lacks('metadata', 'labels', label)))
      return;
    const ambient = graph
      .near(namespace, 'Namespace')
      .find(({ root }) => root.text('metadata', 'labels', DATAPLANE_MODE) === 'ambient');
    const hasPods = graph.near(namespace, ...SERVING_TYPES).some((workload) => workload.namespace === namespace.name);
    if (!ambient || !hasPods) return;
    yield {
      at:
        namespace.root.find('metadata', 'labels')?.keyPlace ??
        namespace.root.find('metadata', 'name') ??
        namespace.root,
      message: `The pods of ${describe(namespace)} are outside the mesh, which ${describeOther(ambient)} is in by ${DATAPLANE_MODE}: ambient.`,
      related: [
        { at: ambient.root.find('metadata', 'labels', DATAPLANE_MODE)!, message: 'This namespace is in the mesh.' },
      ],
    };
  },
});
