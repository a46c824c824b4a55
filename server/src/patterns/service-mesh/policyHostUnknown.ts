import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { DESTINATION_RULE } from '../../workspace/istio/destinationRules.ts';
import { misspelledService } from './hostMissing.ts';

/** A DestinationRule for a host that nobody serves has no effect. */
export const rule = defineRule({
  id: 'service-mesh/policy-host-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: [DESTINATION_RULE],
  equivalents: ['istioctl:IST0174', 'kiali:KIA0202'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'routes-to')) {
      const half = misspelledService(writtenAt, resource, graph);
      if (half) {
        yield {
          at: writtenAt,
          message: `This DestinationRule has no effect: Istio knows the Service as ${half}, not as ${writtenAt.text()}.`,
          fixes: [{ title: `Use ${half}`, safe: true, edits: () => [replaceValue(writtenAt, half)] }],
        };
        continue;
      }
      if (target.status !== 'missing') continue;
      yield {
        at: writtenAt,
        message: `No Service or ServiceEntry answers to ${writtenAt.text()}, so this DestinationRule has no effect.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
