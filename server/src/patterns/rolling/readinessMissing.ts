import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf, namePlace } from '../../rules/parts/containers.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';

/** Without a readiness probe a pod is sent requests as soon as its process runs, and a rollout goes on before it works. */
export const rule = defineRule({
  id: 'rolling/readiness-missing',
  severity: 'warning',
  profile: 'strict',
  types: SERVING_TYPES,
  equivalents: [
    'kube-linter:no-readiness-probe',
    'kube-score:pod-probes',
    'polaris:readinessProbeMissing',
    'checkov:CKV_K8S_9',
    'kics:readiness_probe_is_not_configured',
    'gatekeeper:requiredprobes',
    'kyverno:require-pod-probes',
    'kubescape:configured-readiness-probe',
    'popeye:104',
  ],
  *check(resource) {
    // A pod that runs once to its end answers nobody.
    const policy = workloadOf(resource)?.podSpec?.text('restartPolicy');
    if (policy !== undefined && policy !== 'Always') return;
    for (const entry of containersOf(resource)) {
      if (entry.phase === 'init' || !entry.container.lacks('readinessProbe')) continue;
      yield {
        at: namePlace(entry.container),
        message: `A rollout goes on before ${containerName(entry)} works: it has no readinessProbe.`,
      };
    }
  },
});
