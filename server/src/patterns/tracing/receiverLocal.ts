import { scalarText } from '../../languages/yaml/scalarText.ts';
import { defineRule } from '../../rules/contract.ts';
import { readAddress } from '../../rules/parts/serviceAddress.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describeOther } from '../../workspace/resource.ts';
import { collectorConfigurationsOf, runnersOf, usesIn } from './collectorConfiguration.ts';

/** A receiver that listens on localhost hears nothing from other pods, whatever the Service says. */
export const rule = defineRule({
  id: 'tracing/receiver-local',
  severity: 'error',
  profile: 'recommended',
  types: ['ConfigMap'],
  *check(resource, graph) {
    const served = runnersOf(resource, graph).flatMap((runner) => {
      const workload = workloadOf(runner);
      return workload ? servicesOf(workload, graph) : [];
    });
    const [service] = served;
    if (!service) return;
    const ports = service.root.find('spec', 'ports')?.items ?? [];
    for (const configuration of collectorConfigurationsOf(resource)) {
      const used = new Set(usesIn(configuration)?.map(({ name }) => name));
      for (const receiver of configuration.root.find('receivers')?.entries ?? []) {
        if (!used.has(receiver.key ?? '')) continue;
        for (const at of endpointsIn(receiver)) {
          const address = readAddress(at.text() ?? '');
          const isLocal = address?.host === 'localhost' || address?.host === '127.0.0.1';
          if (!address || !isLocal || !ports.some((port) => port.number('port') === address.port)) continue;
          const text = scalarText(at);
          yield {
            at,
            message: `The receiver ${receiver.key} listens on ${address.host}, where ${describeOther(service)} does not reach it.`,
            related: [{ at: service.root.find('metadata', 'name') ?? service.root, message: 'The Service before it.' }],
            fixes: text
              ? [
                  {
                    title: 'Listen on every address',
                    safe: false,
                    edits: () => [{ uri: at.source.uri, span: text.spanOf(address.hostSpan), newText: '0.0.0.0' }],
                  },
                ]
              : [],
          };
        }
      }
    }
  },
});

/** Every `endpoint` below a receiver: each protocol has its own. */
function* endpointsIn(node: SourceNode): Iterable<SourceNode> {
  for (const entry of node.entries) {
    if (entry.key === 'endpoint' && entry.kind === 'scalar') yield entry;
    else yield* endpointsIn(entry);
  }
}
