import { instanceName } from '../../rules/parts/instanceName.ts';
import { formatBytes, formatCores, readQuantity } from '../../rules/parts/quantity.ts';
import { definePattern } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { WORKLOAD_TYPES, type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { applyResources } from './applyResources.ts';
import { qualityOfService } from './qualityOfService.ts';

export const pattern = definePattern({
  id: 'requests-limits',
  title: 'Requests and limits',
  category: 'cost',
  summary: 'Tells the scheduler what a container needs and the node what it may take at most.',
  roles: {
    workload: { title: 'workload', required: true },
    requests: { title: 'requests of every container', required: true },
    limits: { title: 'memory limit of every container', required: true },
  },
  *recognize(graph) {
    for (const resource of graph.all(...WORKLOAD_TYPES)) {
      const workload = workloadOf(resource)!;
      const first = workload.containers
        .map((container) => container.find('resources'))
        // An empty `resources: {}` says nothing.
        .find((node) => node !== undefined && (node.open || node.entries.length > 0));
      if (!first) continue;
      const missing = [
        ...(everyContainer(
          workload,
          (container) =>
            !container.lacks('resources', 'requests', 'cpu') && !container.lacks('resources', 'requests', 'memory'),
        )
          ? []
          : ['requests']),
        ...(everyContainer(workload, (container) => !container.lacks('resources', 'limits', 'memory'))
          ? []
          : ['limits']),
      ];
      const participants = ['workload', 'requests', 'limits']
        .filter((role) => !missing.includes(role))
        .map((role) => {
          const at =
            role === 'workload'
              ? (resource.root.find('metadata', 'name') ?? resource.root)
              : (first.find(role)?.keyPlace ?? first.keyPlace);
          return { role, resource, at };
        });
      yield { pattern: 'requests-limits', name: instanceName(resource, graph), participants, missing };
    }
  },
  explanations: ['containers', 'initContainers'].map((list) => ({
    types: WORKLOAD_TYPES,
    path: ['**', list, '*', 'resources'],
    text(field, resource) {
      const workload = workloadOf(resource);
      const quality = workload && qualityOfService(workload);
      return quality && `**Quality of service: ${quality.name}.** ${quality.meaning}\n\n${summaryOf(field)}`;
    },
  })),
  apply: applyResources,
});

function everyContainer(workload: Workload, test: (container: SourceNode) => boolean): boolean {
  return workload.containers.every(test);
}

function summaryOf(resources: SourceNode): string {
  const rows = (['requests', 'limits'] as const).map((part) => {
    const cpu = readQuantity(resources.find(part, 'cpu')?.scalar);
    const memory = readQuantity(resources.find(part, 'memory')?.scalar);
    return `| ${part} | ${cpu === undefined ? '–' : formatCores(cpu)} | ${memory === undefined ? '–' : formatBytes(memory)} |`;
  });
  return ['| | CPU | memory |', '|---|---|---|', ...rows].join('\n');
}
