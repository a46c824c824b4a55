import { declaredPorts } from '../../rules/parts/ports.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { meshProtocol } from '../service-mesh/portProtocols.ts';
import { podPort } from '../sync-rest/calledPort.ts';

/** A port of a Service behind which gRPC is spoken. */
export interface GrpcPort {
  readonly port: SourceNode;
  /** The port's name or `appProtocol` says so. */
  readonly isTold: boolean;
  /** What the pods say of it: a gRPC probe of the port, or its name there. */
  readonly evidence: SourceNode | undefined;
}

/** The probes of a container. */
export const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];

/** The gRPC ports of a Service, by what it says itself and by what its pods show. */
export function grpcPortsOf(service: Resource, graph: ResourceGraph): readonly GrpcPort[] {
  const { workloads } = podsByLabels(service, service.root.find('spec', 'selector'), graph);
  return (service.root.find('spec', 'ports')?.items ?? []).flatMap((port): GrpcPort[] => {
    const isTold = meshProtocol(port)?.startsWith('grpc') ?? false;
    const evidence = workloads.map((workload) => evidenceIn(workload, port)).find((node) => node !== undefined);
    return isTold || evidence ? [{ port, isTold, evidence }] : [];
  });
}

function evidenceIn(workload: Workload, port: SourceNode): SourceNode | undefined {
  const { number, name } = podPort(port, workload);
  if (number === undefined && name === undefined) return undefined;
  for (const container of workload.containers) {
    for (const kind of PROBES) {
      const probed = container.find(kind, 'grpc', 'port');
      if (probed?.number() !== undefined && probed.number() === number) return probed;
    }
  }
  return declaredPorts(workload)
    .find((declared) => declared.number !== undefined && declared.number === number && isGrpcName(declared.name))
    ?.at.parent?.find('name');
}

/** `grpc`, `grpc-web` and what begins with them, as meshes read the names of ports. */
export function isGrpcName(name: string | undefined): boolean {
  return name !== undefined && /^grpc(?:-|$)/i.test(name);
}
