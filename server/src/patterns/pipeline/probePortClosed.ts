import { defineRule } from '../../rules/contract.ts';
import { CONTAINER_OWNERS, containerName, containersOf } from '../../rules/parts/containers.ts';
import { portsOf } from '../../rules/parts/ports.ts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** A probe of a port that the container does not have fails for ever: the pod is never ready, or is restarted again and again. */
export const rule = defineRule({
  id: 'pipeline/probe-port-closed',
  severity: 'error',
  profile: 'recommended',
  types: CONTAINER_OWNERS,
  equivalents: ['kube-linter:liveness-port', 'kube-linter:readiness-port', 'kube-linter:startup-port'],
  *check(resource) {
    for (const entry of containersOf(resource)) {
      const { container, workload } = entry;
      if (container.open || container.find('ports')?.open) continue;
      const ports = portsOf(container);
      if (ports.some(({ at }) => !at.known)) continue;
      for (const probe of PROBES) {
        for (const kind of ['httpGet', 'tcpSocket', 'grpc']) {
          const port = container.find(probe, kind, 'port');
          const wanted = port?.scalar;
          if (!port || wanted === undefined || wanted === null) continue;
          if (ports.some(({ name, number }) => name === wanted || number === wanted || String(number) === wanted))
            continue;
          const isName = typeof wanted === 'string' && !/^\d+$/.test(wanted);
          // The port may belong to another container of the pod, which shares its network.
          if (
            workload.containers.some(
              (other) => other !== container && portsOf(other).some(({ number }) => number === wanted),
            )
          )
            continue;
          yield {
            at: port,
            message: isName
              ? `The ${probe} of ${containerName(entry)} asks for a port named ${wanted}, which the container does not have.`
              : `The ${probe} of ${containerName(entry)} asks port ${wanted}, which the container does not declare.`,
            ...(isName ? {} : { severity: 'information' as const, strict: true as const }),
            related: ports.slice(0, 3).map(({ at }) => ({ at, message: 'A port of the container.' })),
          };
        }
      }
    }
  },
});
