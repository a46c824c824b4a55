import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import { applyPatches, type PatchUse } from './applyPatches.ts';
import { type BuildObject, buildObject } from './buildObject.ts';
import { type BuildConfiguration, configurationOf, mergeConfiguration } from './configurations.ts';
import { generate } from './generators.ts';
import { type PathUse, pathUsesOf, resolvePath, type WorkspaceFiles } from './kustomizationFile.ts';
import { replaceValues } from './replacements.ts';
import { transform } from './transform.ts';

/** What the build of one kustomization found out about its own lines. */
export interface KustomizationBuild {
  /** URI of its folder, with its trailing slash. */
  readonly folder: string;
  readonly isComponent: boolean;
  readonly paths: readonly PathUse[];
  readonly patches: readonly PatchUse[];
  /** Entries of `images` and `replicas` that change nothing. */
  readonly unused: readonly SourceNode[];
  /** Generators that merge into something that is not there, or make what is there already. */
  readonly misplacedGenerators: readonly SourceNode[];
  /** The kustomizations that it includes include it again. */
  readonly cycle: SourceNode | undefined;
  /** A remote base, a chart or a plugin brings objects that no file here shows. */
  readonly incomplete: boolean;
}

/** Objects on their way through a build, and what the kustomizations of it found out. */
export interface Accumulation {
  readonly objects: BuildObject[];
  /** Each kustomization that took part, with its own findings as `model`; the outermost comes last. */
  readonly kustomizations: Resource[];
  /** Definitions that are read and not deployed. */
  readonly definitions: Resource[];
  configuration: BuildConfiguration;
  readonly variables: SourceNode[];
  incomplete: boolean;
}

/** The files that a build asked for, as they were. */
export type Dependencies = Map<
  string,
  WorkspaceFiles extends ReadonlyMap<string, infer File> ? File | undefined : never
>;

export interface BuildContext {
  readonly files: WorkspaceFiles;
  readonly dependencies: Dependencies;
  /** Folders whose build waits for this one. */
  readonly building: readonly string[];
}

/** Objects of these fields come from programs or places that are not at hand. */
const FOREIGN_FIELDS = ['helmCharts', 'helmChartInflationGenerator', 'generators', 'transformers'];

/**
 * Builds what one kustomization makes of its resources, in Kustomize's own order: resources, generators, components, then
 * its transformations. A component works on the objects of the kustomization that includes it.
 */
export function accumulate(
  kustomization: Resource,
  context: BuildContext,
  into: Accumulation = {
    objects: [],
    kustomizations: [],
    definitions: [],
    configuration: configurationOf(),
    variables: [],
    incomplete: false,
  },
): Accumulation {
  const { root, uri } = kustomization;
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  const { files, dependencies } = context;
  const isComponent = root.text('kind') === 'Component';
  const inner: BuildContext = { ...context, building: [...context.building, folder] };
  const file = (of: string) => {
    const found = files.get(of);
    dependencies.set(of, found);
    return found;
  };
  file(uri);
  const paths = pathUsesOf(root, files);
  for (const { target } of paths) if (target.status !== 'remote') file(target.uri);
  let cycle: SourceNode | undefined;
  // What a component is added to is known only where one is.
  let incomplete =
    FOREIGN_FIELDS.some((field) => root.find(field) !== undefined) ||
    root.open ||
    (isComponent && context.building.length === 0);

  const include = (field: string, add: (included: Resource) => void): void => {
    for (const { field: of, at, target } of paths) {
      if (of !== field) continue;
      if (target.status === 'file') {
        for (const resource of files.get(target.uri)!.facts.resources) into.objects.push(buildObject(resource));
      } else if (target.status === 'kustomization') {
        const included = files.get(target.uri)!.facts.resources[0];
        if (inner.building.includes(target.uri.slice(0, target.uri.lastIndexOf('/') + 1))) cycle = at;
        else if (included) add(included);
      } else {
        incomplete = true;
      }
    }
    if (root.find(field)?.open) incomplete = true;
  };
  const includeBase = (base: Resource): void => {
    const built = accumulate(base, inner);
    into.objects.push(...built.objects);
    into.kustomizations.push(...built.kustomizations);
    into.definitions.push(...built.definitions);
    into.variables.push(...built.variables);
    into.configuration = mergeConfiguration(into.configuration, built.configuration);
    if (built.incomplete) incomplete = true;
  };
  include('resources', includeBase);
  include('bases', includeBase);
  for (const { field, target } of paths) {
    if (target.status !== 'file') continue;
    if (field === 'crds') into.definitions.push(...files.get(target.uri)!.facts.resources);
    if (field !== 'configurations') continue;
    for (const configuration of files.get(target.uri)!.parsed.roots) {
      into.configuration = mergeConfiguration(into.configuration, configurationOf(configuration));
    }
  }
  const misplacedGenerators: SourceNode[] = [];
  const envKeys = (path: string) => {
    const at = resolvePath(folder, path);
    const text = at === undefined ? undefined : file(at)?.parsed.source.text;
    return text === undefined ? undefined : environment(text);
  };
  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const) {
    for (const entry of root.find(field)?.items ?? []) {
      if (!generate(into.objects, kustomization, entry, kind, envKeys)) misplacedGenerators.push(entry);
    }
    if (root.find(field)?.open) incomplete = true;
  }
  include('components', (component) => {
    accumulate(component, inner, into);
    if (into.incomplete) incomplete = true;
  });

  const { configuration, objects } = into;
  const patches = applyPatches(objects, root, paths, inner, 'before');
  transform('names', objects, root, configuration);
  patches.push(...applyPatches(objects, root, paths, inner, 'after'));
  const unused = transform('images', objects, root, configuration);
  for (const replacement of replacementsOf(root, paths, files)) replaceValues(objects, replacement);
  into.variables.push(...(root.find('vars')?.items ?? []));
  if (incomplete) into.incomplete = true;
  const model: KustomizationBuild = {
    folder,
    isComponent,
    paths,
    patches,
    unused,
    misplacedGenerators,
    cycle,
    incomplete: into.incomplete,
  };
  into.kustomizations.push({ ...kustomization, model });
  return into;
}

function* replacementsOf(root: SourceNode, paths: readonly PathUse[], files: WorkspaceFiles): Iterable<SourceNode> {
  for (const entry of root.find('replacements')?.items ?? []) {
    const path = entry.find('path');
    if (!path) {
      yield entry;
      continue;
    }
    const target = paths.find(({ at }) => at === path)?.target;
    if (target?.status !== 'file') continue;
    for (const document of files.get(target.uri)!.parsed.roots) {
      if (document.kind === 'list') yield* document.items;
      else yield document;
    }
  }
}

/** The lines of an env file. */
function environment(text: string): { key: string; value: string }[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const content = line.replace(/^\uFEFF?\s+|^\uFEFF/, '');
    if (content === '' || content.startsWith('#')) return [];
    const equals = content.indexOf('=');
    return equals < 0
      ? [{ key: content, value: '' }]
      : [{ key: content.slice(0, equals), value: content.slice(equals + 1) }];
  });
}
