import { defineRule } from '../../rules/contract.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** `Recreate` stops all old pods before the first new one starts; `OnDelete` waits for somebody to do it. */
export const rule = defineRule({
  id: 'rolling/strategy-recreate',
  severity: 'information',
  profile: 'strict',
  types: ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'],
  equivalents: [
    'kube-linter:no-rolling-update-strategy',
    'kube-score:deployment-strategy',
    'kubescape:no-rolling-update-strategy',
  ],
  *check(resource) {
    const type = resource.root.find('spec', resource.kind === 'Deployment' ? 'strategy' : 'updateStrategy', 'type');
    const written = type?.text();
    if (!type || written === undefined || written === 'RollingUpdate') return;
    // A volume that only one node can mount leaves no other way.
    const hasClaim = workloadOf(resource)
      ?.podSpec?.find('volumes')
      ?.items.some((volume) => volume.find('persistentVolumeClaim'));
    if (written === 'Recreate' && hasClaim) return;
    yield {
      at: type,
      message:
        written === 'OnDelete'
          ? `The pods of ${describe(resource)} are only replaced when somebody deletes them.`
          : `Each change of ${describe(resource)} stops all its pods before it starts new ones.`,
    };
  },
});
