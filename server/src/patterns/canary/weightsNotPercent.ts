import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';

/** Istio's weights are relative, but weights that nearly make 100 were meant as percent, and the shares are others than they seem. */
export const rule = defineRule({
  id: 'canary/weights-not-percent',
  severity: 'warning',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['kiali:KIA1104'],
  *check({ root }) {
    for (const route of root.find('spec', 'http')?.items ?? []) {
      const list = route.find('route');
      if (!list || list.open) continue;
      if (list.items.length === 1) {
        const weight = list.items[0]!.find('weight');
        if (weight?.number() === undefined || weight.number() === 100) continue;
        yield {
          at: weight,
          message: `The weight ${weight.number()} has no effect: the only destination of a route gets all requests.`,
          severity: 'information',
          strict: true,
        };
        continue;
      }
      if (list.items.length < 2) continue;
      const weights = list.items.map((item) => item.find('weight'));
      if (!weights.every((weight): weight is SourceNode => weight?.number() !== undefined)) continue;
      const total = weights.reduce((sum, weight) => sum + weight.number()!, 0);
      if (total === 100 || total < 80 || total > 120 || isPlainRatio(weights)) continue;
      const largest = weights.reduce((a, b) => (b.number()! > a.number()! ? b : a));
      const mended = largest.number()! + 100 - total;
      yield {
        at: largest,
        message: `The weights of this route make ${total}, not 100, so ${largest.number()} means ${Number(((100 * largest.number()!) / total).toFixed(1))} %.`,
        related: weights
          .filter((weight) => weight !== largest)
          .map((weight) => ({ at: weight, message: `${weight.number()} of ${total}.` })),
        fixes: [
          { title: `Set the weight to ${mended}`, safe: false, edits: () => [replaceValue(largest, String(mended))] },
        ],
      };
    }
  },
});

/** Equal weights (`30, 30, 30`) are a ratio, however near to 100 they come. */
function isPlainRatio(weights: readonly SourceNode[]): boolean {
  return weights.every((weight) => weight.number() === weights[0]!.number());
}
