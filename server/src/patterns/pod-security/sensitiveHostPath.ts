import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { hostPaths } from './hostPaths.ts';

/** What the folders hold, in words that complete "of the node". */
const CONTENTS: readonly (readonly [RegExp, string])[] = [
  [/^\/$/, 'the whole file system'],
  [/^\/etc\/kubernetes(?:\/|$)/, 'the credentials of the cluster'],
  [/^\/etc$/, 'the configuration'],
  [/^\/etc\/(?:shadow|passwd|ssh|sudoers)/, 'the users and their keys'],
  [/^\/(?:root|home)(?:\/|$)/, 'the home folders'],
  [/^\/boot(?:\/|$)/, 'the kernel'],
  [/^\/proc$/, 'the processes'],
  [/^\/sys$/, 'the kernel settings'],
  [/^\/dev$/, 'the devices'],
  [/^\/(?:usr|bin|sbin|lib|lib64)$/, 'the programs'],
  [/^\/var\/lib\/(?:kubelet|docker|containerd|etcd)(?:\/|$)/, 'the containers and their secrets'],
  [/^\/var(?:\/lib)?$/, 'the containers and their secrets'],
];

/** These folders of a node give a pod the node, or the secrets of its neighbours. */
export const rule = defineRule({
  id: 'pod-security/sensitive-host-path',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: [
    'kube-linter:sensitive-host-mounts',
    'trivy:KSV-0121',
    'kics:workload_mounting_with_sensitive_os_directory',
    'kubescape:alert-mount-potential-credentials-paths',
  ],
  *check(resource) {
    const workload = workloadOf(resource)!;
    for (const { path, at } of hostPaths(workload)) {
      const contents = CONTENTS.find(([pattern]) => pattern.test(path))?.[1];
      if (contents === undefined) continue;
      yield {
        at,
        message: `${describe(resource)} sees ${contents} of its node through ${path}.`,
        ...leniency(workload),
      };
    }
  },
});
