import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';
import { leniency } from '../../rules/parts/nodeAgents.ts';
import { capabilities } from './capabilities.ts';

/** Rights with which a process takes over its node, or another process on it. */
const TAKES_OVER: Readonly<Record<string, string>> = {
  ALL: 'every right of root',
  SYS_ADMIN: 'nearly every right of root',
  SYS_MODULE: 'the right to load kernel modules',
  SYS_PTRACE: 'the right to read and change other processes',
  SYS_RAWIO: 'the right to write to devices directly',
  SYS_BOOT: 'the right to restart the node',
  DAC_READ_SEARCH: 'the right to read every file',
  BPF: 'the right to load programs into the kernel',
  MAC_ADMIN: 'the right to change mandatory access control',
};

/** What a container runtime gives anyway, and NET_BIND_SERVICE, which the strictest Pod Security Standard allows. */
const HARMLESS = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** What other tools say of any addition, and of some. */
const OF_ANY = [
  'checkov:CKV_K8S_25',
  'kics:containers_with_added_capabilities',
  'kics:container_with_added_capabilities',
  'kyverno:psp-restrict-adding-capabilities',
];
const OF_WITHHELD = [
  'trivy:KSV-0022',
  'kyverno:disallow-capabilities',
  'kubescape:insecure-capabilities',
  'polaris:dangerousCapabilities',
];
const OF_ONE: Readonly<Record<string, readonly string[]>> = {
  SYS_ADMIN: ['checkov:CKV_K8S_39', 'trivy:KSV-0005', 'kics:containers_with_sys_admin_capabilities'],
  SYS_MODULE: ['trivy:KSV-0120'],
  ALL: ['trivy:KSV-0005', 'trivy:KSV-0120'],
};

/** A capability that a runtime does not give by itself breaks the isolation of the container. */
export const rule = defineRule({
  id: 'pod-security/capability-added',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: [...OF_ANY, ...OF_WITHHELD, ...new Set(Object.values(OF_ONE).flat())],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      for (const [name, item] of capabilities(entry, 'add') ?? []) {
        if (name === 'NET_RAW') continue;
        const power = TAKES_OVER[name];
        const isHarmless = HARMLESS.has(name);
        yield {
          at: item,
          message: `${name} gives ${containerName(entry)} ${power ?? (isHarmless ? 'a right that it may do without' : 'a right that the runtime withholds')}.`,
          ...(power ? leniency(entry.workload) : { strict: true }),
          ...(isHarmless ? { severity: 'information' as const } : {}),
          equivalents: [...OF_ANY, ...(isHarmless ? [] : OF_WITHHELD), ...(OF_ONE[name] ?? [])],
          fixes: [{ title: `Do not add ${name}`, safe: false, edits: () => [removeEntry(item)] }],
        };
      }
    }
  },
});
