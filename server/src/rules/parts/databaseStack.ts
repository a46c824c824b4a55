import { parseImageReference } from '../../languages/imageReference.ts';
import { addItem, setValue } from '../../languages/yaml/yamlEdits.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { sourceFoldersOf } from '../../workspace/applications/sourceFolders.ts';
import { applicationsOf, PUBLIC_IMAGES } from '../../workspace/applications.ts';
import { folderOf } from '../../workspace/documentSets.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { WorkspaceChange } from '../pattern.ts';
import { besideOf, documents, metadataOf } from './newDocument.ts';

/** What one stack writes for a service with a database. */
export interface DatabaseStack {
  /** Files of the sources by their path below the folder, for a service of this name; those that exist are kept. */
  sources(name: string): Readonly<Record<string, string>>;
  /** Variables of the environment, for a database at `host`. */
  variables(name: string, host: string): Readonly<Record<string, string>>;
  /** The command that migrates once. */
  readonly migrate: { readonly command?: readonly string[]; readonly args?: readonly string[] };
}

/** Objects of a pod that only serve one that answers requests. */
const OF_SERVING = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle', 'ports'];
const OF_SPREAD = ['affinity', 'topologySpreadConstraints', 'containers', 'initContainers', 'restartPolicy'];

/**
 * Writes the sources of a stack, its settings as a ConfigMap that the workload takes its environment from, and the Job that
 * migrates its database. Undefined where the sources are those of something else.
 */
export function applyDatabaseStack(
  resource: Resource,
  graph: ResourceGraph,
  stack: DatabaseStack,
): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const [container] = workload?.containers ?? [];
  const { name } = resource;
  if (!workload || !container || name === undefined || resource.type.startsWith('batch/')) return undefined;
  const image = parseImageReference(container.text('image') ?? '')?.name;
  if (image === undefined || PUBLIC_IMAGES.has(image) || !container.known) return undefined;
  const runs = ({ uses }: { readonly uses: readonly { readonly container: SourceNode }[] }): boolean =>
    uses.some((use) => use.container === container);
  // Sources that say what they are written in have what they need, or are written in something else.
  if (sourceFoldersOf(graph).some(runs)) return undefined;
  const known = applicationsOf(graph).find(runs);
  const folder = known?.folder ?? sourcesBeside(resource, image);
  const settings = `${name}-database`;
  const environment = container.find('envFrom');
  const reference = { configMapRef: { name: settings } };
  const configuration = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: labelled(settings, resource),
    data: stack.variables(name, `${name}-db.example.internal`),
  };
  return {
    edits: environment ? [addItem(environment, reference)] : setValue(container, ['envFrom'], [reference]),
    creates: [
      ...Object.entries(stack.sources(name))
        .filter(([path]) => path !== 'Dockerfile' || !known)
        .map(([path, text]) => ({ uri: folder + path, text })),
      {
        uri: besideOf(resource, `${name}-database.yaml`),
        text: documents(
          configuration,
          migrationJob(name, settings, resource, container, stack),
          ...nobodyCalls(`${name}-migrate`, resource),
        ),
      },
    ],
  };
}

/** `shop/deploy/cart/deployment.yaml` → `shop/cart/`: beside the folder of manifests, else beside the file. */
function sourcesBeside(resource: Resource, image: string): string {
  const folder = folderOf(resource);
  const above = /^(.*\/)(?:k8s|kubernetes|manifests?|deploy|deployment|deployments)\/(?:.*\/)?$/.exec(folder)?.[1];
  return `${above ?? folder}${image}/`;
}

function labelled(name: string, resource: Resource): object {
  const labels = resource.root.find('metadata', 'labels')?.value as Record<string, unknown> | undefined;
  const key = 'app.kubernetes.io/name';
  return { ...metadataOf(name, resource), ...(labels && { labels: { ...labels, [key]: name } }) };
}

function migrationJob(
  name: string,
  settings: string,
  resource: Resource,
  container: SourceNode,
  { migrate }: DatabaseStack,
): object {
  const podSpec = without(workloadOf(resource)?.podSpec?.value, OF_SPREAD);
  const own = without(container.value, [...OF_SERVING, 'command', 'args', 'envFrom', 'name']);
  const before = (container.find('envFrom')?.value as readonly unknown[] | undefined) ?? [];
  const metadata = labelled(`${name}-migrate`, resource) as { readonly labels?: object };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata,
    spec: {
      backoffLimit: 3,
      activeDeadlineSeconds: 600,
      ttlSecondsAfterFinished: 86_400,
      template: {
        ...(metadata.labels && { metadata: { labels: metadata.labels } }),
        spec: {
          ...podSpec,
          restartPolicy: 'Never',
          containers: [
            { name: 'migrate', ...own, ...migrate, envFrom: [...before, { configMapRef: { name: settings } }] },
          ],
        },
      },
    },
  };
}

/** A Job answers nobody; without labels of its own nothing can say so. */
function nobodyCalls(name: string, resource: Resource): object[] {
  if (!resource.root.find('metadata', 'labels')) return [];
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: labelled(name, resource),
      spec: { podSelector: { matchLabels: { 'app.kubernetes.io/name': name } }, policyTypes: ['Ingress'] },
    },
  ];
}

function without(value: unknown, keys: readonly string[]): object {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}
