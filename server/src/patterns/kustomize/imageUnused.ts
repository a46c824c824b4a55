import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import { kustomizationRule } from './kustomizationRule.ts';

/** No container runs the image of an entry, so the tag that is raised here reaches nobody. */
export const rule = kustomizationRule('image-unused', 'warning', 'recommended', function* ({ build }) {
  if (build.incomplete) return;
  for (const entry of build.unused) {
    const list = entry.parent?.key;
    if (list !== 'images' && list !== 'imageTags') continue;
    const name = entry.find('name')!;
    yield {
      at: name,
      message: `No container here runs the image ${name.text()}, so this entry changes nothing.`,
      fixes: [{ title: `Remove the entry of ${name.text()}`, safe: false, edits: () => [removeEntry(entry)] }],
      // A component lists what any of its users may run.
      ...(build.isComponent ? { strict: true as const } : {}),
    };
  }
});
