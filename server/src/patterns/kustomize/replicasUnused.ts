import { kustomizationRule } from './kustomizationRule.ts';

/** No workload answers to an entry of `replicas`: the build stops. */
export const rule = kustomizationRule('replicas-unused', 'error', 'recommended', function* ({ build }) {
  if (build.incomplete) return;
  for (const entry of build.unused) {
    const name = entry.find('name');
    if (entry.parent?.key !== 'replicas' || !name?.text()) continue;
    yield { at: name, message: `Nothing is built: no workload here is called ${name.text()}.` };
  }
});
