import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import { hasSidecar } from './meshMembership.ts';
import { meshProtocol } from './portProtocols.ts';

interface Target {
  readonly service: Resource;
  readonly port: SourceNode;
  readonly number: number;
}

/** Before a pod stands one listener for each of its ports, and it speaks one protocol. */
export const rule = defineRule({
  id: 'service-mesh/services-disagree',
  severity: 'warning',
  profile: 'recommended',
  types: SERVING_TYPES,
  equivalents: ['istioctl:IST0116', 'istioctl:IST0137'],
  *check(resource, graph) {
    const services = servicesOf(workloadOf(resource)!, graph);
    if (services.length < 2) return;
    const isMeshed = hasSidecar(resource, graph);
    const name = resource.root.find('metadata', 'name') ?? resource.root;
    const targets = services.flatMap((service) => [...targetsOf(service)]);
    for (const [index, one] of targets.entries()) {
      for (const other of targets.slice(index + 1)) {
        if (other.service === one.service || targetOf(one) !== targetOf(other)) continue;
        const [left, right] = [meshProtocol(one.port), meshProtocol(other.port)];
        const related = [one, other].map(({ service, port }) => ({
          at: port.find('port')!,
          message: `The port of ${describeOther(service)}.`,
        }));
        if (left !== undefined && right !== undefined && left !== right) {
          yield {
            at: name,
            message: `Port ${targetOf(one)} of ${describeOther(resource)} is ${left} for ${describeOther(one.service)} and ${right} for ${describeOther(other.service)}, but its sidecar can speak only one of them.`,
            related,
            ...(isMeshed ? {} : { strict: true }),
          };
        } else if (one.number !== other.number) {
          yield {
            at: name,
            severity: 'information',
            message: `Port ${targetOf(one)} of ${describeOther(resource)} is port ${one.number} of ${describeOther(one.service)} and port ${other.number} of ${describeOther(other.service)}; the mesh expects one number.`,
            related,
            strict: true,
          };
        }
      }
    }
  },
});

function* targetsOf(service: Resource): Iterable<Target> {
  for (const port of service.root.find('spec', 'ports')?.items ?? []) {
    const number = port.number('port');
    if (number !== undefined && !port.open) yield { service, port, number };
  }
}

function targetOf({ port, number }: Target): string {
  return port.text('targetPort') ?? String(number);
}
