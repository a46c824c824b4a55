import type { SourceNode } from '../../text/sourceNode.ts';
import { kustomizationRule } from './kustomizationRule.ts';

/** A literal that is no `key=value`, or a key that is written twice: the build stops. */
export const rule = kustomizationRule('generator-source-malformed', 'error', 'recommended', function* ({ resource }) {
  for (const field of ['configMapGenerator', 'secretGenerator']) {
    for (const entry of resource.root.find(field)?.items ?? []) {
      const keys = new Map<string, SourceNode>();
      for (const source of ['literals', 'files']) {
        for (const at of entry.find(source)?.items ?? []) {
          const text = at.text();
          if (text === undefined) continue;
          const equals = text.indexOf('=');
          if (source === 'literals' && equals < 1) {
            yield { at, message: 'Nothing is built: a literal is written as key=value.' };
            continue;
          }
          const key = equals > 0 ? text.slice(0, equals) : text.slice(text.lastIndexOf('/') + 1);
          const before = keys.get(key);
          if (before) {
            yield {
              at,
              message: `Nothing is built: the key ${key} of ${entry.text('name') ?? 'this generator'} is written twice.`,
              related: [{ at: before, message: 'It is written here already.' }],
            };
          } else {
            keys.set(key, at);
          }
        }
      }
    }
  }
});
