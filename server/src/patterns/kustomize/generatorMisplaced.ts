import { kustomizationRule } from './kustomizationRule.ts';

/** A generator merges into what is not there, or makes what is there already: the build stops. */
export const rule = kustomizationRule('generator-misplaced', 'error', 'recommended', function* ({ build }) {
  for (const entry of build.misplacedGenerators) {
    const name = entry.find('name')!;
    const kind = entry.parent?.key === 'secretGenerator' ? 'Secret' : 'ConfigMap';
    const behaviour = entry.find('behavior');
    if (behaviour && behaviour.text() !== 'create') {
      if (build.incomplete || behaviour.kind === 'unknown') continue;
      yield {
        at: behaviour,
        message: `Nothing is built: no base makes a ${kind} ${name.text()} to ${behaviour.text()}.`,
      };
      continue;
    }
    yield {
      at: name,
      message: `Nothing is built: there is a ${kind} ${name.text()} already; say behavior: merge to add to it.`,
    };
  }
});
