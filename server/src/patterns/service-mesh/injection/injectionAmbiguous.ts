import { removeEntry } from '../../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../../rules/contract.ts';
import { describe } from '../../../workspace/resource.ts';
import { REVISION } from './podInjection.ts';

/** Two labels that put the pods of a namespace into the mesh in two ways: one of them is not followed. */
export const rule = defineRule({
  id: 'service-mesh/injection-ambiguous',
  severity: 'warning',
  profile: 'recommended',
  types: ['Namespace'],
  equivalents: ['istioctl:IST0123', 'kiali:KIA1311'],
  *check(namespace) {
    const labels = namespace.root.find('metadata', 'labels');
    const injection = labels?.find('istio-injection');
    const revision = labels?.find(REVISION);
    const mode = labels?.find('istio.io/dataplane-mode');
    if (injection?.text() !== undefined && revision?.text() !== undefined) {
      yield {
        at: revision.keyPlace,
        message: `${describe(namespace)} is labelled ${REVISION}: ${revision.text()} and istio-injection: ${injection.text()}, and the second one counts.`,
        related: [{ at: injection.keyPlace, message: 'The label that counts.' }],
        fixes: [
          { title: 'Keep istio-injection', safe: false, edits: () => [removeEntry(revision)] },
          { title: `Keep ${REVISION}`, safe: false, edits: () => [removeEntry(injection)] },
        ],
      };
    }
    const sidecar = injection?.text() === 'enabled' ? injection : injection ? undefined : revision;
    if (mode?.text() !== 'ambient' || sidecar?.text() === undefined) return;
    yield {
      at: mode.keyPlace,
      message: `${describe(namespace)} asks for the ambient proxy and, by ${sidecar.key}, for sidecars; pods with a sidecar stay out of ambient mode.`,
      related: [{ at: sidecar.keyPlace, message: 'This label asks for sidecars.' }],
    };
  },
});
