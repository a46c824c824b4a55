import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther } from '../../workspace/resource.ts';
import { pairOf } from './colours.ts';

/** Without a Service of its own, the idle colour cannot be tested before users see it. */
export const rule = defineRule({
  id: 'blue-green/preview-missing',
  severity: 'information',
  profile: 'strict',
  types: ['Service'],
  *check(resource, graph) {
    const pair = pairOf(resource, graph);
    const chosen = pair && resource.root.find('spec', 'selector', pair.label);
    if (!pair || chosen?.text() === undefined) return;
    const others = graph
      .near(resource, 'Service')
      .filter((other) => other !== resource && pairOf(other, graph) === pair);
    if (others.some((other) => other.root.text('spec', 'selector', pair.label) !== undefined)) return;
    const idle = pair.blue.podLabels?.text(pair.label) === chosen.text() ? pair.green : pair.blue;
    yield {
      at: chosen,
      message: `No Service leads to ${idle.resource.name ?? describeOther(idle.resource)}, so it cannot be tested before ${resource.name ?? describe(resource)} is switched to it.`,
    };
  },
});
