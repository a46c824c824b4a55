import { defineRule } from '../../rules/contract.ts';
import { objectId } from '../../workspace/documentSets.ts';
import type { Resource } from '../../workspace/resource.ts';
import { describe } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { OBJECT_TYPES } from './objectTypes.ts';

/** Two definitions of one object overwrite each other; what was applied last counts. */
export const rule = defineRule({
  id: 'naming/object-defined-twice',
  severity: 'error',
  profile: 'recommended',
  types: OBJECT_TYPES,
  equivalents: ['kubevious:unique', 'polaris:oneController'],
  *check(resource, graph) {
    const name = resource.root.find('metadata', 'name');
    if (!name) return;
    const [first, ...others] = definitions(resource, graph);
    if (!first || !others.some(({ root }) => root === resource.root)) return;
    const isKustomize = graph.setOf(resource).startsWith('kustomize:');
    yield {
      at: name,
      message: `${describe(resource)}${resource.namespace ? ` in namespace ${resource.namespace}` : ''} is defined twice.`,
      related: [{ at: first.root.find('metadata', 'name')!, message: 'It is defined here too.' }],
      // Files that stand side by side are often meant for one at a time; one file, or one overlay, is applied as a whole.
      ...(first.uri === resource.uri || isKustomize ? {} : { strict: true, severity: 'warning' as const }),
    };
  },
});

/** All definitions of an object in its set, in the order of their files; none where a template may leave one out. */
function definitions(resource: Resource, graph: ResourceGraph): readonly Resource[] {
  const set = graph.setOf(resource);
  if (set.startsWith('helm:')) return [];
  const id = objectId(resource);
  if (id === undefined) return [];
  const byId = graph.memo(`definitions ${set}`, () => {
    const index = new Map<string, Resource[]>();
    for (const other of graph.near(resource)) {
      const key = graph.derived(other, 'object-id', () => objectId(other));
      if (key === undefined) continue;
      const members = index.get(key);
      // An overlay may include a base by two ways.
      if (!members) index.set(key, [other]);
      else if (!members.some(({ root }) => root === other.root)) members.push(other);
    }
    return index;
  });
  return byId.get(id) ?? [];
}
