import { calledService, callsWrittenIn, type ServiceCall } from '../../workspace/kubernetes/serviceCalls.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { refusedCall } from './refusedCall.ts';

/**
 * The calls that the settings of a workload or ConfigMap stand for. A ConfigMap is often read by more workloads than call
 * each of its addresses: where several read one setting, jobs beside services, and those whom policies refuse beside
 * those whom they admit, are not taken for callers.
 */
export function likelyCalls(owner: Resource, graph: ResourceGraph): readonly ServiceCall[] {
  const known = graph.memo('likely-calls', () => new Map<Resource, readonly ServiceCall[]>());
  const calls = known.get(owner) ?? selectLikely(callsWrittenIn(owner, graph).filter(isRequest), graph);
  known.set(owner, calls);
  return calls;
}

/** Spans that are sent to a collector are no requests of the application; what is wrong with them is said under `tracing`. */
function isRequest({ name }: ServiceCall): boolean {
  return !/^OTEL_EXPORTER_|^MANAGEMENT_OTLP_/.test(name);
}

function selectLikely(calls: readonly ServiceCall[], graph: ResourceGraph): readonly ServiceCall[] {
  const byAddress = new Map<number, ServiceCall[]>();
  for (const call of calls) {
    const { start } = call.address.hostPlace.span;
    const readers = byAddress.get(start);
    if (readers) readers.push(call);
    else byAddress.set(start, [call]);
  }
  return [...byAddress.values()].flatMap((readers) => {
    const serving = preferred(readers, ({ caller }) => caller?.resource.type.startsWith('batch/') === false);
    const likely = preferred(serving, (call) => !isRefused(call, graph));
    const [first] = likely;
    // A job alone that may not even call the address reads the ConfigMap for other settings.
    const isUnread =
      first?.owner.type === 'ConfigMap' &&
      likely.every((call) => call.caller?.resource.type.startsWith('batch/') && isRefused(call, graph));
    return isUnread ? [{ ...first!, caller: undefined }] : likely;
  });
}

/** The policies of the callee count wherever it is deployed from. */
function isRefused(call: ServiceCall, graph: ResourceGraph): boolean {
  return refusedCall(call, graph, calledService(call, graph)) !== undefined;
}

function preferred(calls: readonly ServiceCall[], isBetter: (call: ServiceCall) => boolean): readonly ServiceCall[] {
  if (calls.length < 2) return calls;
  const better = calls.filter(isBetter);
  return better.length > 0 ? better : calls;
}

/** Of calls by one setting the first alone: what is wrong with an address is said once, however many read it. */
export function oncePerAddress(calls: readonly ServiceCall[]): readonly ServiceCall[] {
  const seen = new Set<number>();
  return calls.filter(({ address }) => {
    const { start } = address.hostPlace.span;
    return !seen.has(start) && seen.add(start);
  });
}
