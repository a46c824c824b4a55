import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** A new pod that answers once and crashes then counts as good, and the next old one is stopped. */
export const rule = defineRule({
  id: 'rolling/minimum-ready-unset',
  severity: 'information',
  profile: 'strict',
  types: ['apps/Deployment'],
  *check(resource, graph) {
    const spec = resource.root.find('spec');
    if (spec?.kind !== 'map' || !spec.lacks('minReadySeconds') || spec.text('strategy', 'type') === 'Recreate') return;
    if (servicesOf(workloadOf(resource)!, graph).length === 0) return;
    yield {
      at: resource.root.find('metadata', 'name') ?? spec.keyPlace,
      message: `A new pod of ${describe(resource)} counts as good as soon as it is ready once: minReadySeconds is not set.`,
      fixes: [
        { title: 'Set minReadySeconds to 10', safe: false, edits: () => setValue(spec, ['minReadySeconds'], 10) },
      ],
    };
  },
});
