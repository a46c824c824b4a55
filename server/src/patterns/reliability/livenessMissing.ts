import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf, namePlace } from '../../rules/parts/containers.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';

/** A process that hangs is never restarted. */
export const rule = defineRule({
  id: 'reliability/liveness-missing',
  severity: 'warning',
  profile: 'strict',
  types: SERVING_TYPES,
  equivalents: [
    'kube-linter:no-liveness-probe',
    'polaris:livenessProbeMissing',
    'checkov:CKV_K8S_8',
    'kics:liveness_probe_is_not_defined',
    'gatekeeper:requiredprobes',
    'kyverno:require-pod-probes',
    'kubescape:configured-liveness-probe',
    'popeye:103',
    'popeye:102',
    'kube-score:pod-probes',
  ],
  *check(resource) {
    // A pod that runs once to its end answers nobody.
    const policy = workloadOf(resource)?.podSpec?.text('restartPolicy');
    if (policy !== undefined && policy !== 'Always') return;
    for (const entry of containersOf(resource)) {
      if (entry.phase === 'init' || !entry.container.lacks('livenessProbe')) continue;
      yield {
        at: namePlace(entry.container),
        message: `Nothing restarts ${containerName(entry)} when it hangs: it has no livenessProbe.`,
      };
    }
  },
});
