import type { KubeObject } from './kubeObject.ts';
import type { Pod } from './pod.ts';

/** A port of a pod that can be spoken to. */
export interface OfferedPort {
  readonly port: number;
  /** `http`, or `Service port 80`. */
  readonly name: string;
}

interface ServicePort {
  readonly port: number;
  readonly name?: string;
  readonly protocol?: string;
  readonly targetPort?: number | string;
}

/** The TCP ports of a pod, or those behind the ports of a Service, whose named ports the pod resolves. */
export function offeredPorts(pod: Pod, service: KubeObject | undefined): OfferedPort[] {
  const own = (pod.spec?.containers ?? [])
    .flatMap((container) => (container as { ports?: ContainerPort[] }).ports ?? [])
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  if (!service) return own.map(({ containerPort, name = '' }) => ({ port: containerPort, name }));
  const ports = (service['spec'] as { ports?: readonly ServicePort[] } | undefined)?.ports ?? [];
  return ports
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .flatMap(({ name, port, targetPort = port }) => {
      const target =
        typeof targetPort === 'number' ? targetPort : own.find((each) => each.name === targetPort)?.containerPort;
      return target === undefined ? [] : [{ port: target, name: `Service port ${name ? `${name} (${port})` : port}` }];
    });
}

interface ContainerPort {
  readonly containerPort: number;
  readonly name?: string;
  readonly protocol?: string;
}
