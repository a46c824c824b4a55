import type { Profile, Severity } from '../rules/contract.ts';
import type { Place, SourceNode } from '../text/sourceNode.ts';
import type { Resource } from '../workspace/resource.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';
import type { AcceptedFindings, Configuration, FileSettings, Policies } from './configuration.ts';
import { matchesAny, matchesPath } from './glob.ts';
import { minorOf, readConfiguration } from './readConfiguration.ts';
import { namesRule, ruleSeverity } from './ruleSeverity.ts';

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
  /** Globs of contexts that are deployed to with care, of this file's folder and of all above it. */
  readonly protectedContexts: readonly string[];
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
    settings = layeredSettings(configurationsAbove(graph, uri), uri);
    byFile.set(uri, settings);
  }
  return settings;
}

interface ConfigurationFile {
  /** With its trailing slash. */
  readonly folder: string;
  readonly root: SourceNode;
  readonly configuration: Configuration;
}

const NO_POLICIES: Policies = Object.freeze({});
const NOTHING: Settings = Object.freeze<Settings>({
  profile: undefined,
  kubernetesMinor: undefined,
  isExcluded: false,
  policies: NO_POLICIES,
  protectedContexts: [],
  severityOf: () => undefined,
  names: () => false,
  accepts: () => undefined,
  policyPlace: () => undefined,
});

/** The files that govern a file, outermost first. */
function configurationsAbove(graph: ResourceGraph, uri: string): ConfigurationFile[] {
  const all = graph.memo('configurations', () =>
    graph
      .all(CONFIGURATION)
      .map(
        ({ root, uri: own }): ConfigurationFile => ({
          folder: own.slice(0, own.lastIndexOf('/') + 1),
          root,
          configuration: readConfiguration(root).configuration,
        }),
      )
      .sort((a, b) => a.folder.length - b.folder.length),
  );
  if (all.length === 0) return all;
  const above = all.filter(({ folder }) => uri.startsWith(folder));
  const outermost = above.findLastIndex(({ configuration }) => configuration.root === true);
  return outermost <= 0 ? above : above.slice(outermost);
}

interface Layer {
  readonly settings: FileSettings;
  /** The map that `settings` was read from. */
  readonly node: SourceNode;
}

function layeredSettings(files: readonly ConfigurationFile[], uri: string): Settings {
  if (files.length === 0) return NOTHING;
  const layers = files.flatMap((file) => layersOf(file, uri));
  const latest = <Key extends keyof FileSettings>(key: Key): FileSettings[Key] | undefined =>
    layers.findLast(({ settings }) => settings[key] !== undefined)?.settings[key];
  return {
    profile: latest('profile'),
    kubernetesMinor: minorOf(latest('kubernetesVersion')),
    isExcluded: files.some(({ folder, configuration }) => matchesPath(configuration.exclude ?? [], below(folder, uri))),
    policies: layers.reduce<Policies>((outer, { settings }) => merge(outer, settings.policies ?? {}), NO_POLICIES),
    protectedContexts: files.flatMap(({ configuration }) => configuration.protectedContexts ?? []),
    severityOf(ruleId) {
      for (const { settings } of layers.toReversed()) {
        const severity = settings.rules && ruleSeverity(settings.rules, ruleId);
        if (severity !== undefined) return severity;
      }
      return undefined;
    },
    names(ruleId) {
      const own = layers.findLast(({ settings }) => settings.rules && Object.hasOwn(settings.rules, ruleId));
      return own !== undefined && own.settings.rules?.[ruleId] !== 'off';
    },
    accepts: (ruleId, resource) =>
      files
        .flatMap(({ folder, configuration }) =>
          (configuration.suppressions ?? []).filter((entry) => fits(entry, ruleId, resource, below(folder, uri))),
        )
        .at(0),
    policyPlace(...path) {
      for (const { node } of layers.toReversed()) {
        const found = node.find('policies', ...path);
        if (found) return found.keyPlace;
      }
      return undefined;
    },
  };
}

/** What a file says for everything below it, and then what it says for this file in particular. */
function layersOf({ folder, root, configuration }: ConfigurationFile, uri: string): Layer[] {
  const layers: Layer[] = [{ settings: configuration, node: root }];
  const nodes = root.find('overrides')?.items ?? [];
  for (const override of configuration.overrides ?? []) {
    if (!matchesPath(override.paths, below(folder, uri))) continue;
    const node = nodes.find((item) => samePaths(item, override.paths));
    layers.push({ settings: override, node: node ?? root });
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

/** Maps are merged key by key; everything else is replaced. */
function merge<Value extends object>(outer: Value, inner: Value): Value {
  const merged: Record<string, unknown> = Object.fromEntries(Object.entries(outer));
  for (const [key, value] of Object.entries(inner)) {
    const before = merged[key];
    merged[key] = isMap(before) && isMap(value) ? merge(before, value) : value;
  }
  return merged as Value;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
