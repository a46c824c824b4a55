import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'].map((name) => [name]);
const HOOKS = [
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

/** The kubelet asks, from the network of the node: a host sends it to whatever the author of the pod wants asked. */
export const rule = defineRule({
  id: 'network/probe-leaves-pod',
  severity: 'warning',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: ['gatekeeper:host-probes-lifecycle'],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      // In the network of the node, the address of the node is the pod's own.
      const ownsNode = entry.workload.podSpec?.boolean('hostNetwork') === true;
      for (const path of [...PROBES, ...HOOKS]) {
        for (const action of ['httpGet', 'tcpSocket']) {
          const host = entry.container.find(...path, action, 'host');
          const written = host?.text();
          if (!host || !written || (ownsNode && /^(?:127\.|localhost$|::1$)/.test(written))) continue;
          yield {
            at: host,
            message: `The ${path.at(-1)} of ${containerName(entry)} makes the node ask ${written}, not the pod.`,
            fixes: [{ title: 'Ask the pod', safe: false, edits: () => [removeEntry(host)] }],
          };
        }
      }
    }
  },
});
