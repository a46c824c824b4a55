import { defineRule } from '../../rules/contract.ts';
import { formatBytes, formatCores, readQuantity } from '../../rules/parts/quantity.ts';
import { describeOther } from '../../workspace/resource.ts';
import { AUTOSCALER, podRequest, targetOf } from './autoscaler.ts';

/** Replicas that the namespace's quota has no room for are never created. */
export const rule = defineRule({
  id: 'hpa/quota-too-small',
  severity: 'warning',
  profile: 'recommended',
  types: [AUTOSCALER],
  *check(resource, graph) {
    const target = targetOf(resource, graph);
    const most = resource.root.find('spec', 'maxReplicas');
    const replicas = most?.number();
    if (!target || !most || replicas === undefined || resource.namespace === undefined) return;
    for (const quota of graph.near(resource, 'ResourceQuota')) {
      if (
        quota.namespace !== resource.namespace ||
        !quota.root.lacks('spec', 'scopes') ||
        !quota.root.lacks('spec', 'scopeSelector')
      )
        continue;
      for (const [field, name] of [
        ['requests.cpu', 'cpu'],
        ['cpu', 'cpu'],
        ['requests.memory', 'memory'],
        ['memory', 'memory'],
      ] as const) {
        const hard = quota.root.find('spec', 'hard', field);
        const room = readQuantity(hard?.scalar);
        const each = podRequest(target, name);
        if (!hard || room === undefined || each === undefined || each * replicas <= room) continue;
        const format = name === 'cpu' ? formatCores : formatBytes;
        yield {
          at: most,
          message: `${replicas} replicas × ${format(each)} ${name} = ${format(each * replicas)}, more than the ${hard.text()} of ${describeOther(quota)}.`,
          related: [{ at: hard, message: `What ${describeOther(quota)} allows.` }],
        };
      }
    }
  },
});
