import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf, namePlace } from '../../rules/parts/containers.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { describeOther } from '../../workspace/resource.ts';

/** A pod is told to stop while other nodes still send it requests. */
export const rule = defineRule({
  id: 'rolling/pre-stop-missing',
  severity: 'information',
  profile: 'strict',
  types: ['apps/Deployment', 'argoproj.io/Rollout'],
  *check(resource, graph) {
    for (const entry of containersOf(resource)) {
      const { container, workload, phase } = entry;
      if (phase === 'init' || !container.lacks('lifecycle', 'preStop')) continue;
      if ((container.find('ports')?.items.length ?? 0) === 0) continue;
      const [service] = servicesOf(workload, graph);
      if (!service) continue;
      yield {
        at: namePlace(container),
        message: `Requests that ${describeOther(service)} still sends while ${containerName(entry)} stops are lost: it has no preStop hook.`,
        related: [{ at: service.root.find('spec', 'selector')?.keyPlace ?? service.root, message: 'The Service.' }],
        fixes: [
          {
            title: 'Wait five seconds before stopping',
            safe: false,
            edits: () => setValue(container, ['lifecycle', 'preStop', 'sleep', 'seconds'], 5),
          },
        ],
      };
    }
  },
});
