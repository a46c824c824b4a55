import { kubernetesType } from '../../languages/yaml/kubernetesTypes.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther, type Resource } from '../../workspace/resource.ts';

const WAVE = 'argocd.argoproj.io/sync-wave';
const CRD = 'apiextensions.k8s.io/CustomResourceDefinition';

/** A namespace or a definition comes in a later wave than an object that needs it: the synchronisation fails. */
export const rule = defineRule({
  id: 'gitops/wave-order',
  severity: 'error',
  profile: 'recommended',
  types: ['Namespace', CRD],
  *check(resource, graph) {
    const at = resource.root.find('metadata', 'annotations', WAVE);
    const own = waveOf(resource);
    if (!at || own === undefined || resource.name === undefined) return;
    const isNeeded = neededBy(resource);
    const early = graph.near(resource).find((other) => {
      const wave = waveOf(other);
      return other !== resource && wave !== undefined && wave < own && isNeeded(other);
    });
    if (!early) return;
    yield {
      at,
      message: `${describe(resource)} comes in wave ${own}, after ${describeOther(early)} of wave ${waveOf(early)}, which needs it.`,
      related: [{ at: early.root.find('metadata', 'name') ?? early.root, message: 'This object needs it.' }],
    };
  },
});

function neededBy(resource: Resource): (other: Resource) => boolean {
  if (resource.type === 'Namespace') return (other) => other.apiVersion !== '' && other.namespace === resource.name;
  const group = resource.root.text('spec', 'group');
  const kind = resource.root.text('spec', 'names', 'kind');
  return (other) => group !== undefined && kind !== undefined && other.type === kubernetesType(`${group}/v1`, kind);
}

/** Undefined for objects that are no part of the waves, or whose wave a template writes. */
function waveOf({ apiVersion, root, type }: Resource): number | undefined {
  if (apiVersion === '' || type.startsWith('kustomize/')) return undefined;
  const annotations = root.find('metadata', 'annotations');
  if (annotations?.find('argocd.argoproj.io/hook')) return undefined;
  const written = annotations?.find(WAVE);
  if (!written) return annotations?.open || root.open ? undefined : 0;
  const wave = Number(written.text());
  return Number.isInteger(wave) ? wave : undefined;
}
