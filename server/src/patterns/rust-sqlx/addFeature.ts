import type { Fix } from '../../rules/contract.ts';
import type { UsedCrate } from '../../workspace/applications/rust/rustApplications.ts';

/** A fix that adds a feature to the list of a crate, or the list to a crate that has none. */
export function addFeature(title: string, { node, featuresAt }: UsedCrate, feature: string): readonly Fix[] {
  const { uri } = node.source;
  const last = featuresAt?.items.at(-1);
  if (featuresAt && last) {
    const edit = { uri, span: { start: last.span.end, end: last.span.end }, newText: `, "${feature}"` };
    return [{ title, safe: false, edits: () => [edit] }];
  }
  if (node.kind === 'scalar') {
    const newText = `{ version = ${node.source.slice(node.span)}, features = ["${feature}"] }`;
    return [{ title, safe: false, edits: () => [{ uri, span: node.span, newText }] }];
  }
  return [];
}
