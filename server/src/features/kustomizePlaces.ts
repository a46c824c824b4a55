import type { SourceNode } from '../text/sourceNode.ts';
import type { Span } from '../text/sourceText.ts';
import type { PatchUse } from '../workspace/kustomize/applyPatches.ts';
import type { KustomizationBuild } from '../workspace/kustomize/buildKustomization.ts';
import type { PathUse } from '../workspace/kustomize/kustomizationFile.ts';
import type { Resource } from '../workspace/resource.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';
import type { Cursor, FileState } from './languageFeatures.ts';

/** What the builds of the kustomization in a file found out: one for each overlay that includes it. */
export function buildsOf({ file, snapshot }: FileState): KustomizationBuild[] {
  return snapshot.graph
    .inFile(file.parsed.source.uri)
    .flatMap(({ model, type }) => (type === 'kustomize/Kustomization' && model ? [model as KustomizationBuild] : []));
}

/** The paths that the kustomization of a file writes; none in other files. */
export function pathUses(state: FileState): readonly PathUse[] {
  return buildsOf(state)[0]?.paths ?? [];
}

/** The patches whose target, or own name, stands under the cursor, with the text that says so. */
export function patchUsesAt(cursor: Cursor): (PatchUse & { readonly span: Span })[] {
  const { uri } = cursor.file.parsed.source;
  return buildsOf(cursor).flatMap(({ patches }) =>
    patches.flatMap((use) => {
      const names = [use.target?.find('name'), use.target?.find('kind'), use.patch.find('metadata', 'name')];
      const at = names.find(
        (node) => node && node.source.uri === uri && cursor.offset >= node.span.start && cursor.offset <= node.span.end,
      );
      return at ? [{ ...use, span: at.span }] : [];
    }),
  );
}

/** Every place where kustomizations name an object: its patches, their targets, and the entries of `replicas`. */
export function kustomizeNames(resource: Resource, graph: ResourceGraph): SourceNode[] {
  const written = resource.built?.written;
  const name = written?.text('metadata', 'name');
  if (!written || name === undefined) return [];
  const places = new Set<SourceNode>();
  for (const { model } of graph.near(resource, 'kustomize/Kustomization')) {
    const build = model as KustomizationBuild | undefined;
    for (const { entry, patch, target, objects } of build?.patches ?? []) {
      for (const item of entry.root.find('replicas')?.items ?? []) {
        const node = item.find('name');
        if (node?.text() === name) places.add(node);
      }
      if (!objects?.some((object) => object.written.root === written)) continue;
      for (const node of [patch.find('metadata', 'name'), target?.find('name')]) {
        if (node?.text() === name) places.add(node);
      }
    }
  }
  return [...places];
}
