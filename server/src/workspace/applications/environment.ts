import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { DOCKERFILE } from '../../languages/dockerfile/dockerfileLanguage.ts';
import { finalStage, stageChain } from '../../languages/dockerfile/stageSettings.ts';
import { VariableScopes } from '../../languages/dockerfile/variableScope.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { SECRET_TYPES } from '../edges/configuration.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { EffectiveSetting, WrittenSetting } from './setting.ts';
import type { SourceFolder } from './sourceFolders.ts';

/** The environment that a container's process starts with, as far as the workspace tells. */
export interface ContainerEnvironment {
  readonly variables: ReadonlyMap<string, EffectiveSetting>;
  /** Variables of which the workspace knows nothing may be set as well: absence proves nothing. */
  readonly open: boolean;
}

/** A container, and the folder of sources of its image where the workspace has it. */
export interface RunningContainer {
  readonly workload: Workload;
  readonly container: SourceNode;
  readonly source?: SourceFolder;
}

/**
 * Reads the environment in the order in which it is made: `ENV` of the image, `envFrom` from top to bottom, `env` from
 * top to bottom, each overriding what came before. `$(NAME)` of Kubernetes is replaced. The value of a Secret is never
 * read: its variables are there and unknown.
 */
export function environmentOf(running: RunningContainer, graph: ResourceGraph): ContainerEnvironment {
  const { workload, container } = running;
  const dockerfile = running.source?.dockerfile;
  if (!dockerfile) {
    const position = [...workload.containers, ...workload.initContainers].indexOf(container);
    const key = `environment ${position}`;
    return position < 0
      ? readEnvironment(running, graph)
      : graph.derived(workload.resource, key, (asked) => readEnvironment({ workload, container }, asked));
  }
  const cache = graph.memo(`environments ${dockerfile.uri}`, () => new Map<SourceNode, ContainerEnvironment>());
  let environment = cache.get(container);
  if (!environment) {
    environment = readEnvironment(running, graph);
    cache.set(container, environment);
  }
  return environment;
}

function readEnvironment(
  { workload, container, source }: RunningContainer,
  graph: ResourceGraph,
): ContainerEnvironment {
  const variables = new Map<string, EffectiveSetting>();
  let open = container.open || container.find('envFrom')?.open === true || container.find('env')?.open === true;
  const set = (name: string, written: WrittenSetting): void => {
    const before = variables.get(name);
    variables.set(name, { ...written, overridden: before ? [before, ...before.overridden] : [] });
  };
  for (const [name, written] of imageVariables(source?.dockerfile)) set(name, written);
  for (const from of container.find('envFrom')?.items ?? []) {
    const prefix = from.text('prefix') ?? '';
    const entries = keysOf(from, workload.resource, graph);
    if (!entries || from.kind !== 'map') open = true;
    for (const [key, written] of entries ?? []) set(prefix + key, { ...written, name: prefix + key });
  }
  for (const variable of container.find('env')?.items ?? []) {
    const name = variable.text('name');
    if (name === undefined) {
      open = true;
      continue;
    }
    set(name, { ...variableOf(name, variable, workload.resource, graph, variables) });
  }
  return { variables, open };
}

/** What `ENV` of the final stage and those that it starts from set; build arguments stay unknown. */
function imageVariables(dockerfile: Resource | undefined): [string, WrittenSetting][] {
  if (dockerfile?.type !== DOCKERFILE) return [];
  const file = dockerfile.model as DockerfileFile;
  const stage = finalStage(file);
  if (!stage) return [];
  const scopes = new VariableScopes(file);
  return stageChain(file, stage)
    .reverse()
    .flatMap(({ instructions }) => instructions)
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap((instruction) =>
      instruction.assignments.map(({ name, value, span }): [string, WrittenSetting] => [
        name,
        {
          value: value && scopes.expand(value, instruction).value,
          at: { source: file.source, span: value?.span ?? span },
          resource: dockerfile,
          name,
        },
      ]),
    );
}

/** The variables of one `envFrom` entry; undefined where the object is not known. */
function keysOf(from: SourceNode, writer: Resource, graph: ResourceGraph): [string, WrittenSetting][] | undefined {
  const map = from.text('configMapRef', 'name');
  if (map !== undefined) {
    const target = graph.lookup(writer, ['ConfigMap'], map);
    if (target.status !== 'found') return undefined;
    const data = target.resource.root.find('data');
    if (data?.open || target.resource.root.open) return undefined;
    return (data?.entries ?? []).flatMap((entry): [string, WrittenSetting][] =>
      entry.key === undefined ? [] : [[entry.key, ofNode(entry, target.resource)]],
    );
  }
  const secret = from.text('secretRef', 'name');
  if (secret === undefined) return undefined;
  const target = graph.lookup(writer, SECRET_TYPES, secret);
  return target.status === 'found' ? secretKeys(target.resource) : undefined;
}

/** The names of a Secret's keys, or those that an ExternalSecret brings one by one; never their values. */
export function secretKeys(secret: Resource): [string, WrittenSetting][] | undefined {
  const hidden = (key: string, at: SourceNode): [string, WrittenSetting] => [
    key,
    { value: undefined, at, resource: secret, name: key },
  ];
  if (secret.type === 'Secret' && secret.root.known) {
    return ['data', 'stringData'].flatMap((field) =>
      (secret.root.find(field)?.entries ?? []).map((entry) => hidden(entry.key ?? '', entry)),
    );
  }
  const { root } = secret;
  if (secret.type !== 'external-secrets.io/ExternalSecret' || !root.lacks('spec', 'dataFrom')) return undefined;
  if (!root.lacks('spec', 'target', 'template') || root.find('spec', 'data')?.open) return undefined;
  return (root.find('spec', 'data')?.items ?? []).map((item) =>
    hidden(item.text('secretKey') ?? '', item.find('secretKey') ?? item),
  );
}

function variableOf(
  name: string,
  variable: SourceNode,
  writer: Resource,
  graph: ResourceGraph,
  earlier: ReadonlyMap<string, EffectiveSetting>,
): WrittenSetting {
  const value = variable.find('value');
  if (value) return { ...ofNode(value, writer), value: expanded(value.text(), earlier), name };
  const unknown = { value: undefined, at: variable.find('valueFrom') ?? variable, resource: writer, name };
  const reference = variable.find('valueFrom', 'configMapKeyRef');
  const map = reference?.text('name');
  const key = reference?.text('key');
  // `name` alone, without a value, is an empty string.
  if (variable.lacks('valueFrom') && variable.lacks('value')) return { ...unknown, value: '' };
  if (map === undefined || key === undefined) return unknown;
  const target = graph.lookup(writer, ['ConfigMap'], map);
  const entry = target.status === 'found' ? target.resource.root.find('data', key) : undefined;
  return entry && target.status === 'found' ? { ...ofNode(entry, target.resource), name } : unknown;
}

function ofNode(node: SourceNode, resource: Resource): WrittenSetting {
  return { value: node.text(), at: node, resource, name: node.key ?? '' };
}

/** Replaces `$(NAME)` as the kubelet does: unknown names stay as written, `$$` stands for one dollar sign. */
function expanded(text: string | undefined, earlier: ReadonlyMap<string, EffectiveSetting>): string | undefined {
  if (text === undefined || !text.includes('$')) return text;
  let isKnown = true;
  const result = text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$';
    const variable = earlier.get(name);
    if (!variable) return whole;
    if (variable.value === undefined) isKnown = false;
    return variable.value ?? whole;
  });
  return isKnown ? result : undefined;
}
