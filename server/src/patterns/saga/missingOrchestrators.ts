import { instanceName } from '../../rules/parts/instanceName.ts';
import type { PatternInstance } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { targetsOf } from '../network/egressTargets.ts';
import { heldPods, NETWORK_POLICY } from '../network/networkPolicies.ts';
import { WORKFLOW_TYPES } from '../retry/workflowRetries.ts';
import { missingBlocks } from '../terraform/parts/missingBlocks.ts';
import { blocksOf, reachedFrom, resourceOf } from '../terraform/parts/terraformBlock.ts';
import { WORKERS } from './sagas.ts';

/** Work that takes back other work, by the words of its name. */
const UNDOES =
  /(?:^|[-_.])(?:cancel|compensate|refund|release|restore|revert|rollback|roll-back|undo|unreserve|void)(?:[-_.]|$)/i;

/**
 * State machines that somebody refers to and nothing declares, beside workers of which some undo what others do. Without
 * such workers a state machine may do anything.
 */
export function* missingStateMachines(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const { name, module } of missingBlocks(graph, 'aws_sfn_state_machine')) {
    const driven = new Set(
      blocksOf(module, graph, 'aws_sfn_state_machine').flatMap(({ block }) => [...reachedFrom(module, block, graph)]),
    );
    const workers = blocksOf(module, graph).filter(({ address }) => WORKERS.test(address) && !driven.has(address));
    const names = workers.flatMap((worker) => {
      const each = textsIn(worker.node.find('for_each'));
      return each.length > 0 ? each : [worker.name];
    });
    if (!names.some((one) => UNDOES.test(one)) || names.every((one) => UNDOES.test(one))) continue;
    yield {
      pattern: 'saga',
      name,
      participants: workers.flatMap((worker) => {
        const resource = resourceOf(worker, graph);
        return resource ? [{ role: 'worker', resource, at: worker.namePlace }] : [];
      }),
      missing: ['orchestrator', 'step', 'compensation'],
    };
  }
}

/**
 * Policies that hold the pods of a saga, by their name, where there are none: they let them call several services of the
 * workspace, and no workflow stands beside them.
 */
export function* missingWorkflows(graph: ResourceGraph): Iterable<PatternInstance> {
  for (const policy of graph.all(NETWORK_POLICY)) {
    if (!/(?:^|-)saga(?:-|$)/.test(policy.name ?? '') || graph.near(policy, ...WORKFLOW_TYPES).length > 0) continue;
    const { workloads, certain } = heldPods(policy, graph);
    if (workloads.length > 0 || !certain) continue;
    const workers = new Set(
      targetsOf(policy, graph).flatMap(({ services, pods }) => [...services, ...pods.map(({ resource }) => resource)]),
    );
    if ([...workers].filter(({ type }) => type === 'Service').length < 2) continue;
    yield {
      pattern: 'saga',
      name: instanceName(policy, graph),
      participants: [...workers].map((resource) => ({
        role: 'worker',
        resource,
        at: resource.root.find('metadata', 'name') ?? resource.root,
      })),
      missing: ['orchestrator', 'step', 'compensation'],
    };
  }
}

/** The texts of a list, or the keys of a map: what `for_each` gives one worker to each. */
function textsIn(each: SourceNode | undefined): string[] {
  return (each?.entries ?? []).flatMap((entry) => (each?.kind === 'map' ? entry.key : entry.text()) ?? []);
}
