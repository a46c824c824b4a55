import type { Profile, Severity } from '../rules/contract.ts';
import type { Place, SourceNode } from '../text/sourceNode.ts';
import type { Resource } from '../workspace/resource.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';
import type { AcceptedFindings, Configuration, Policies } from './configuration.ts';
import { matchesAny, matchesPath } from './glob.ts';
import { readConfiguration } from './readConfiguration.ts';
import { namesRule } from './ruleSeverity.ts';
import { type SettingLayer, SettingLayers } from './settingLayers.ts';

/** The type of the resource that a `slipway.yaml` is. */
export const CONFIGURATION = 'slipway/Configuration';

/** All that `slipway.yaml` files say about one file, the nearest one first. Read-only, and the same for every asker. */
export interface Settings {
  /** Undefined where nothing is written: then the user's own choice counts. */
  readonly profile: Profile | undefined;
  /** The minor version of Kubernetes 1 that the file is meant for. */
  readonly kubernetesMinor: number | undefined;
  /** The file is not to be checked. */
  readonly isExcluded: boolean;
  readonly policies: Policies;
  severityOf(ruleId: string): Severity | 'off' | undefined;
  /** The rule is switched on by its own id: then it speaks in every profile. */
  names(ruleId: string): boolean;
  /** The entry that accepts a finding of a rule on an object. */
  accepts(ruleId: string, resource: Resource | undefined): AcceptedFindings | undefined;
  /** Where a policy is written, for related places: `policyPlace('images', 'allowedRegistries')`. */
  policyPlace(...path: readonly string[]): Place | undefined;
}

/** What the workspace's `slipway.yaml` files say about a file, be it one that the graph knows or not. */
export function settingsOf(graph: ResourceGraph, uri: string): Settings {
  const byFile = graph.memo('settings', () => new Map<string, Settings>());
  let settings = byFile.get(uri);
  if (!settings) {
    settings = settingsFrom(configurationsAbove(graph, uri), uri, graph);
    byFile.set(uri, settings);
  }
  return settings;
}

/**
 * Globs of the contexts that some `slipway.yaml` of the workspace protects. They count for all of it: whoever deploys
 * from one folder must not reach what another one protects.
 */
export function protectedContexts(graph: ResourceGraph): readonly string[] {
  return [...new Set(configurations(graph).flatMap(({ configuration }) => configuration.protectedContexts ?? []))];
}

interface ConfigurationFile {
  readonly uri: string;
  /** With its trailing slash. */
  readonly folder: string;
  readonly root: SourceNode;
  readonly configuration: Configuration;
}

const NOTHING: Settings = Object.freeze<Settings>({
  profile: undefined,
  kubernetesMinor: undefined,
  isExcluded: false,
  policies: Object.freeze({}),
  severityOf: () => undefined,
  names: () => false,
  accepts: () => undefined,
  policyPlace: () => undefined,
});

/** All files, outermost first. */
function configurations(graph: ResourceGraph): readonly ConfigurationFile[] {
  return graph.memo('configurations', () =>
    graph
      .all(CONFIGURATION)
      .map(
        ({ root, uri }): ConfigurationFile => ({
          uri,
          folder: uri.slice(0, uri.lastIndexOf('/') + 1),
          root,
          configuration: readConfiguration(root).configuration,
        }),
      )
      .sort((a, b) => a.folder.length - b.folder.length),
  );
}

/** The files that govern a file, outermost first. */
function configurationsAbove(graph: ResourceGraph, uri: string): readonly ConfigurationFile[] {
  const above = configurations(graph).filter(({ folder }) => uri.startsWith(folder));
  const outermost = above.findLastIndex(({ configuration }) => configuration.root === true);
  return outermost <= 0 ? above : above.slice(outermost);
}

function settingsFrom(files: readonly ConfigurationFile[], uri: string, graph: ResourceGraph): Settings {
  if (files.length === 0) return NOTHING;
  const layers = stackOf(
    files.flatMap((file) => layersOf(file, uri)),
    graph,
  );
  return {
    profile: layers.profile,
    kubernetesMinor: layers.kubernetesMinor,
    isExcluded: files.some(({ folder, configuration }) => matchesPath(configuration.exclude ?? [], below(folder, uri))),
    policies: layers.policies,
    severityOf: (ruleId) => layers.severityOf(ruleId),
    names: (ruleId) => layers.names(ruleId),
    accepts: (ruleId, resource) =>
      files
        .flatMap(({ folder, configuration }) =>
          (configuration.suppressions ?? []).filter((entry) => fits(entry, ruleId, resource, below(folder, uri))),
        )
        .at(0),
    policyPlace: (...path) => layers.policyPlace(path),
  };
}

function stackOf(layers: readonly SettingLayer[], graph: ResourceGraph): SettingLayers {
  const stacks = graph.memo('setting layers', () => new Map<string, SettingLayers>());
  const key = layers.map(({ id }) => id).join(' ');
  let stack = stacks.get(key);
  if (!stack) {
    stack = new SettingLayers(layers);
    stacks.set(key, stack);
  }
  return stack;
}

/** What a file says for everything below it, and then what it says for this file in particular. */
function layersOf({ uri: own, folder, root, configuration }: ConfigurationFile, uri: string): SettingLayer[] {
  const layers: SettingLayer[] = [{ id: own, settings: configuration, node: root }];
  const nodes = root.find('overrides')?.items ?? [];
  for (const [index, override] of (configuration.overrides ?? []).entries()) {
    if (!matchesPath(override.paths, below(folder, uri))) continue;
    const node = nodes.find((item) => samePaths(item, override.paths));
    layers.push({ id: `${own}#${index}`, settings: override, node: node ?? root });
  }
  return layers;
}

/** Entries that did not fit the schema are left out of the configuration, so that positions differ. */
function samePaths(node: SourceNode, paths: readonly string[]): boolean {
  return JSON.stringify(node.find('paths')?.value) === JSON.stringify(paths);
}

function fits(entry: AcceptedFindings, ruleId: string, resource: Resource | undefined, path: string): boolean {
  if (!entry.rules.some((key) => namesRule(key, ruleId))) return false;
  if (entry.paths && !matchesPath(entry.paths, path)) return false;
  if (!entry.resources) return true;
  return resource?.name !== undefined && matchesAny(entry.resources, `${resource.kind}/${resource.name}`);
}

function below(folder: string, uri: string): string {
  const path = uri.slice(folder.length);
  try {
    return decodeURIComponent(path);
  } catch {
    // A URI that is not well formed is compared as it is.
    return path;
  }
}
