import { defineRule } from '../../rules/contract.ts';
import type { Place, SourceNode } from '../../text/sourceNode.ts';
import { describe } from '../../workspace/resource.ts';

const SECCOMP = 'seccomp.security.alpha.kubernetes.io/defaultProfileName';

/** What a policy permits: the node that says so, or where it is left open, and the ids of those who say the same. */
interface Permission {
  readonly at: Place;
  readonly words: string;
  readonly equivalents: readonly string[];
}

const SWITCHES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'privileged',
    'privileged containers',
    ['checkov:CKV_K8S_2', 'kics:psp_set_to_privileged', 'kubescape:psp-deny-privileged-container'],
  ],
  [
    'hostPID',
    'pods among the processes of their node',
    ['checkov:CKV_K8S_1', 'kics:psp_allows_sharing_host_pid', 'kubescape:psp-deny-hostpid'],
  ],
  [
    'hostIPC',
    'pods in the shared memory of their node',
    ['checkov:CKV_K8S_3', 'kics:psp_allows_sharing_host_ipc', 'kubescape:psp-deny-hostipc'],
  ],
  [
    'hostNetwork',
    'pods in the network of their node',
    [
      'checkov:CKV_K8S_4',
      'kics:psp_containers_share_host_network_namespace',
      'kics:psp_allows_containers_to_share_the_host_network_namespace',
      'kubescape:psp-deny-hostnetwork',
    ],
  ],
];
const ESCALATION = [
  'checkov:CKV_K8S_5',
  'kics:psp_allows_privilege_escalation',
  'kubescape:psp-deny-allowprivilegeescalation',
];
const ROOT = ['checkov:CKV_K8S_6', 'kics:root_containers_admitted', 'kubescape:psp-deny-root-container'];
const ADDED = ['checkov:CKV_K8S_24', 'kics:psp_with_added_capabilities', 'kubescape:psp-deny-allowed-capabilities'];
const RAW_SOCKETS = ['checkov:CKV_K8S_7', 'kics:net_raw_capabilities_disabled_for_psp'];
const KEPT = [
  'checkov:CKV_K8S_36',
  'kics:not_limited_capabilities_for_pod_security_policy',
  'kubescape:psp-required-drop-capabilities',
];
const HOST_PATHS = ['kics:psp_with_unrestricted_access_to_host_path'];
const NO_SECCOMP = ['checkov:CKV_K8S_32'];

/** What a policy of old clusters lets pods do, they do. */
export const rule = defineRule({
  id: 'pod-security/pod-security-policy-permissive',
  severity: 'warning',
  profile: 'strict',
  types: ['policy/PodSecurityPolicy'],
  equivalents: [
    ...SWITCHES.flatMap(([, , ids]) => ids),
    ...ESCALATION,
    ...ROOT,
    ...ADDED,
    ...RAW_SOCKETS,
    ...KEPT,
    ...HOST_PATHS,
    ...NO_SECCOMP,
  ],
  *check(resource) {
    const spec = resource.root.find('spec');
    if (spec?.kind !== 'map') return;
    for (const { at, words, equivalents } of permissions(resource.root, spec))
      yield { at, message: `${describe(resource)} permits ${words}.`, equivalents };
  },
});

function* permissions(root: SourceNode, spec: SourceNode): Iterable<Permission> {
  for (const [field, words, equivalents] of SWITCHES) {
    const at = spec.find(field);
    if (at?.boolean() === true) yield { at, words, equivalents };
  }
  const escalation = spec.find('allowPrivilegeEscalation');
  if (escalation ? escalation.boolean() === true : spec.lacks('allowPrivilegeEscalation'))
    yield { at: escalation ?? spec.keyPlace, words: 'privilege escalation', equivalents: ESCALATION };

  const user = spec.find('runAsUser', 'rule');
  if (user ? admitsRoot(user, spec) : spec.lacks('runAsUser', 'rule'))
    yield { at: user ?? spec.keyPlace, words: 'containers that run as root', equivalents: ROOT };

  for (const field of ['allowedCapabilities', 'defaultAddCapabilities']) {
    const added = spec.find(field);
    if (added && added.items.length > 0)
      yield { at: added.keyPlace, words: 'containers with added capabilities', equivalents: ADDED };
  }
  const dropped = spec.find('requiredDropCapabilities');
  if (dropped ? dropped.known : spec.lacks('requiredDropCapabilities')) {
    const names = (dropped?.items ?? []).map((item) => item.text()?.toUpperCase());
    const at = dropped ?? spec.keyPlace;
    if (names.length === 0) yield { at, words: 'every capability that the runtime gives', equivalents: KEPT };
    if (!names.includes('ALL') && !names.includes('NET_RAW'))
      yield { at, words: 'raw sockets', equivalents: RAW_SOCKETS };
  }
  const volumes = spec.find('volumes');
  const hostPath = volumes?.items.find((item) => ['*', 'hostPath'].includes(item.text() ?? ''));
  const allowed = spec.find('allowedHostPaths');
  const everyPath = allowed ? allowed.items.find((item) => item.text('pathPrefix') === '/') : hostPath;
  if (hostPath && everyPath && (allowed !== undefined || spec.lacks('allowedHostPaths')))
    yield { at: everyPath, words: 'every folder of the node as a volume', equivalents: HOST_PATHS };

  const profile = root.find('metadata', 'annotations', SECCOMP);
  if (profile ? profile.text() === 'unconfined' : root.lacks('metadata', 'annotations', SECCOMP))
    yield { at: profile ?? spec.keyPlace, words: 'containers without a seccomp profile', equivalents: NO_SECCOMP };
}

function admitsRoot(rule: SourceNode, spec: SourceNode): boolean {
  if (rule.text() === 'RunAsAny') return true;
  const ranges = spec.find('runAsUser', 'ranges')?.items ?? [];
  return rule.text() === 'MustRunAs' && ranges.some((range) => range.number('min') === 0);
}
