import type { Pattern, PatternInstance } from '../rules/pattern.ts';
import type { ReportedFinding } from '../rules/runRules.ts';
import type { Place } from '../text/sourceNode.ts';
import { SourceText } from '../text/sourceText.ts';
import { type Application, applicationsOf } from '../workspace/applications.ts';
import { servicesOf } from '../workspace/kubernetes/podSelection.ts';
import type { Workload } from '../workspace/kubernetes/workload.ts';
import { label, type Resource } from '../workspace/resource.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';
import { isBuildFile, stackOf } from './buildFiles.ts';
import { namePlace } from './namePlace.ts';

/** One thing found for a stage. */
export interface Evidence {
  readonly text: string;
  readonly at?: Place;
}

export interface Stage {
  readonly id: 'develop' | 'build' | 'containerize' | 'push' | 'deploy' | 'integrate';
  readonly title: string;
  readonly state: 'found' | 'missing' | 'faulty';
  readonly evidence: readonly Evidence[];
  readonly missing: readonly string[];
}

/** An application with its six stages. */
export interface ApplicationPipeline {
  readonly name: string;
  /** URI of the build context, without its trailing slash. */
  readonly folder: string;
  readonly dockerfile: Resource;
  /** References that manifests use, most used first. */
  readonly images: readonly string[];
  readonly workloads: readonly Resource[];
  readonly stages: readonly Stage[];
}

/** What the pipeline is told from, beside the graph. */
export interface PipelineInput {
  readonly graph: ResourceGraph;
  /** Every pattern of the catalog with its uses in the workspace. */
  readonly recognized: readonly { readonly pattern: Pattern; readonly instances: readonly PatternInstance[] }[];
  /** Files of the workspace that no language reads but that prove something, with their text. */
  readonly otherFiles: ReadonlyMap<string, string>;
  findingsOf(uri: string): readonly ReportedFinding[];
}

/** The applications of the workspace with their six stages each, in the order of their folders. */
export function pipelineOf(input: PipelineInput): ApplicationPipeline[] {
  return [...applicationsOf(input.graph)]
    .sort((a, b) => (a.folder < b.folder ? -1 : 1))
    .map((application) => pipelineOfApplication(application, input));
}

function pipelineOfApplication(
  { dockerfile, folder, name, uses }: Application,
  input: PipelineInput,
): ApplicationPipeline {
  const images = uses.map(({ at }) => ({ image: at.text() ?? '', at }));
  const counts = new Map<string, number>();
  for (const { image } of images) counts.set(image, (counts.get(image) ?? 0) + 1);
  const workloads = [...new Map(uses.map(({ workload }) => [workload.resource, workload])).values()];
  return {
    name,
    folder: folder.slice(0, -1),
    dockerfile,
    images: [...counts].sort((a, b) => b[1] - a[1]).map(([image]) => image),
    workloads: workloads.map(({ resource }) => resource),
    stages: [
      ...sourceStages(folder, input.otherFiles),
      containerStage(folder, dockerfile, input),
      pushStage(name, images),
      deployStage(name, workloads, input),
      integrationStage(workloads, input.recognized),
    ],
  };
}

function sourceStages(folder: string, otherFiles: ReadonlyMap<string, string>): Stage[] {
  const found = [...otherFiles].flatMap(([uri, text]) => {
    const fileName = uri.slice(folder.length);
    const isHere = uri.startsWith(folder) && fileName.split('/').length <= 2;
    const stack = isHere ? stackOf(fileName.split('/').at(-1) ?? '', text) : undefined;
    return stack ? [{ stack, fileName, at: startOf(uri, text) }] : [];
  });
  const nothing = 'a build file such as pom.xml, pyproject.toml, a .csproj, Cargo.toml, package.json or go.mod';
  return [
    {
      id: 'develop',
      title: 'Application development',
      state: found.length > 0 ? 'found' : 'missing',
      evidence: found.map(({ stack, fileName, at }) => ({
        text: `${stack.framework ? `${stack.framework} (${stack.language})` : stack.language}, from ${fileName}`,
        at,
      })),
      missing: found.length > 0 ? [] : [nothing],
    },
    {
      id: 'build',
      title: 'Build',
      state: found.length > 0 ? 'found' : 'missing',
      evidence: found.map(({ stack, at }) => ({ text: stack.command, at })),
      missing: found.length > 0 ? [] : [nothing],
    },
  ];
}

function containerStage(folder: string, dockerfile: Resource, { findingsOf, otherFiles }: PipelineInput): Stage {
  const stages = (dockerfile.model as { readonly stages?: readonly unknown[] } | undefined)?.stages?.length ?? 0;
  const tests = [...otherFiles].find(([uri]) => uri.startsWith(folder) && isContainerTest(uri));
  const hasIgnoreFile = otherFiles.has(`${folder}.dockerignore`);
  const isFaulty = findingsOf(dockerfile.uri).some(({ severity }) => severity === 'error');
  return {
    id: 'containerize',
    title: 'Containerization',
    state: isFaulty ? 'faulty' : 'found',
    evidence: [
      {
        text: `Dockerfile with ${stages} stage${stages === 1 ? '' : 's'}`,
        at: startOf(dockerfile.uri, dockerfile.root.source.text),
      },
      ...(tests ? [{ text: 'container tests', at: startOf(...tests) }] : []),
    ],
    missing: [
      ...(tests ? [] : ['container tests (container-structure-test.yaml)']),
      ...(hasIgnoreFile ? [] : ['.dockerignore']),
    ],
  };
}

function pushStage(name: string, uses: readonly { image: string; at: Place }[]): Stage {
  const first = new Map(uses.map(({ image, at }) => [image, at]));
  return {
    id: 'push',
    title: 'Registry push',
    state: first.size > 0 ? 'found' : 'missing',
    evidence: [...first].map(([image, at]) => ({ text: image, at })),
    missing: first.size > 0 ? [] : [`a manifest that runs an image named ${name}`],
  };
}

function deployStage(name: string, workloads: readonly Workload[], { findingsOf, graph }: PipelineInput): Stage {
  const services = [...new Set(workloads.flatMap((workload) => servicesOf(workload, graph)))];
  const resources = [...workloads.map(({ resource }) => resource), ...services];
  const isFaulty = resources.some(({ uri, root }) =>
    findingsOf(uri).some(
      ({ severity, finding }) =>
        severity === 'error' && finding.at.span.start >= root.span.start && finding.at.span.start <= root.span.end,
    ),
  );
  return {
    id: 'deploy',
    title: 'Kubernetes deployment',
    state: workloads.length === 0 ? 'missing' : isFaulty ? 'faulty' : 'found',
    evidence: resources.map((resource) => ({ text: label(resource), at: namePlace(resource) })),
    missing: [
      ...(workloads.length === 0 ? [`a workload that runs ${name}`] : []),
      ...(workloads.length > 0 && services.length === 0 ? [`a Service for ${name}`] : []),
    ],
  };
}

/** The patterns that join a deployed workload to its surroundings; the rest of the catalog is about the workload itself. */
const INTEGRATIONS: readonly string[] = [
  'service-mesh',
  'hpa',
  'metrics',
  'logging',
  'tracing',
  'api-gateway',
  'async-messaging',
];

function integrationStage(workloads: readonly Workload[], recognized: PipelineInput['recognized']): Stage {
  const resources = new Set(workloads.map(({ resource }) => resource));
  const joining = recognized.filter(({ pattern }) => INTEGRATIONS.includes(pattern.id));
  const used = joining.flatMap(({ pattern, instances }) =>
    instances.flatMap((instance) => {
      const participant = instance.participants.find(({ resource }) => resources.has(resource));
      return participant ? [{ pattern, instance, at: participant.at }] : [];
    }),
  );
  const missing = joining.flatMap(({ pattern }) => (used.some((use) => use.pattern === pattern) ? [] : [pattern]));
  return {
    id: 'integrate',
    title: 'Enterprise integration',
    state: used.length > 0 ? 'found' : 'missing',
    evidence: used.map(({ pattern, instance, at }) => ({ text: `${pattern.title}: ${instance.name}`, at })),
    missing: missing.map(({ title }) => title),
  };
}

/** A file that proves something about an application although it defines no resource. */
export function isPipelineEvidence(uri: string): boolean {
  const fileName = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  return isBuildFile(fileName) || fileName === '.dockerignore' || isContainerTest(uri);
}

function isContainerTest(uri: string): boolean {
  return /structure-tests?[^/]*\.(?:ya?ml|json)$/.test(uri);
}

function startOf(uri: string, text: string): Place {
  return { source: new SourceText(uri, text), span: { start: 0, end: 0 } };
}
