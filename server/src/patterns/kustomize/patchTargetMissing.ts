import type { SourceNode } from '../../text/sourceNode.ts';
import type { PatchUse } from '../../workspace/kustomize/applyPatches.ts';
import { kustomizationRule } from './kustomizationRule.ts';

/** Nothing answers to a patch. Without a target the build stops; with one, the patch is passed over in silence. */
export const rule = kustomizationRule('patch-target-missing', 'error', 'recommended', function* ({ build, resource }) {
  if (build.incomplete) return;
  for (const use of build.patches) {
    const { target, objects } = use;
    if (!objects || objects.length > 0) continue;
    if (target) {
      yield {
        at: target.find('name') ?? target.find('kind') ?? target.keyPlace,
        message: `The patch changes nothing: no object here is ${selected(target)}.`,
        severity: 'warning',
      };
      continue;
    }
    const name = patchName(use);
    if (name === undefined) continue;
    yield {
      at: patchPlace(use, resource.uri),
      message: `Nothing is built: the patch is for ${name}, which is not among the resources.`,
    };
  }
});

/** `Deployment cart`, or undefined where the patch does not say what it is for. */
export function patchName({ patch }: PatchUse): string | undefined {
  const kind = patch.text('kind');
  const name = patch.text('metadata', 'name');
  const namespace = patch.text('metadata', 'namespace');
  if (kind === undefined || name === undefined) return undefined;
  return `${kind} ${name}${namespace === undefined ? '' : ` in namespace ${namespace}`}`;
}

/** The name that an inline patch writes, or the entry that names the patch's file. */
export function patchPlace({ entry, patch }: PatchUse, kustomization: string): SourceNode {
  const name = patch.find('metadata', 'name');
  if (name && name.source.uri === kustomization) return name;
  return entry.find('path') ?? entry;
}

function selected(target: SourceNode): string {
  const [kind, name] = [target.text('kind'), target.text('name')];
  const rest = ['group', 'version', 'namespace', 'labelSelector', 'annotationSelector'].flatMap((key) => {
    const value = target.text(key);
    return value === undefined ? [] : [`${key} ${value}`];
  });
  return [[kind, name].filter((part) => part !== undefined).join(' '), ...rest]
    .filter((part) => part !== '')
    .join(', ');
}
