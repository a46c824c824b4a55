import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { serviceHost } from '../../workspace/istio/hosts.ts';
import { hiddenEntry, misspelledService } from './hostMissing.ts';

/** Requests for a host that is in no registry are answered 503. */
export const rule = defineRule({
  id: 'service-mesh/destination-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [VIRTUAL_SERVICE],
  equivalents: ['istioctl:IST0101', 'kiali:KIA1101'],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'routes-to')) {
      const half = misspelledService(writtenAt, resource, graph);
      if (half) {
        yield {
          at: writtenAt,
          message: `Istio completes only names without a dot and does not know ${writtenAt.text()}: its name is ${half}.`,
          fixes: [{ title: `Use ${half}`, safe: true, edits: () => [replaceValue(writtenAt, half)] }],
        };
        continue;
      }
      if (target.status !== 'missing') continue;
      const host = writtenAt.text()!;
      const hidden = hiddenEntry(host, resource, graph);
      const namespace = serviceHost(host, resource)?.namespace;
      yield {
        at: writtenAt,
        message: hidden
          ? `ServiceEntry ${hidden.name ?? ''} of namespace ${hidden.namespace ?? ''} lists ${host}, but is not exported to ${resource.namespace ?? 'this namespace'}.`
          : `No Service or ServiceEntry answers to ${host}${namespace ? ` in namespace ${namespace}` : ''}.`,
        ...(hidden
          ? { related: [{ at: hidden.root.find('spec', 'exportTo') ?? hidden.root, message: 'Who sees the entry.' }] }
          : {}),
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
