import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { describeOther } from '../../workspace/resource.ts';
import { containerPolicies, sizedWorkload, VERTICAL_AUTOSCALER } from './verticalAutoscaler.ts';

/** A policy for a container that the pods do not have leaves the one it was meant for without bounds. */
export const rule = defineRule({
  id: 'vpa/container-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: [VERTICAL_AUTOSCALER],
  *check(resource, graph) {
    const workload = sizedWorkload(resource, graph);
    if (!workload) return;
    const containers = [...workload.containers, ...workload.initContainers].map((container) => container.text('name'));
    const listed = workload.podSpec?.find('containers');
    if (!listed || listed.open || containers.some((name) => name === undefined)) return;
    const names = containers as string[];
    for (const policy of containerPolicies(resource)) {
      const at = policy.find('containerName');
      const name = at?.text();
      // The proxy of a mesh is injected: it stands in no manifest.
      if (!at || name === undefined || name === '*' || name === 'istio-proxy' || names.includes(name)) continue;
      const near = nearestName(name, names);
      yield {
        at,
        message: `The pods of ${describeOther(workload.resource)} have no container ${name}.`,
        related: [{ at: listed.keyPlace, message: `The containers of ${describeOther(workload.resource)}.` }],
        fixes: near ? [{ title: `Use ${near}`, safe: false, edits: () => [replaceValue(at, near)] }] : [],
      };
    }
  },
});
