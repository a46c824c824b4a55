import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';

/** Without a governing Service the pods of a StatefulSet have no names in DNS. */
export const rule = defineRule({
  id: 'reliability/governing-service-missing',
  severity: 'warning',
  profile: 'strict',
  types: ['apps/StatefulSet'],
  equivalents: ['kube-score:statefulset-has-servicename', 'kics:statefulset_without_service_name'],
  *check(resource) {
    const { root } = resource;
    const spec = root.find('spec');
    const service = spec?.find('serviceName');
    if (spec?.kind !== 'map' || (service ? service.text() !== '' : !spec.lacks('serviceName'))) return;
    yield {
      at: service ?? root.find('metadata', 'name') ?? spec.keyPlace,
      message: `The pods of ${describe(resource)} have no names in DNS: it has no serviceName.`,
    };
  },
});
