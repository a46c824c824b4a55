import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { containerSetting, podSetting, written } from '../../rules/parts/securityContext.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';

/** A HostProcess container is a process of the Windows node, with the rights of its user. */
export const rule = defineRule({
  id: 'pod-security/windows-host-process',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: [
    'polaris:hostProcess',
    'trivy:KSV-0103',
    'gatekeeper:host-process',
    'kyverno:disallow-host-process',
    'kubescape:set-hostprocess-true',
    'kubescape:set-runasusername-value',
    'kubescape:set-gmsacredentialspecname-value',
  ],
  *check(resource) {
    const workload = workloadOf(resource)!;
    const path = ['windowsOptions', 'hostProcess'];
    const settings = [
      podSetting(workload, ...path),
      ...[...allContainersOf(resource)].map((entry) => containerSetting(entry, ...path)),
    ];
    for (const setting of settings) {
      const node = written(setting);
      if (node?.boolean() !== true) continue;
      yield {
        at: node,
        message: `The containers of ${describe(resource)} are processes of their Windows node.`,
        ...leniency(workload),
      };
    }
  },
});
