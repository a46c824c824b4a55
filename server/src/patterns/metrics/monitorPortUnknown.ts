import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { declaredPorts } from '../../rules/parts/ports.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe, describeOther, type Resource } from '../../workspace/resource.ts';
import { monitorTargets, POD_MONITOR, SERVICE_MONITOR } from './monitorTargets.ts';

/** An endpoint names a port of the Service or pod; another name is dropped without a word. */
export const rule = defineRule({
  id: 'metrics/monitor-port-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [SERVICE_MONITOR, POD_MONITOR],
  *check(monitor, graph) {
    const { resources } = monitorTargets(monitor, graph);
    if (resources.length === 0) return;
    const names = resources.map((resource) => portNames(resource));
    if (names.some((list) => list === undefined)) return;
    const known = [...new Set(names.flatMap((list) => list ?? []))];
    const field = monitor.type === SERVICE_MONITOR ? 'endpoints' : 'podMetricsEndpoints';
    for (const endpoint of monitor.root.find('spec', field)?.items ?? []) {
      const port = endpoint.find('port');
      const written = port?.text();
      if (!port || written === undefined || known.includes(written)) continue;
      const only = known.length === 1 ? known[0]! : undefined;
      yield {
        at: port,
        message: `${describeOther(resources[0]!)} has no port with the name ${written}${known.length > 0 ? `, only ${known.join(', ')}` : ''}, so ${describe(monitor)} does not measure it.`,
        related: [
          {
            at: resources[0]!.root.find('metadata', 'name') ?? resources[0]!.root,
            message: 'What the monitor selects.',
          },
        ],
        ...(only === undefined
          ? {}
          : { fixes: [{ title: `Use the port ${only}`, safe: false, edits: () => [replaceValue(port, only)] }] }),
      };
    }
  },
});

/** The names of the ports; undefined where a template may write more. */
function portNames(resource: Resource): readonly string[] | undefined {
  const workload = workloadOf(resource);
  if (workload) {
    if (!workload.podSpec?.find('containers')?.known) return undefined;
    return declaredPorts(workload).flatMap(({ name }) => name ?? []);
  }
  const ports = resource.root.find('spec', 'ports');
  if (!ports?.known) return resource.root.lacks('spec', 'ports') ? [] : undefined;
  return ports.items.flatMap((port) => port.text('name') ?? []);
}
