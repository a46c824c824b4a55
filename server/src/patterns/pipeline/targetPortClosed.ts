import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { declaredPorts } from '../../rules/parts/ports.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { describeOther } from '../../workspace/resource.ts';

/** A Service that sends to a port on which no container listens is refused on every call. */
export const rule = defineRule({
  id: 'pipeline/target-port-closed',
  severity: 'error',
  profile: 'recommended',
  types: ['Service'],
  equivalents: ['kiali:KIA0701', 'popeye:1106'],
  *check(resource, graph) {
    const { workloads, certain } = podsByLabels(resource, resource.root.find('spec', 'selector'), graph);
    if (workloads.length === 0 || !certain) return;
    for (const port of resource.root.find('spec', 'ports')?.items ?? []) {
      const target = port.find('targetPort') ?? (port.lacks('targetPort') ? port.find('port') : undefined);
      const wanted = target?.scalar;
      if (!target || (typeof wanted !== 'number' && typeof wanted !== 'string')) continue;
      const protocol = port.text('protocol') ?? 'TCP';
      for (const workload of workloads) {
        const declared = declaredPorts(workload).filter((candidate) => candidate.protocol === protocol);
        // Ports need not be declared to be open; only a workload that declares some is taken at its word.
        if (declared.length === 0 || !workload.containers.every((container) => container.known || !container.open))
          continue;
        if (declared.some(({ name, number, at }) => name === wanted || number === wanted || !at.known)) continue;
        const isName = typeof wanted === 'string';
        const only = declared.length === 1 ? declared[0]! : undefined;
        const replacement = only && (isName && only.name !== undefined ? only.name : String(only.number));
        yield {
          at: target,
          message: isName
            ? `No container of ${describeOther(workload.resource)} has a port named ${wanted}.`
            : `No container of ${describeOther(workload.resource)} declares port ${wanted}, only ${declared.map(({ number }) => number).join(', ')}.`,
          ...(isName ? {} : { severity: 'warning' as const }),
          // With several ports on either side, one that is open but not declared is no rarity.
          ...(isName || (declared.length === 1 && port.parent?.items.length === 1) ? {} : { strict: true as const }),
          related: declared
            .slice(0, 3)
            .map(({ at }) => ({ at, message: `A port of ${describeOther(workload.resource)}.` })),
          fixes:
            replacement === undefined || !port.find('targetPort')
              ? []
              : [{ title: `Use port ${replacement}`, safe: false, edits: () => [replaceValue(target, replacement)] }],
        };
        break;
      }
    }
  },
});
