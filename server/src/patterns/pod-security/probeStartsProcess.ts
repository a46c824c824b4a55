import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { actionsOf } from '../../rules/parts/probes.ts';

/** A process per probe costs time and needs a shell in the image: `policies.pods.forbidExecProbes` of slipway.yaml. */
export const rule = defineRule({
  id: 'pod-security/probe-starts-process',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: ['kyverno:deny-commands-in-exec-probe'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'pods');
    if (demand?.policy.forbidExecProbes !== true) return;
    for (const entry of allContainersOf(resource)) {
      for (const { name, action } of actionsOf(entry.container)) {
        const exec = action.find('exec');
        if (!exec) continue;
        yield {
          at: exec.keyPlace,
          message: `The ${name} of ${containerName(entry)} starts a process instead of asking over the network.`,
          ...demand.because('forbidExecProbes'),
        };
      }
    }
  },
});
