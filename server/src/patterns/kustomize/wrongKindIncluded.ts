import { renameKey } from '../../languages/yaml/yamlEdits.ts';
import { kustomizationRule } from './kustomizationRule.ts';

/** A component is listed as a resource, or a kustomization as a component: the build stops. */
export const rule = kustomizationRule('wrong-kind-included', 'error', 'recommended', function* ({ build, graph }) {
  for (const { field, at, path, target } of build.paths) {
    if (target.status !== 'kustomization') continue;
    const root = graph.file(target.uri)?.parsed.roots[0];
    if (!root || root.find('kind')?.kind === 'unknown') continue;
    const isComponent = root.text('kind') === 'Component';
    const isListed = field === 'components';
    if (field !== 'resources' && field !== 'bases' && !isListed) continue;
    if (isComponent === isListed) continue;
    const list = at.parent!;
    const other = isListed ? 'resources' : 'components';
    const mayRename = list.items.length === 1 && list.parent?.lacks(other) === true;
    yield {
      at,
      message: isListed
        ? `Nothing is built: ${path} is no component; it belongs to resources.`
        : `Nothing is built: ${path} is a component; it belongs to components.`,
      related: [{ at: root.find('kind') ?? root.entries[0]?.keyPlace ?? root, message: 'This is what it is.' }],
      ...(mayRename
        ? { fixes: [{ title: `List it under ${other}`, safe: true, edits: () => renameKey(list, other) }] }
        : {}),
    };
  }
});
