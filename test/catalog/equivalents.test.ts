import assert from 'node:assert/strict';
import { RULES } from '../../server/src/patterns/registry.generated.ts';
import { exampleSnapshot, findingsOf } from './exampleWorkspace.ts';

/** A pod's spec, what its findings must be called by other tools, and what none may be called. */
interface PodCase {
  readonly title: string;
  readonly spec: string;
  readonly annotations?: string;
  readonly said: readonly string[];
  readonly unsaid?: readonly string[];
}

const WEB = 'name: web, image: "registry.example.com/shop/cart:1.4.0"';
const webWith = (context: string) => `containers: [{${WEB}, securityContext: ${context}}]`;

const PODS: readonly PodCase[] = [
  {
    title: 'a right that takes the node over',
    spec: webWith('{capabilities: {add: [SYS_ADMIN]}}'),
    said: ['trivy:KSV-0005', 'checkov:CKV_K8S_39', 'checkov:CKV_K8S_25', 'polaris:dangerousCapabilities'],
  },
  {
    title: 'a right that the runtime withholds',
    spec: webWith('{capabilities: {add: [NET_ADMIN], drop: [all]}}'),
    said: ['checkov:CKV_K8S_25', 'trivy:KSV-0022', 'kyverno:disallow-capabilities'],
    unsaid: ['trivy:KSV-0005', 'checkov:CKV_K8S_39', 'checkov:CKV_K8S_28'],
  },
  {
    title: 'raw sockets that are asked for',
    spec: webWith('{capabilities: {add: [NET_RAW], drop: [ALL]}}'),
    said: ['checkov:CKV_K8S_28', 'checkov:CKV_K8S_25', 'kube-linter:drop-net-raw-capability'],
    unsaid: ['trivy:KSV-0005'],
  },
  {
    title: 'the right to low ports',
    spec: webWith('{capabilities: {add: [NET_BIND_SERVICE], drop: [ALL]}}'),
    said: ['checkov:CKV_K8S_25'],
    unsaid: ['kyverno:disallow-capabilities', 'kyverno:disallow-capabilities-strict', 'trivy:KSV-0022'],
  },
  {
    title: 'an init container with all rights',
    spec: `initContainers: [{name: init, image: a/b:1, securityContext: {privileged: true}}]\n${webWith('{privileged: false}')}`,
    said: ['kube-linter:privileged-container', 'checkov:CKV_K8S_16', 'trivy:KSV-0017'],
  },
  {
    title: 'an ephemeral container with all rights',
    spec: `${webWith('{privileged: false}')}\nephemeralContainers: [{name: debug, image: a/b:1, securityContext: {privileged: true}}]`,
    said: ['gatekeeper:privileged-containers', 'trivy:KSV-0017'],
  },
  {
    title: 'the user of the container counts, not that of the pod',
    spec: `securityContext: {runAsUser: 0}\n${webWith('{runAsUser: 20000, runAsGroup: 20000, runAsNonRoot: true}')}`,
    said: [],
    unsaid: ['kube-linter:run-as-non-root', 'checkov:CKV_K8S_40', 'polaris:runAsRootAllowed'],
  },
  {
    title: 'root by the container, though the pod forbids it',
    spec: `securityContext: {runAsUser: 20000, runAsNonRoot: true}\n${webWith('{runAsUser: 0, runAsNonRoot: false}')}`,
    said: ['kube-linter:run-as-non-root', 'polaris:runAsRootAllowed', 'checkov:CKV_K8S_40'],
  },
  {
    title: 'the annotation that once named a seccomp profile',
    spec: webWith('{}'),
    annotations: '{seccomp.security.alpha.kubernetes.io/pod: runtime/default}',
    said: ['gatekeeper:seccompv2'],
    unsaid: ['checkov:CKV_K8S_31', 'kube-score:container-seccomp-profile', 'gatekeeper:seccomp'],
  },
  {
    title: 'the annotation that once switched seccomp off',
    spec: webWith('{}'),
    annotations: '{seccomp.security.alpha.kubernetes.io/pod: unconfined}',
    said: ['checkov:CKV_K8S_31', 'gatekeeper:seccomp', 'gatekeeper:seccompv2'],
  },
  {
    title: 'a folder of the system',
    spec: `${webWith('{}')}\nvolumes: [{name: logs, hostPath: {path: /var/log/pods}}]`,
    said: ['kics:workload_mounting_with_sensitive_os_directory', 'polaris:hostPathSet', 'trivy:KSV-0023'],
    unsaid: ['kube-linter:sensitive-host-mounts', 'trivy:KSV-0121', 'kyverno:limit-hostpath-type-pv'],
  },
  {
    title: 'a folder of its own on the node',
    spec: `${webWith('{}')}\nvolumes: [{name: data, hostPath: {path: /data/cart}}]`,
    said: ['polaris:hostPathSet', 'trivy:KSV-0023'],
    unsaid: ['kics:workload_mounting_with_sensitive_os_directory', 'kube-linter:sensitive-host-mounts'],
  },
  {
    title: 'safe kernel settings',
    spec: `securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: "1"}]}\n${webWith('{}')}`,
    said: [],
    unsaid: ['kube-linter:unsafe-sysctls', 'kyverno:prevent-cr8escape'],
  },
  {
    title: 'a token that is mounted on purpose',
    spec: `automountServiceAccountToken: true\n${webWith('{}')}`,
    said: ['polaris:automountServiceAccountToken', 'checkov:CKV_K8S_38', 'trivy:KSV-0036'],
  },
];

/** Files, what their findings must be called by other tools, and what none may be called. */
interface FilesCase {
  readonly title: string;
  readonly files: readonly string[];
  readonly said: readonly string[];
  readonly unsaid?: readonly string[];
}

const workload = (kind: string, namespace: string, replicas: number) =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: web, namespace: ${namespace}}\nspec:\n  replicas: ${replicas}\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {${webWith('{}')}}\n`;
const balancer = (annotations: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop, annotations: ${annotations}}\nspec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}\n`;
const role = (resources: string, verbs: string) =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web, namespace: shop}\nrules: [{apiGroups: [""], resources: [${resources}], verbs: [${verbs}]}]\n`;
const autoscaler = (minimum: number, apiVersion: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web, namespace: shop}\nspec:\n  scaleTargetRef: {${apiVersion}kind: Deployment, name: web}\n  minReplicas: ${minimum}\n  maxReplicas: 6\n`;

const FILES: readonly FilesCase[] = [
  {
    title: 'a Deployment of one',
    files: [workload('Deployment', 'shop', 1)],
    said: ['kube-score:deployment-replicas', 'kube-linter:minimum-three-replicas', 'polaris:deploymentMissingReplicas'],
  },
  {
    title: 'a StatefulSet of one',
    files: [workload('StatefulSet', 'shop', 1)],
    said: ['kube-linter:minimum-three-replicas'],
    unsaid: ['kube-score:deployment-replicas', 'kyverno:deployment-has-multiple-replicas'],
  },
  {
    title: 'a Deployment of two',
    files: [workload('Deployment', 'shop', 2)],
    said: ['kube-linter:minimum-three-replicas'],
    unsaid: ['kube-score:deployment-replicas', 'polaris:deploymentMissingReplicas'],
  },
  {
    title: 'an autoscaler of two',
    files: [workload('Deployment', 'shop', 2), autoscaler(2, 'apiVersion: apps/v1, ')],
    said: ['kube-linter:hpa-minimum-three-replicas'],
    unsaid: ['kube-linter:minimum-three-replicas', 'kube-score:horizontalpodautoscaler-replicas', 'hpa/target-unknown'],
  },
  {
    title: 'an autoscaler that names no group',
    files: [workload('Deployment', 'shop', 2), autoscaler(3, '')],
    said: ['kube-score:horizontalpodautoscaler-has-target'],
  },
  {
    title: 'the namespace of everyone',
    files: [workload('Deployment', 'default', 3)],
    said: ['checkov:CKV_K8S_21', 'trivy:KSV-0110', 'kubescape:pods-in-default-namespace'],
    unsaid: ['trivy:KSV-0037', 'kubescape:service-in-default-namespace'],
  },
  {
    title: 'the namespace of the cluster',
    files: [workload('Deployment', 'kube-system', 3)],
    said: ['trivy:KSV-0037'],
    unsaid: ['checkov:CKV_K8S_21', 'trivy:KSV-0110', 'kube-linter:use-namespace'],
  },
  {
    title: 'a load balancer that faces the internet',
    files: [balancer('{service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing}')],
    said: ['kics:service_with_external_load_balancer', 'popeye:1103', 'network/exposed-to-all'],
  },
  {
    title: 'a load balancer within the network',
    files: [balancer('{networking.gke.io/load-balancer-type: Internal}')],
    said: ['popeye:1103', 'kube-linter:exposed-services'],
    unsaid: ['kics:service_with_external_load_balancer', 'network/exposed-to-all'],
  },
  {
    title: 'every verb on some resources',
    files: [role('pods', '"*"')],
    said: ['kube-linter:wildcard-in-rules', 'trivy:KSV-0045', 'kyverno:restrict-wildcard-verbs'],
    unsaid: ['trivy:KSV-0044', 'trivy:KSV-0046', 'kyverno:restrict-wildcard-resources'],
  },
  {
    title: 'some verbs on every resource',
    files: [role('"*"', 'get')],
    said: ['checkov:CKV_K8S_49', 'trivy:KSV-0046', 'kyverno:restrict-wildcard-resources'],
    unsaid: ['trivy:KSV-0044', 'kyverno:restrict-wildcard-verbs'],
  },
  {
    title: 'Secrets that may be replaced, not read',
    files: [role('secrets', 'create, delete')],
    said: ['kube-linter:access-to-secrets', 'trivy:KSV-0113'],
    unsaid: ['kubescape:rule-can-list-get-secrets-v1', 'kics:rbac_roles_with_read_secrets_permissions'],
  },
  {
    title: 'the settings of programs',
    files: [role('configmaps', 'update')],
    said: ['trivy:KSV-0049'],
    unsaid: ['trivy:KSV-0114', 'checkov:CKV_K8S_155', 'kubescape:rule-can-create-pv'],
  },
];

const indented = (text: string, by: number) => text.replaceAll(/^/gm, ' '.repeat(by));

/** One pod as each kind writes it. */
function documentsOf({ spec, annotations }: PodCase): ReadonlyMap<string, string> {
  const metadata = `{labels: {app: web}${annotations ? `, annotations: ${annotations}` : ''}}`;
  const template = `template:\n  metadata: ${metadata}\n  spec:\n${indented(spec, 4)}`;
  const head = (apiVersion: string, kind: string) =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web, namespace: shop}\n`;
  const controller = (apiVersion: string, kind: string, more = '') =>
    `${head(apiVersion, kind)}spec:\n  selector: {matchLabels: {app: web}}\n${more}${indented(template, 2)}\n`;
  const deployment = controller('apps/v1', 'Deployment');
  return new Map([
    ['Deployment', deployment],
    ['Deployment of an old API', controller('extensions/v1beta1', 'Deployment')],
    ['StatefulSet', controller('apps/v1', 'StatefulSet', '  serviceName: web\n')],
    ['DaemonSet', controller('apps/v1', 'DaemonSet')],
    ['ReplicaSet', controller('apps/v1', 'ReplicaSet')],
    [
      'ReplicationController',
      `${head('v1', 'ReplicationController')}spec:\n  selector: {app: web}\n${indented(template, 2)}\n`,
    ],
    ['Rollout', controller('argoproj.io/v1alpha1', 'Rollout')],
    ['Job', `${head('batch/v1', 'Job')}spec:\n${indented(template, 2)}\n`],
    [
      'CronJob',
      `${head('batch/v1', 'CronJob')}spec:\n  schedule: "@daily"\n  jobTemplate:\n    spec:\n${indented(template, 6)}\n`,
    ],
    [
      'Pod',
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n${annotations ? `  annotations: ${annotations}\n` : ''}spec:\n${indented(spec, 2)}\n`,
    ],
    ['PodTemplate', `${head('v1', 'PodTemplate')}${template}\n`],
    ['Knative Service', `${head('serving.knative.dev/v1', 'Service')}spec:\n${indented(template, 2)}\n`],
    ['List', `apiVersion: v1\nkind: List\nitems:\n  -\n${indented(deployment, 4)}`],
  ]);
}

describe('names of other tools', () => {
  for (const pod of PODS) {
    it(`are told in every kind for ${pod.title}`, () => {
      for (const [kind, text] of documentsOf(pod)) assertSaid(kind, { 'manifest.yaml': text }, pod.said, pod.unsaid);
    });
  }

  for (const { title, files, said, unsaid } of FILES) {
    it(`are told for ${title}`, () => {
      const named = files.map((text, index) => [`${index}.yaml`, text]);
      assertSaid(title, Object.fromEntries(named), said, unsaid);
    });
  }

  it('are among those that the rule claims', () => {
    for (const texts of [...PODS.map((pod) => [...documentsOf(pod).values()]), ...FILES.map(({ files }) => files)]) {
      for (const text of texts) {
        for (const { rule, finding } of findingsOf(exampleSnapshot([{ name: 'manifest.yaml', text }]), 'strict')) {
          const claimed = new Set(RULES.find(({ id }) => id === rule.id)?.equivalents);
          for (const id of finding.equivalents ?? []) assert.ok(claimed.has(id), `${rule.id} says ${id}`);
        }
      }
    }
  });
});

function assertSaid(
  title: string,
  files: Readonly<Record<string, string>>,
  said: readonly string[],
  unsaid: readonly string[] = [],
): void {
  const snapshot = exampleSnapshot(Object.entries(files).map(([name, text]) => ({ name, text })));
  const names = new Set(findingsOf(snapshot, 'strict').flatMap(({ rule }) => [rule.id, ...(rule.equivalents ?? [])]));
  assert.deepEqual(
    [said.filter((id) => !names.has(id)), unsaid.filter((id) => names.has(id))],
    [[], []],
    `${title}: the first are missing, the second are wrong`,
  );
}
