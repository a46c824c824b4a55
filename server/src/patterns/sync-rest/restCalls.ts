import type { ServiceCall } from '../../workspace/kubernetes/serviceCalls.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { meshProtocol } from '../service-mesh/portProtocols.ts';
import { calledPort } from './calledPort.ts';

/** Where telemetry goes: sent by every service, waited for by none. */
export const TELEMETRY = /OTEL|OTLP|ZIPKIN|JAEGER|PUSHGATEWAY/i;

/**
 * A request of HTTP that waits for its answer; gRPC and telemetry are not meant. An address without a scheme is one where the
 * port of the Service says that it speaks HTTP.
 */
export function isRestCall(call: ServiceCall, graph: ResourceGraph): boolean {
  const { address, name } = call;
  if (TELEMETRY.test(name)) return false;
  const port = calledPort(call, graph);
  const protocol = port && meshProtocol(port);
  if (address.scheme === undefined) return protocol === 'http' || protocol === 'https';
  return (address.scheme === 'http' || address.scheme === 'https') && !protocol?.startsWith('grpc');
}
