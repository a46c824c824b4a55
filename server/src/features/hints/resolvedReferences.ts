import { portsOf } from '../../rules/parts/ports.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { label, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { HintFinder, ValueHint } from './hintFinder.ts';

const LONGEST_VALUE = 40;

/** The value behind a name: of a ConfigMap's key, of a named port. Values of Secrets are never shown. */
export const resolvedReferences: HintFinder = {
  *find(resource, graph) {
    if (resource.type === 'Service') yield* targetPorts(resource, graph);
    const workload = workloadOf(resource);
    if (!workload) return;
    yield* configuredValues(resource, graph);
    for (const container of [...workload.initContainers, ...workload.containers]) yield* probedPorts(container);
  },
};

function* configuredValues(resource: Resource, graph: ResourceGraph): Generator<ValueHint> {
  for (const { target, writtenAt } of graph.edgesFrom(resource, 'configured-by')) {
    const reference = writtenAt.parent;
    if (target.status !== 'found' || target.resource.type !== 'ConfigMap' || reference?.key !== 'configMapKeyRef')
      continue;
    const key = reference.find('key');
    const value = key && target.resource.root.text('data', key.text() ?? '');
    if (key && value !== undefined) {
      yield { at: key, label: `= ${shortened(value)}`, tooltip: () => `From ${label(target.resource)}` };
    }
  }
}

function* targetPorts(service: Resource, graph: ResourceGraph): Generator<ValueHint> {
  const { root } = service;
  for (const port of root.find('spec', 'ports')?.items ?? []) {
    const at = port.find('targetPort');
    const name = at?.scalar;
    if (!at || typeof name !== 'string') continue;
    const numbers = new Set<number>();
    for (const workload of podsByLabels(service, root.find('spec', 'selector'), graph).workloads) {
      for (const declared of [...workload.containers, ...workload.initContainers].flatMap((one) => portsOf(one))) {
        if (declared.name === name && declared.number !== undefined) numbers.add(declared.number);
      }
    }
    if (numbers.size > 0) yield { at, label: `= ${[...numbers].join(' or ')}` };
  }
}

function* probedPorts(container: SourceNode): Generator<ValueHint> {
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    for (const action of ['httpGet', 'tcpSocket']) {
      const at = container.find(probe, action, 'port');
      const declared = at && portsOf(container).find(({ name }) => name !== undefined && name === at.scalar);
      if (at && declared?.number !== undefined) yield { at, label: `= ${declared.number}` };
    }
  }
}

function shortened(value: string): string {
  const line = value.split(/\r?\n/, 1)[0] ?? '';
  return line.length < value.length || line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE)}…` : line;
}
