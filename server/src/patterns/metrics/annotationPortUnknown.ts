import { defineRule } from '../../rules/contract.ts';
import { declaredPorts } from '../../rules/parts/ports.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describeOther } from '../../workspace/resource.ts';

/** A port that no container declares may answer all the same; more often the number is that of another container. */
export const rule = defineRule({
  id: 'metrics/annotation-port-unknown',
  severity: 'information',
  profile: 'strict',
  types: WORKLOAD_TYPES,
  *check(resource) {
    const workload = workloadOf(resource);
    const annotations = workload?.template?.find('metadata', 'annotations');
    const port = annotations?.find('prometheus.io/port');
    const number = Number(port?.text());
    if (!workload || !port || annotations?.text('prometheus.io/scrape') !== 'true' || !Number.isInteger(number)) return;
    const containers = workload.podSpec?.find('containers');
    if (!containers?.known || !workload.podSpec?.lacks('initContainers')) return;
    const declared = declaredPorts(workload).flatMap((one) => one.number ?? []);
    if (declared.length === 0 || declared.includes(number)) return;
    yield {
      at: port,
      message: `No container of ${describeOther(resource)} declares port ${number}, only ${declared.join(', ')}.`,
    };
  },
});
