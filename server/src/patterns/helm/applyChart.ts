import type { Document } from 'yaml';
import { isMap, stringify } from 'yaml';
import { besideOf, copyOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { matchesLabelSelector, matchesLabels } from '../../workspace/selection.ts';
import { CHART } from './chart.ts';

const PACKED = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'argoproj.io/Rollout'];
/** What the release itself says of each object. */
const RELEASE_LABELS = ['helm.sh/chart', 'app.kubernetes.io/managed-by', 'app.kubernetes.io/instance'];
/** Words that stand in a copied manifest where a template takes their place. */
const TOKEN = 'slipway-template';

/**
 * Packs a workload, and what belongs to it, as a chart beside its manifests: the same objects, with image, replicas
 * and resources as values, the labels of the release, and the namespace left to it. The manifests stay until the chart has
 * taken their place.
 */
export function applyChart(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const { name } = resource;
  const workload = workloadOf(resource);
  if (!workload || name === undefined || !PACKED.includes(resource.type) || !/^[a-z0-9-]+$/.test(name))
    return undefined;
  const isInSet = /^(?:helm|kustomize):/.test(graph.setOf(resource));
  if (isInSet || graph.all(CHART).some((chart) => chart.name === name)) return undefined;
  const objects = [resource, ...belongingTo(workload, graph)];
  // What holds braces would have to be escaped, and what cannot be read in full cannot be copied.
  if (objects.some(({ root }) => !root.known || root.source.slice(root.span).includes('{{'))) return undefined;
  const values = valuesOf(workload);
  const folder = besideOf(resource, `charts/${name}/`);
  return {
    edits: [],
    creates: [
      { uri: `${folder}Chart.yaml`, text: chartYaml(name, values.image?.tag) },
      { uri: `${folder}values.yaml`, text: valuesYaml(values) },
      { uri: `${folder}templates/_helpers.tpl`, text: helpers(name) },
      ...templates(objects, workload, name, values).map(([file, text]) => ({
        uri: `${folder}templates/${file}`,
        text,
      })),
    ],
  };
}

interface ChartValues {
  readonly replicas: number | undefined;
  readonly image: { readonly repository: string; readonly tag: string } | undefined;
  readonly resources: SourceNode | undefined;
}

function valuesOf({ resource, containers }: Workload): ChartValues {
  const [first] = containers;
  const [, repository, tag] = /^([^@]+):([^:/@]+)$/.exec(first?.text('image') ?? '') ?? [];
  return {
    replicas: resource.root.number('spec', 'replicas'),
    image: repository !== undefined && tag !== undefined ? { repository, tag } : undefined,
    resources: first?.find('resources'),
  };
}

/** Objects of the same set that speak of this workload's pods. */
function belongingTo({ resource, podLabels, podSpec }: Workload, graph: ResourceGraph): Resource[] {
  const near = (...types: string[]) => graph.sameNamespace(resource, types).filter(({ name }) => name !== undefined);
  const account = podSpec?.text('serviceAccountName');
  return [
    ...near('Service').filter(({ root }) => matchesLabels(root.find('spec', 'selector'), podLabels) === true),
    ...near('ServiceAccount').filter(({ name }) => name === account && name === resource.name),
    ...near('policy/PodDisruptionBudget').filter(
      ({ root }) => matchesLabelSelector(root.find('spec', 'selector'), podLabels) === true,
    ),
    // A policy for every pod of the namespace is the namespace's.
    ...near('networking.k8s.io/NetworkPolicy').filter(({ root }) => {
      const selector = root.find('spec', 'podSelector');
      return (
        selector !== undefined && selector.entries.length > 0 && matchesLabelSelector(selector, podLabels) === true
      );
    }),
    ...near('autoscaling/HorizontalPodAutoscaler').filter(
      ({ root }) =>
        root.text('spec', 'scaleTargetRef', 'name') === resource.name &&
        root.text('spec', 'scaleTargetRef', 'kind') === resource.kind,
    ),
  ];
}

function templates(
  objects: readonly Resource[],
  workload: Workload,
  chart: string,
  values: ChartValues,
): [file: string, text: string][] {
  const files = new Map<string, string[]>();
  for (const object of objects) {
    const text = copyOf(object, (copy) => {
      forRelease(copy);
      if (object === workload.resource) parametrize(copy, workload, values);
    });
    const file = `${object.kind.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.yaml`;
    files.set(file, [...(files.get(file) ?? []), withActions(text.replaceAll('\r\n', '\n'), chart)]);
  }
  return [...files].map(([file, texts]) => [
    file,
    texts
      .map((text) => text.trimEnd())
      .join('\n---\n')
      .concat('\n'),
  ]);
}

/** The release decides the namespace, and adds its labels to those that are there. */
function forRelease(copy: Document): void {
  copy.deleteIn(['metadata', 'namespace']);
  const labels = copy.getIn(['metadata', 'labels']);
  if (isMap(labels)) {
    for (const label of RELEASE_LABELS) labels.delete(label);
    labels.flow = false;
  } else copy.deleteIn(['metadata', 'labels']);
  copy.setIn(['metadata', 'labels', `${TOKEN}-labels`], 0);
}

function parametrize(copy: Document, { resource, containers }: Workload, values: ChartValues): void {
  const container = containers[0]?.path.slice(resource.root.path.length) ?? [];
  if (values.replicas !== undefined) copy.setIn(['spec', 'replicas'], `${TOKEN}-replicas`);
  if (values.image) copy.setIn([...container, 'image'], `${TOKEN}-image`);
  if (values.resources) copy.setIn([...container, 'resources'], `${TOKEN}-resources`);
}

function withActions(text: string, chart: string): string {
  return text
    .replace(
      new RegExp(`^( *)${TOKEN}-labels: 0`, 'm'),
      (_, indent: string) => `${indent}{{- include "${chart}.labels" . | nindent ${indent.length} }}`,
    )
    .replace(`${TOKEN}-replicas`, '{{ .Values.replicas }}')
    .replace(`${TOKEN}-image`, '"{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"')
    .replace(new RegExp(`^( *)(- )?resources: ${TOKEN}-resources`, 'm'), (_, indent: string, dash = '') => {
      const column = indent.length + dash.length + 2;
      return `${indent}${dash}resources:\n${' '.repeat(column)}{{- toYaml .Values.resources | nindent ${column} }}`;
    });
}

function chartYaml(name: string, tag: string | undefined): string {
  return stringify({
    apiVersion: 'v2',
    name,
    description: `Installs ${name}`,
    type: 'application',
    version: '0.1.0',
    ...(tag === undefined ? {} : { appVersion: tag }),
  });
}

function valuesYaml({ replicas, image, resources }: ChartValues): string {
  const parts = [
    ...(replicas === undefined ? [] : [stringify({ replicas })]),
    ...(image
      ? [`image:\n  repository: ${image.repository}\n  # The chart's appVersion where it is empty.\n  tag: ""\n`]
      : []),
    ...(resources ? [stringify({ resources: resources.value }, { lineWidth: 0 })] : []),
  ];
  return parts.length === 0 ? '{}\n' : parts.join('\n');
}

function helpers(chart: string): string {
  return `{{/* What every object of a release carries besides its own labels. */}}
{{- define "${chart}.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
`;
}
