import { removeEntry } from '../../languages/yaml/yamlEdits.ts';
import type { PathUse } from '../../workspace/kustomize/kustomizationFile.ts';
import { kustomizationRule } from './kustomizationRule.ts';

/** One file is listed twice: its objects meet themselves, and the build stops. */
export const rule = kustomizationRule('listed-twice', 'error', 'recommended', function* ({ build }) {
  const first = new Map<string, PathUse>();
  for (const use of build.paths) {
    const { field, target, at, path } = use;
    if (field !== 'resources' && field !== 'bases') continue;
    const key = target.status === 'remote' ? path : target.uri;
    const before = first.get(key);
    if (!before) {
      first.set(key, use);
      continue;
    }
    yield {
      at,
      message: `${path} is listed twice, so its objects are defined twice and nothing is built.`,
      related: [{ at: before.at, message: 'It is listed here already.' }],
      fixes: [{ title: `Remove the second ${path}`, safe: true, edits: () => [removeEntry(at)] }],
    };
  }
});
