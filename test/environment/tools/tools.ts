import { join } from 'node:path';
import { findProgram, isExecutable } from '../processes/findProgram.ts';
import { buildGoProgram, type ReportProgress } from './buildGoProgram.ts';
import { buildkitModule, type GoModule, type GoProgram, kubernetesModule } from './goModules.ts';
import { moduleCacheFolder } from './toolCache.ts';

/** A program that the test environment runs and that no system package carries. */
export type ToolName =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubectl'
  | 'kwok'
  | 'metrics-server'
  | 'helm'
  | 'kubelet'
  | 'kube-proxy'
  | 'pause'
  | 'docker-buildx'
  | 'buildkitd';

/** What the control plane and the tests of cluster and Helm features run. */
export const controlPlaneTools: readonly ToolName[] = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
  'kwok',
  'metrics-server',
  'helm',
];

/** What tests of charts run that need no cluster. */
export const helmTools: readonly ToolName[] = ['helm'];

/** What the real node runs, besides the engine's tools. */
export const nodeTools: readonly ToolName[] = ['kubelet', 'kube-proxy', 'pause'];

/** What real builds need. */
export const engineTools: readonly ToolName[] = ['docker-buildx', 'buildkitd'];

/** How {@link ensureTools} goes about it. */
export interface EnsureToolsOptions {
  /** Standard error unless told otherwise. */
  readonly onProgress?: ReportProgress;
  readonly signal?: AbortSignal;
}

/**
 * Finds the tools, and builds those that are missing into the user's cache folder.
 * The first build of Kubernetes takes many minutes; after that nothing is built until its go.mod or sources change.
 */
export async function ensureTools(names: readonly ToolName[], options: EnsureToolsOptions = {}): Promise<void> {
  for (const name of names) {
    if (findTool(name) !== undefined) continue;
    const { module, program } = builtBy(name);
    const report = options.onProgress ?? reportOnStandardError;
    const isBuilt = () => findTool(name) !== undefined;
    await buildGoProgram(module, program, moduleCacheFolder(module), isBuilt, report, options.signal);
  }
}

/** The tool's path: in the folder that `KUBEBUILDER_ASSETS` names, when it is there, else in the cache. `undefined` when it is in neither. */
export function findTool(name: ToolName, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const assets = environment['KUBEBUILDER_ASSETS'];
  const folders = assets === undefined || assets === '' ? [] : [assets];
  return [...folders, moduleCacheFolder(builtBy(name).module, environment)]
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** The tool's path; throws with the command that makes it when it is missing. */
export function toolPath(name: ToolName): string {
  const path = findTool(name);
  if (path === undefined) {
    throw new Error(`${name} has not been built: run node --import tsx test/environment/prepare.ts`);
  }
  return path;
}

/** Why {@link ensureTools} could not succeed for these tools, or `undefined`. */
export function missingForBuild(names: readonly ToolName[]): string | undefined {
  if (names.every((name) => findTool(name) !== undefined)) return undefined;
  return findProgram('go') === undefined ? 'Go 1.26 is not on the PATH' : undefined;
}

/** Writes a line of progress for a person who waits. */
export function reportOnStandardError(message: string): void {
  process.stderr.write(`test environment: ${message}\n`);
}

function builtBy(name: ToolName): { module: GoModule; program: GoProgram } {
  for (const module of [kubernetesModule, buildkitModule]) {
    const program = module.programs.find(({ file, links }) => file === name || links.includes(name));
    if (program !== undefined) return { module, program };
  }
  throw new Error(`No Go module builds ${name}.`);
}
