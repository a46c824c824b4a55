import { defineRule, type Finding } from '../../../rules/contract.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import { describe, type Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';

/** The API server asks a webhook for every object that it is for; one that it cannot reach stops them all, or none is read. */
export const rule = defineRule({
  id: 'service-mesh/webhook-unreachable',
  severity: 'error',
  profile: 'recommended',
  types: [
    'admissionregistration.k8s.io/MutatingWebhookConfiguration',
    'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  ],
  equivalents: ['istioctl:IST0139', 'istioctl:IST0163', 'istioctl:IST0164'],
  *check(resource, graph) {
    for (const webhook of resource.root.find('webhooks')?.items ?? []) {
      const client = webhook.find('clientConfig');
      if (!client) continue;
      yield* serviceFaults(webhook, client, resource, graph);
      yield* addressFaults(client, resource);
    }
  },
});

function* serviceFaults(
  webhook: SourceNode,
  client: SourceNode,
  resource: Resource,
  graph: ResourceGraph,
): Iterable<Finding> {
  const service = client.find('service');
  if (client.lacks('service') && client.lacks('url')) {
    yield {
      at: client.keyPlace,
      message: `The webhook ${webhook.text('name') ?? ''} of ${describe(resource)} names neither a service nor a url.`,
    };
    return;
  }
  const name = service?.find('name');
  const namespace = service?.text('namespace');
  if (!name?.text() || namespace === undefined) return;
  const target = graph.lookup(resource, ['Service'], name.text()!, namespace);
  if (target.status === 'missing') {
    yield {
      at: name,
      message: `The webhook ${webhook.text('name') ?? ''} calls Service ${name.text()}, which is not in namespace ${namespace}.`,
      ...(target.certain ? {} : { strict: true }),
    };
    return;
  }
  const ports = target.status === 'found' ? target.resource.root.find('spec', 'ports') : undefined;
  if (!ports?.known || ports.items.length === 0) return;
  const port = service!.number('port') ?? 443;
  if (ports.items.some((item) => item.number('port') === port) || (service!.find('port') && !service!.number('port')))
    return;
  yield {
    at: service!.find('port') ?? name,
    message: `The webhook ${webhook.text('name') ?? ''} calls port ${port}, which Service ${name.text()} does not have.`,
    related: [{ at: ports.keyPlace, message: 'The ports of the Service.' }],
  };
}

function* addressFaults(client: SourceNode, resource: Resource): Iterable<Finding> {
  const url = client.find('url');
  const written = url?.text();
  if (!url || written === undefined) return;
  const host = /^https:\/\/(\[[^\]]*\]|[^/:]*)/.exec(written)?.[1];
  if (host === undefined || host === '') {
    yield {
      at: url,
      severity: 'error',
      message: `${describe(resource)} has no address to call: ${written || 'an empty url'} is no https URL with a host.`,
    };
  } else if (/^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\])$/.test(host)) {
    yield {
      at: url,
      severity: 'information',
      strict: true,
      message: `${describe(resource)} calls the address ${host}; a host name would outlive a change of it.`,
    };
  } else if (!/^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?$/.test(host)) {
    yield { at: url, severity: 'error', message: `${describe(resource)} calls ${host}, which is no host name.` };
  }
}
