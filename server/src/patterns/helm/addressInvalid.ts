import { defineRule, type Finding } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { CHART } from './chart.ts';

/** Icon and sources are addresses with a scheme; a path in the repository leads nowhere once the chart is packaged. */
export const rule = defineRule({
  id: 'helm/address-invalid',
  severity: 'warning',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:chartfile'],
  *check({ root }) {
    yield* invalid('icon', root.find('icon'));
    for (const source of root.find('sources')?.items ?? []) yield* invalid('source', source);
  },
});

function* invalid(field: string, node: SourceNode | undefined): Iterable<Finding> {
  const address = node?.text();
  if (!node || address === undefined || (address === '' && field === 'icon')) return;
  if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(address)) return;
  yield {
    at: node,
    message: `The ${field} ${address === '' ? '""' : address} is no address such as https://www.example.com/${field}.`,
  };
}
