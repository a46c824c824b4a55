import { setValue } from '../../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../../rules/contract.ts';
import { SERVING_TYPES } from '../../../workspace/kubernetes/workload.ts';
import { describe, describeOther } from '../../../workspace/resource.ts';
import { LINKERD_INJECT, linkerdInjection, meshedNeighbour } from './linkerdInjection.ts';

/** Where one namespace is in Linkerd's mesh and another is not, calls between them are plain text. */
export const rule = defineRule({
  id: 'service-mesh/linkerd-injection-missing',
  severity: 'information',
  profile: 'strict',
  types: ['Namespace'],
  equivalents: ['kyverno:require-linkerd-mesh-injection'],
  *check(namespace, graph) {
    const { root, name } = namespace;
    if (name === undefined || !root.lacks('metadata', 'annotations', LINKERD_INJECT)) return;
    const neighbour = meshedNeighbour(namespace, graph);
    const hasPods = graph.near(namespace, ...SERVING_TYPES).some((workload) => workload.namespace === name);
    if (!neighbour || !hasPods) return;
    yield {
      at: root.find('metadata', 'name') ?? root,
      message: `The pods of ${describe(namespace)} are outside Linkerd's mesh, which ${describeOther(neighbour)} is in.`,
      related: [{ at: linkerdInjection(neighbour.root.find('metadata'))!, message: 'This namespace is in the mesh.' }],
      fixes: [
        {
          title: 'Put it into the mesh',
          safe: false,
          edits: () => setValue(root, ['metadata', 'annotations', LINKERD_INJECT], 'enabled'),
        },
      ],
    };
  },
});
