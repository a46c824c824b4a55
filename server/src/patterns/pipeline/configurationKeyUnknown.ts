import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describeOther } from '../../workspace/resource.ts';

/** A variable from a key that the ConfigMap or Secret does not hold keeps the container from starting. */
export const rule = defineRule({
  id: 'pipeline/configuration-key-unknown',
  severity: 'error',
  profile: 'recommended',
  types: WORKLOAD_TYPES,
  equivalents: ['kube-linter:env-value-from', 'popeye:305'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'configured-by')) {
      const key = writtenAt.parent?.find('key');
      const wanted = key?.text();
      if (!key || wanted === undefined || target.status !== 'found') continue;
      const { root, type } = target.resource;
      if (type !== 'ConfigMap' && type !== 'Secret') continue;
      const maps = ['data', 'binaryData', 'stringData'].flatMap((field) => root.find(field) ?? []);
      if (root.open || maps.length === 0 || maps.some((map) => map.kind !== 'map' || map.open || map.child(wanted)))
        continue;
      const keys = maps.flatMap((map) => map.entries.map((entry) => entry.key!));
      yield {
        at: key,
        message: `${describeOther(target.resource)} has no key ${wanted}, only ${keys.slice(0, 8).join(', ')}.`,
        related: [{ at: maps[0]!.keyPlace, message: `The keys of ${describeOther(target.resource)}.` }],
        fixes:
          keys.length === 1
            ? [{ title: `Use the key ${keys[0]}`, safe: false, edits: () => [replaceValue(key, keys[0]!)] }]
            : [],
      };
    }
  },
});
