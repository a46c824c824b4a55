import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { CLUSTER_ROLE, gives, isBuiltIn, isEverything, ROLE_TYPES, rightsOf } from './rights.ts';

const WRITE = ['create', 'update', 'patch'];

interface Control {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
  readonly words: string;
  /** Dangerous in a Role too, not only across the cluster. */
  readonly inRole?: true;
  readonly mild?: true;
}

const CONTROLS: readonly Control[] = [
  {
    group: 'admissionregistration.k8s.io',
    resource: 'mutatingwebhookconfigurations',
    verbs: WRITE,
    words: 'change every object on its way into the cluster',
  },
  {
    group: 'admissionregistration.k8s.io',
    resource: 'validatingwebhookconfigurations',
    verbs: WRITE,
    words: 'read and refuse every object on its way into the cluster',
  },
  {
    group: 'certificates.k8s.io',
    resource: 'certificatesigningrequests/approval',
    verbs: ['update', 'patch'],
    words: 'approve certificates for any user',
  },
  {
    group: 'certificates.k8s.io',
    resource: 'signers',
    verbs: ['approve', 'sign'],
    words: 'approve certificates for any user',
  },
  { group: '', resource: 'nodes/proxy', verbs: ['get', 'create'], words: 'run programs in every pod through its node' },
  {
    group: '',
    resource: 'serviceaccounts/token',
    verbs: ['create'],
    words: 'make tokens of other service accounts',
    inRole: true,
  },
  { group: '', resource: 'persistentvolumes', verbs: ['create'], words: 'make volumes that show folders of a node' },
  {
    group: '',
    resource: 'configmaps',
    verbs: [...WRITE, 'delete'],
    words: 'change the configuration of every namespace',
    mild: true,
  },
  {
    group: 'networking.k8s.io',
    resource: 'networkpolicies',
    verbs: [...WRITE, 'delete'],
    words: 'change who may reach whom in every namespace',
    mild: true,
  },
  {
    group: '',
    resource: 'events',
    verbs: ['delete', 'deletecollection'],
    words: 'delete the traces of what happened',
    inRole: true,
    mild: true,
  },
  {
    group: '',
    resource: 'namespaces',
    verbs: ['delete', 'deletecollection'],
    words: 'delete whole namespaces',
    mild: true,
  },
];

/** Rights whose name sounds small and with which the cluster is taken over or put out of order. */
export const rule = defineRule({
  id: 'rbac-authorization/cluster-control',
  severity: 'warning',
  profile: 'strict',
  types: ROLE_TYPES,
  equivalents: [
    'checkov:CKV_K8S_155',
    'checkov:CKV_K8S_156',
    'checkov:CKV2_K8S_4',
    'trivy:KSV-0114',
    'trivy:KSV-0047',
    'trivy:KSV-0049',
    'trivy:KSV-0056',
    'trivy:KSV-0115',
    'trivy:KSV-0042',
    'kyverno:restrict-clusterrole-csr',
    'kyverno:restrict-clusterrole-mutating-validating-admission-webhooks',
    'kyverno:restrict-clusterrole-nodesproxy',
    'kubescape:rule-can-approve-cert-signing-request',
    'kubescape:rule-can-modify-admission-webhooks',
    'kubescape:rule-can-access-proxy-subresource',
    'kubescape:rule-can-create-service-account-token',
    'kubescape:rule-can-create-pv',
    'kubescape:rule-can-update-configmap-v1',
    'kubescape:rule-can-delete-k8s-events-v1',
    'kubescape:rule-excessive-delete-rights-v1',
  ],
  *check(resource) {
    if (isBuiltIn(resource)) return;
    for (const right of rightsOf(resource)) {
      if (isEverything(right) || right.names.length > 0) continue;
      for (const { group, resource: name, verbs, words, inRole, mild } of CONTROLS) {
        const at = gives(right, group, name, verbs);
        // A wildcard has its own rule.
        if (!at || at.text() === '*' || (resource.type !== CLUSTER_ROLE && !inRole)) continue;
        yield {
          at,
          message: `${describe(resource)} lets its holders ${words}.`,
          ...(mild ? { severity: 'information' as const } : {}),
        };
      }
    }
  },
});
