import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { GATEWAY, ROUTE_TYPES } from './gatewayRoutes.ts';

/** A route that names a listener which its Gateway does not have is attached to nothing. */
export const rule = defineRule({
  id: 'network/listener-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ROUTE_TYPES,
  equivalents: ['kiali:KIA1402'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'attached-to')) {
      const section = writtenAt.parent?.find('sectionName');
      const wanted = section?.text();
      if (!section || wanted === undefined || target.status !== 'found' || target.resource.type !== GATEWAY) continue;
      const listeners = target.resource.root.find('spec', 'listeners');
      const names = listeners?.items.map((listener) => listener.text('name')) ?? [];
      if (!listeners || listeners.open || names.length === 0 || names.includes(undefined) || names.includes(wanted))
        continue;
      yield {
        at: section,
        message: `${describeOther(target.resource)} has no listener ${wanted} for ${describe(resource)}, only ${names.join(', ')}.`,
        related: [{ at: listeners.keyPlace, message: `The listeners of ${describeOther(target.resource)}.` }],
        fixes:
          names.length === 1
            ? [{ title: `Use the listener ${names[0]}`, safe: false, edits: () => [replaceValue(section, names[0]!)] }]
            : [],
      };
    }
  },
});
