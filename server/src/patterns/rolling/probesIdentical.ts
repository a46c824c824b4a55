import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';
import type { SourceNode } from '../../text/sourceNode.ts';

const HANDLERS = ['httpGet', 'tcpSocket', 'grpc', 'exec'];
/** The defaults of the API server. */
const THRESHOLDS = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 };

/** With two equal probes a pod that is only busy is restarted in the moment in which it should merely be spared. */
export const rule = defineRule({
  id: 'rolling/probes-identical',
  severity: 'warning',
  profile: 'strict',
  types: CONTAINER_OWNERS,
  equivalents: ['kube-score:pod-probes-identical', 'kyverno:validate-probes'],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      const readiness = entry.container.find('readinessProbe');
      const liveness = entry.container.find('livenessProbe');
      if (!readiness?.known || !liveness?.known || signature(readiness) !== signature(liveness)) continue;
      yield {
        at: liveness.keyPlace,
        message: `The liveness and the readiness probe of ${containerName(entry)} are the same, so it is restarted as soon as it is not ready.`,
        related: [{ at: readiness.keyPlace, message: 'The readiness probe.' }],
      };
    }
  },
});

function signature(probe: SourceNode): string {
  const handler = HANDLERS.map((kind) => probe.find(kind)?.value ?? null);
  const thresholds = Object.entries(THRESHOLDS).map(([field, fallback]) => probe.number(field) ?? fallback);
  return JSON.stringify([handler, thresholds]);
}
