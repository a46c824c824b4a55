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
  readonly equivalents: readonly string[];
}

const OF_WEBHOOKS = [
  'checkov:CKV_K8S_155',
  'trivy:KSV-0114',
  'kyverno:restrict-clusterrole-mutating-validating-admission-webhooks',
  'kubescape:rule-can-modify-admission-webhooks',
];
const OF_CERTIFICATES = [
  'checkov:CKV_K8S_156',
  'kyverno:restrict-clusterrole-csr',
  'kubescape:rule-can-approve-cert-signing-request',
];
const OF_NETWORKING = ['trivy:KSV-0056'];
const OF_DELETION = ['kubescape:rule-excessive-delete-rights-v1'];
const DELETE = ['delete', 'deletecollection'];

const CONTROLS: readonly Control[] = [
  {
    group: 'admissionregistration.k8s.io',
    resource: 'mutatingwebhookconfigurations',
    verbs: WRITE,
    words: 'change every object on its way into the cluster',
    equivalents: OF_WEBHOOKS,
  },
  {
    group: 'admissionregistration.k8s.io',
    resource: 'validatingwebhookconfigurations',
    verbs: WRITE,
    words: 'read and refuse every object on its way into the cluster',
    equivalents: OF_WEBHOOKS,
  },
  {
    group: 'certificates.k8s.io',
    resource: 'certificatesigningrequests/approval',
    verbs: ['update', 'patch'],
    words: 'approve certificates for any user',
    equivalents: OF_CERTIFICATES,
  },
  {
    group: 'certificates.k8s.io',
    resource: 'signers',
    verbs: ['approve', 'sign'],
    words: 'approve certificates for any user',
    equivalents: OF_CERTIFICATES,
  },
  {
    group: '',
    resource: 'nodes/proxy',
    verbs: ['get', 'create'],
    words: 'run programs in every pod through its node',
    equivalents: [
      'trivy:KSV-0047',
      'kyverno:restrict-clusterrole-nodesproxy',
      'kubescape:rule-can-access-proxy-subresource',
      'checkov:CKV2_K8S_2',
    ],
  },
  {
    group: '',
    resource: 'serviceaccounts/token',
    verbs: ['create'],
    words: 'make tokens of other service accounts',
    inRole: true,
    equivalents: ['kubescape:rule-can-create-service-account-token'],
  },
  {
    group: '',
    resource: 'services/status',
    verbs: ['update', 'patch'],
    words: 'take over traffic to any address by the status of a Service (CVE-2020-8554)',
    inRole: true,
    equivalents: ['checkov:CKV2_K8S_4'],
  },
  {
    group: '',
    resource: 'persistentvolumes',
    verbs: ['create'],
    words: 'make volumes that show folders of a node',
    equivalents: ['kubescape:rule-can-create-pv'],
  },
  {
    group: '',
    resource: 'configmaps',
    verbs: [...WRITE, 'delete'],
    words: 'change the configuration of programs',
    inRole: true,
    mild: true,
    equivalents: ['trivy:KSV-0049', 'trivy:KSV-0115', 'kubescape:rule-can-update-configmap-v1'],
  },
  {
    group: 'networking.k8s.io',
    resource: 'networkpolicies',
    verbs: [...WRITE, 'delete'],
    words: 'change who may reach whom',
    inRole: true,
    mild: true,
    equivalents: OF_NETWORKING,
  },
  {
    group: 'networking.k8s.io',
    resource: 'ingresses',
    verbs: [...WRITE, 'delete'],
    words: 'change what is served to the outside',
    inRole: true,
    mild: true,
    equivalents: OF_NETWORKING,
  },
  {
    group: '',
    resource: 'services',
    verbs: [...WRITE, 'delete'],
    words: 'change which pods answer to a name',
    inRole: true,
    mild: true,
    equivalents: OF_NETWORKING,
  },
  {
    group: '',
    resource: 'events',
    verbs: DELETE,
    words: 'delete the traces of what happened',
    inRole: true,
    mild: true,
    equivalents: ['kubescape:rule-can-delete-k8s-events-v1'],
  },
  {
    group: '',
    resource: 'pods/log',
    verbs: DELETE,
    words: 'delete the logs of pods',
    inRole: true,
    mild: true,
    equivalents: ['trivy:KSV-0042'],
  },
  ...[
    ['', 'pods'],
    ['', 'namespaces'],
    ['apps', 'deployments'],
    ['apps', 'statefulsets'],
    ['apps', 'daemonsets'],
    ['apps', 'replicasets'],
    ['batch', 'jobs'],
    ['batch', 'cronjobs'],
  ].map(
    ([group, resource]): Control => ({
      group: group!,
      resource: resource!,
      verbs: DELETE,
      words: `delete ${resource}`,
      inRole: true,
      mild: true,
      equivalents: OF_DELETION,
    }),
  ),
];

/** Rights whose name sounds small and with which the cluster is taken over or put out of order. */
export const rule = defineRule({
  id: 'rbac-authorization/cluster-control',
  severity: 'warning',
  profile: 'strict',
  types: ROLE_TYPES,
  equivalents: [...new Set(CONTROLS.flatMap(({ equivalents }) => equivalents))],
  *check(resource) {
    if (isBuiltIn(resource)) return;
    for (const right of rightsOf(resource)) {
      if (isEverything(right) || right.names.length > 0) continue;
      for (const { group, resource: name, verbs, words, inRole, mild, equivalents } of CONTROLS) {
        const at = gives(right, group, name, verbs);
        // A wildcard has its own rule.
        if (!at || at.text() === '*' || (resource.type !== CLUSTER_ROLE && !inRole)) continue;
        yield {
          at,
          message: `${describe(resource)} lets its holders ${words}.`,
          ...(mild ? { severity: 'information' as const } : {}),
          equivalents,
        };
      }
    }
  },
});
