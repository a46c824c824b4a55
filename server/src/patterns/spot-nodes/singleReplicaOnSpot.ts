import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { placementsOf } from './placement.ts';

/** With its node the only replica goes, and nobody answers until another node has started it. */
export const rule = defineRule({
  id: 'spot-nodes/single-replica-on-spot',
  severity: 'warning',
  profile: 'recommended',
  types: ['apps/Deployment', 'argoproj.io/Rollout'],
  *check(resource, graph) {
    const replicas = resource.root.find('spec', 'replicas');
    const isSingle = replicas ? replicas.number() === 1 : resource.root.lacks('spec', 'replicas');
    const [placement] = placementsOf(resource, graph);
    if (!placement || !isSingle || graph.edgesTo(resource, 'scales').length > 0) return;
    yield {
      at: replicas ?? placement.at,
      message: `${describe(resource)} runs one replica ${placement.only ? 'on' : 'that may stand on'} spot nodes: when its node is taken back, nobody answers.`,
      related: [{ at: placement.pool.at, message: 'The spot nodes.' }],
      fixes: replicas ? [{ title: 'Run two replicas', safe: false, edits: () => [replaceValue(replicas, '2')] }] : [],
    };
  },
});
