import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import { restrictedContainer } from '../../rules/parts/restrictedContainer.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { workflowSagas } from './sagas.ts';

const CONDITION = '{{workflow.status}} != Succeeded';

/**
 * A workflow of Argo that calls the workload's Service and, when the run fails, calls it once more to undo what was done.
 * Paths are examples; the other services of the transaction are further steps before and after.
 */
export function applySaga(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const [service] = workload ? servicesOf(workload, graph) : [];
  const port = service?.root.number('spec', 'ports', 0, 'port');
  if (!service?.name || port === undefined) return undefined;
  const isUsed = [...workflowSagas(graph)].some(({ participants }) =>
    participants.some((one) => one.resource === resource),
  );
  if (isUsed) return undefined;
  const { name, namespace } = service;
  const saga = `${name}-saga`;
  const metadata = metadataOf(saga, service);
  const host = namespace === undefined ? name : `${name}.${namespace}.svc.cluster.local`;
  const url = `http://${host}:${port}/reservations/"$RUN"`;
  const account = { name: saga, ...(namespace === undefined ? {} : { namespace }) };
  const text = documents(
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: ['argoproj.io'], resources: ['workflowtaskresults'], verbs: ['create', 'patch'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: saga },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    },
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'WorkflowTemplate',
      metadata,
      spec: {
        entrypoint: 'saga',
        onExit: 'finish',
        serviceAccountName: saga,
        automountServiceAccountToken: true,
        activeDeadlineSeconds: 600,
        ttlStrategy: { secondsAfterSuccess: 3600, secondsAfterFailure: 604_800 },
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 10_001,
          runAsGroup: 10_001,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        templates: [
          { name: 'saga', dag: { tasks: [{ name: 'reserve', template: `reserve-${name}` }] } },
          { name: 'finish', dag: { tasks: [{ name: 'undo', template: `undo-${name}`, when: CONDITION }] } },
          call(`reserve-${name}`, 'PUT', url),
          call(`undo-${name}`, 'DELETE', url),
        ],
      },
    },
  );
  return { edits: [], creates: [{ uri: besideOf(service, `${saga}.yaml`), text }] };
}

/** A template that calls a service. The uid of the run in the path makes a repetition known to the service. */
function call(name: string, method: string, url: string): object {
  return {
    name,
    activeDeadlineSeconds: 60,
    retryStrategy: {
      limit: 4,
      retryPolicy: 'Always',
      backoff: { duration: '1s', factor: 2, maxDuration: '30s' },
    },
    container: {
      name: 'main',
      image: 'docker.io/curlimages/curl:8.17.0',
      command: ['sh', '-euc'],
      args: [`curl --fail --silent --show-error --max-time 25 --request ${method} ${url}`],
      env: [{ name: 'RUN', value: '{{workflow.uid}}' }],
      resources: {
        requests: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '32Mi' },
        limits: { cpu: '200m', memory: '64Mi', 'ephemeral-storage': '32Mi' },
      },
      securityContext: restrictedContainer(),
    },
  };
}
