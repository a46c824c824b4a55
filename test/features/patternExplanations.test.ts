import assert from 'node:assert/strict';
import { patternSource } from '../../server/src/features/patternSource.ts';
import { PATTERNS } from '../../server/src/patterns/registry.generated.ts';
import { EXAMPLE_FOLDER, exampleSnapshot } from '../catalog/exampleWorkspace.ts';

/** The hover of the patterns where `¦` stands. */
function explained(marked: string): string | undefined {
  const offset = marked.indexOf('¦');
  const snapshot = exampleSnapshot([{ name: 'cart.yaml', text: marked.replace('¦', '') }]);
  const file = snapshot.files.get(`${EXAMPLE_FOLDER}cart.yaml`)!;
  return patternSource(PATTERNS).explain?.({ file, offset, snapshot })?.markdown;
}

describe('what the patterns say about a field', () => {
  it('draws the circuit breaker with the numbers of the file, also below a subset', () => {
    const rule = (policy: string) =>
      `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: cart }\nspec:\n  host: cart\n${policy}`;
    const breaker = '{ consecutive5xxErrors: 7, interval: 20s, baseEjectionTime: 45s }';
    const own = explained(rule(`  trafficPolicy:\n    outlier¦Detection: ${breaker}\n`));
    const ofSubset = explained(
      rule(`  subsets:\n    - name: v1\n      trafficPolicy:\n        outlier¦Detection: ${breaker}\n`),
    );
    for (const text of [own, ofSubset]) assert.match(text ?? '', /7 errors in a row.*\n.*45 s/);
  });

  it('tells the quality of service at the resources of a container, and not at those of a claim', () => {
    const statefulSet = (container: string, claim: string) =>
      `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: cart }\nspec:\n  template:\n    spec:\n      containers:\n        - name: cart\n          ${container}: { requests: { cpu: 1, memory: 1Gi }, limits: { cpu: 1, memory: 1Gi } }\n  volumeClaimTemplates:\n    - spec:\n        ${claim}: { requests: { storage: 1Gi } }\n`;
    assert.match(explained(statefulSet('resour¦ces', 'resources')) ?? '', /Guaranteed/);
    assert.equal(explained(statefulSet('resources', 'resour¦ces')), undefined);
  });

  it('finds the field of every explanation by a way that a manifest can have', () => {
    for (const { explanations = [], id } of PATTERNS) {
      for (const { path } of explanations)
        assert.ok(!path.slice(1).includes('**') && path.at(-1) !== '**', `${id} explains ${path.join('.')}`);
    }
  });
});
