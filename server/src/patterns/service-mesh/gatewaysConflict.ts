import { defineRule, type Finding } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { matchesHost } from '../../workspace/istio/hosts.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { readServerHost } from './acceptedHosts.ts';
import { gatewayPods, ISTIO_GATEWAY } from './ingressGateways.ts';

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
      const meeting = howTheyMeet(gateway, other, graph);
      if (meeting) yield* conflicts(gateway, other, meeting === 'likely');
    }
  },
});

function* conflicts(gateway: Resource, other: Resource, isLikely: boolean): Iterable<Finding> {
  for (const server of serversOf(gateway)) {
    for (const rival of serversOf(other)) {
      const port = server.number('port', 'number');
      if (port === undefined || port !== rival.number('port', 'number')) continue;
      if (!server.lacks('bind') || !rival.lacks('bind')) continue;
      const isSecured = server.find('tls', 'mode') !== undefined && rival.find('tls', 'mode') !== undefined;
      for (const item of server.find('hosts')?.items ?? []) {
        if (item.text() === undefined) continue;
        const host = readServerHost(item, gateway).pattern;
        const twins = (rival.find('hosts')?.items ?? [])
          .filter((one) => one.text() !== undefined)
          .map((one) => readServerHost(one, other));
        const twin = twins.find(({ pattern }) => pattern === host);
        const cover = twin ?? twins.find(({ pattern }) => matchesHost(pattern, host) || matchesHost(host, pattern));
        if (!cover) continue;
        const hosts = twin ? `${item.text()}` : `${cover.at.text()}, which overlaps with ${item.text()},`;
        yield {
          at: item,
          message: isSecured
            ? `${describeOther(other)} also serves ${hosts} on port ${port} of the same proxies, and only one of them counts.`
            : `${describeOther(other)} also serves ${hosts} on port ${port} of the same proxies.`,
          related: [{ at: cover.at, message: `The same host in ${describeOther(other)}.` }],
          // Servers of plain HTTP are merged, and of two patterns the longer one wins: unclear, but it works.
          ...(isSecured && twin ? {} : { strict: true as const, severity: 'information' as const }),
          ...(isLikely ? { strict: true as const } : {}),
        };
      }
    }
  }
}

function serversOf({ root }: Resource): readonly SourceNode[] {
  return root.find('spec', 'servers')?.items ?? [];
}

/**
 * `certain`: both pick the same labels. `likely`: one picks more narrowly than the other, or both pick one workload of
 * the workspace; in other namespaces than their own, that depends on how the mesh is set up.
 */
function howTheyMeet(a: Resource, b: Resource, graph: ResourceGraph): 'certain' | 'likely' | undefined {
  const [left, right] = [a.root.find('spec', 'selector'), b.root.find('spec', 'selector')];
  if (!left?.known || !right?.known) return undefined;
  const isInside = (inner: SourceNode, outer: SourceNode) =>
    outer.entries.every((entry) => inner.text(entry.key ?? '') === entry.text());
  if (isInside(left, right) && isInside(right, left)) return a.namespace === b.namespace ? 'certain' : 'likely';
  if (left.entries.length > 0 && right.entries.length > 0 && (isInside(left, right) || isInside(right, left)))
    return 'likely';
  const pods = new Set(gatewayPods(a, graph).workloads);
  return gatewayPods(b, graph).workloads.some((workload) => pods.has(workload)) ? 'likely' : undefined;
}
