import { defineRule, type Finding } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { ISTIO_GATEWAY } from './ingressGateways.ts';

/** On the same proxies, a host and port with TLS belongs to one server; of a second one nothing is heard. */
export const rule = defineRule({
  id: 'service-mesh/gateways-conflict',
  severity: 'warning',
  profile: 'recommended',
  types: [ISTIO_GATEWAY],
  equivalents: ['istioctl:IST0145', 'kiali:KIA0301'],
  *check(gateway, graph) {
    for (const other of graph.near(gateway, ISTIO_GATEWAY)) {
      if (other === gateway || other.name === undefined || gateway.name === undefined) continue;
      if (!sameSelector(gateway, other) || !namespacesAgree(gateway.namespace, other.namespace)) continue;
      yield* conflicts(gateway, other);
    }
  },
});

function* conflicts(gateway: Resource, other: Resource): Iterable<Finding> {
  for (const server of serversOf(gateway)) {
    for (const rival of serversOf(other)) {
      if (server.number('port', 'number') === undefined) continue;
      if (server.number('port', 'number') !== rival.number('port', 'number')) continue;
      if (!server.lacks('bind') || !rival.lacks('bind')) continue;
      const isSecured = server.find('tls', 'mode') !== undefined && rival.find('tls', 'mode') !== undefined;
      for (const host of server.find('hosts')?.items ?? []) {
        const twin = rival
          .find('hosts')
          ?.items.find((item) => item.text() !== undefined && item.text() === host.text());
        if (!twin) continue;
        const port = server.number('port', 'number');
        yield {
          at: host,
          message: isSecured
            ? `${describeOther(other)} also serves ${host.text()} on port ${port} of the same proxies, and only one of them counts.`
            : `${describeOther(other)} also serves ${host.text()} on port ${port} of the same proxies.`,
          related: [{ at: twin, message: `The same host in ${describeOther(other)}.` }],
          // Servers of plain HTTP are merged, which is unclear but works.
          ...(isSecured ? {} : { strict: true as const, severity: 'information' as const }),
        };
      }
    }
  }
}

function serversOf({ root }: Resource): readonly SourceNode[] {
  return root.find('spec', 'servers')?.items ?? [];
}

function sameSelector(a: Resource, b: Resource): boolean {
  const [left, right] = [a.root.find('spec', 'selector'), b.root.find('spec', 'selector')];
  if (!left?.known || !right?.known || left.entries.length !== right.entries.length) return false;
  return left.entries.every((entry) => right.text(entry.key ?? '') === entry.text());
}
