import type { SourceNode } from '../../text/sourceNode.ts';
import type { ResourceType } from '../resource.ts';
import type { EdgeFinder } from '../resourceGraph.ts';
import { edgeTo } from './edgeTo.ts';

export const FLUX_KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/Kustomization';
export const HELM_RELEASE = 'helm.toolkit.fluxcd.io/HelmRelease';

/** Flux's Kustomizations and HelmReleases → the repositories that they take from, and those that they wait for. */
export const fluxSource: EdgeFinder = {
  relation: 'taken-from',
  from: [FLUX_KUSTOMIZATION, HELM_RELEASE],
  *find(source, graph) {
    const { root, type } = source;
    const reference =
      type === FLUX_KUSTOMIZATION ? root.find('spec', 'sourceRef') : root.find('spec', 'chart', 'spec', 'sourceRef');
    const types = sourceTypes(reference);
    if (reference && types) {
      yield* edgeTo(
        'taken-from',
        source,
        reference.find('name'),
        types,
        graph,
        reference.text('namespace') ?? source.namespace,
      );
    }
    for (const other of root.find('spec', 'dependsOn')?.items ?? []) {
      yield* edgeTo(
        'waits-for',
        source,
        other.find('name'),
        [type],
        graph,
        other.text('namespace') ?? source.namespace,
      );
    }
  },
};

function sourceTypes(reference: SourceNode | undefined): readonly ResourceType[] | undefined {
  const kind = reference?.text('kind');
  return kind === undefined ? undefined : [`source.toolkit.fluxcd.io/${kind}`];
}
