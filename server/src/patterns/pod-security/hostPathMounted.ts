import { defineRule } from '../../rules/contract.ts';
import { POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import { describe } from '../../workspace/resource.ts';
import { hostPaths, isRuntimeSocket } from './hostPaths.ts';

const OF_PODS = [
  'polaris:hostPathSet',
  'trivy:KSV-0023',
  'kics:non_kube_system_pod_with_host_mount',
  'gatekeeper:host-filesystem',
  'kyverno:disallow-host-path',
  'kyverno:limit-hostpath-vols',
  'kubescape:alert-any-hostpath',
  'kubescape:CVE-2021-25741',
];
const OF_VOLUMES = ['kyverno:limit-hostpath-type-pv', 'kics:non_kube_system_pod_with_host_mount'];
const OF_SYSTEM_FOLDERS = ['kics:workload_mounting_with_sensitive_os_directory'];
const SYSTEM_FOLDER = /^\/(?:bin|boot|dev|etc|home|lib|lib64|media|proc|root|run|sbin|srv|sys|usr|var)(?:\/|$)/;

/** A pod with a folder of its node finds other contents on each node, and may find what is not meant for it. */
export const rule = defineRule({
  id: 'pod-security/host-path-mounted',
  severity: 'warning',
  profile: 'strict',
  types: [...POD_OWNERS, 'PersistentVolume'],
  equivalents: [...OF_PODS, ...OF_VOLUMES, ...OF_SYSTEM_FOLDERS],
  *check(resource) {
    if (resource.type === 'PersistentVolume') {
      const path = resource.root.find('spec', 'hostPath', 'path');
      if (path?.text() === undefined) return;
      yield {
        at: path,
        message: `${describe(resource)} is the folder ${path.text()} of whatever node its pod is on.`,
        equivalents: OF_VOLUMES,
      };
      return;
    }
    const workload = workloadOf(resource)!;
    for (const { path, at } of hostPaths(workload)) {
      if (isRuntimeSocket(path)) continue;
      yield {
        at,
        message: `${describe(resource)} uses ${path} of whatever node it is on.`,
        ...leniency(workload),
        equivalents: SYSTEM_FOLDER.test(path) ? [...OF_PODS, ...OF_SYSTEM_FOLDERS] : OF_PODS,
      };
    }
  },
});
