import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { replicasOf } from '../../workspace/kubernetes/workload.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { autoscalersOf } from '../hpa/autoscaler.ts';
import { pairOf, pairWith } from './colours.ts';

/** The idle colour takes the whole load at the moment of the switch. */
export const rule = defineRule({
  id: 'blue-green/colours-sized-unlike',
  severity: 'warning',
  profile: 'recommended',
  types: ['apps/Deployment'],
  *check(resource, graph) {
    const pair = pairWith(resource, graph);
    if (!pair) return;
    for (const service of graph.near(resource, 'Service')) {
      if (pairOf(service, graph) !== pair) continue;
      const chosen = service.root.text('spec', 'selector', pair.label);
      if (chosen === undefined || /preview|test|idle|next|stag/i.test(service.name ?? '')) continue;
      const idle = pair.blue.podLabels?.text(pair.label) === chosen ? pair.green : pair.blue;
      const active = idle === pair.blue ? pair.green : pair.blue;
      if (idle.resource !== resource || autoscalersOf(resource, graph).length > 0) continue;
      const [few, many] = [replicasOf(idle), replicasOf(active)];
      const node = resource.root.find('spec', 'replicas');
      // Nothing at all is an idle colour that is switched off until it is needed.
      if (!node || !few || !many || few >= many) continue;
      yield {
        at: node,
        message: `${resource.name ?? describe(resource)} has ${few} of the ${many} replicas of ${active.resource.name ?? describeOther(active.resource)}, and takes the whole load when ${service.name ?? describeOther(service)} is switched.`,
        related: [
          {
            at: active.resource.root.find('spec', 'replicas') ?? active.resource.root,
            message: `The replicas of ${active.resource.name ?? describeOther(active.resource)}.`,
          },
        ],
        fixes: [{ title: `Set replicas to ${many}`, safe: false, edits: () => [replaceValue(node, String(many))] }],
      };
      return;
    }
  },
});
