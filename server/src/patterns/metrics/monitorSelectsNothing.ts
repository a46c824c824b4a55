import { defineRule } from '../../rules/contract.ts';
import { mayHaveOtherPods } from '../../rules/parts/podMakers.ts';
import { describe } from '../../workspace/resource.ts';
import { monitorTargets, POD_MONITOR, SERVICE_MONITOR } from './monitorTargets.ts';

/** A monitor without targets measures nothing, and nobody is told: there is no series that could be missing. */
export const rule = defineRule({
  id: 'metrics/monitor-selects-nothing',
  severity: 'warning',
  profile: 'recommended',
  types: [SERVICE_MONITOR, POD_MONITOR],
  equivalents: ['kube-linter:dangling-servicemonitor'],
  *check(monitor, graph) {
    const selector = monitor.root.find('spec', 'selector');
    if (selector?.kind !== 'map' || selector.entries.length === 0) return;
    const { resources, certain, mayBeElsewhere, describesTargets } = monitorTargets(monitor, graph);
    if (resources.length > 0 || !certain) return;
    const isOfServices = monitor.type === SERVICE_MONITOR;
    yield {
      at: selector.keyPlace,
      message: `${describe(monitor)} measures nothing: no ${isOfServices ? 'Service' : 'pod'} has the labels that it selects.`,
      // Operators make Services and pods that no file describes.
      ...(describesTargets && !mayBeElsewhere && !mayHaveOtherPods(monitor, graph) ? {} : { strict: true }),
    };
  },
});
