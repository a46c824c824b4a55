import { addItem } from '../../languages/yaml/yamlEdits.ts';
import { kustomizationRule } from './kustomizationRule.ts';

/** A manifest lies beside the kustomization and no list names it: nobody deploys it. */
export const rule = kustomizationRule('file-unlisted', 'information', 'strict', function* ({ build, resource, graph }) {
  const list = resource.root.find('resources');
  if (!list || list.open) return;
  const names = graph.memo(`unlisted ${build.folder}`, () => {
    const plain = graph
      .all()
      .filter((other) => other.apiVersion !== '' && !graph.setOf(other).startsWith('kustomize:'))
      .filter(({ uri }) => uri.startsWith(build.folder) && !uri.slice(build.folder.length).includes('/'));
    return [...new Set(plain.map(({ uri }) => decodeURIComponent(uri.slice(build.folder.length))))];
  });
  for (const name of names) {
    yield {
      at: list.keyPlace,
      message: `${name} lies in this folder and is not listed, so it is not deployed.`,
      fixes: [{ title: `List ${name}`, safe: false, edits: () => [addItem(list, name)] }],
    };
  }
});
