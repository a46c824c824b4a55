import type { SourceNode } from '../../text/sourceNode.ts';
import { matchesHost } from '../../workspace/istio/hosts.ts';
import type { Resource } from '../../workspace/resource.ts';
import { namespacesAgree } from '../../workspace/selection.ts';
import { ISTIO_GATEWAY } from './ingressGateways.ts';

/** One host that a gateway accepts, for VirtualServices of one namespace or of all. */
export interface AcceptedHost {
  readonly pattern: string;
  /** Only VirtualServices of this namespace may use it; undefined for all. */
  readonly namespace: string | undefined;
  readonly at: SourceNode;
}

/** The hosts of a gateway's servers or listeners; undefined where one is unknown. */
export function acceptedHosts(gateway: Resource): readonly AcceptedHost[] | undefined {
  if (gateway.type !== ISTIO_GATEWAY) return hostsOfListeners(gateway);
  const servers = gateway.root.find('spec', 'servers');
  if (!servers || servers.open) return undefined;
  const lists = servers.items.map((server) => server.find('hosts'));
  if (!lists.every((list): list is SourceNode => list?.known === true)) return undefined;
  return lists.flatMap((list) => list.items.map((item) => readServerHost(item, gateway)));
}

/** A VirtualService of that namespace may receive requests for `host` there. Wildcards on either side overlap. */
export function accepts(hosts: readonly AcceptedHost[], host: string, namespace: string | undefined): boolean {
  return hosts.some(
    (accepted) =>
      (accepted.namespace === undefined || namespacesAgree(accepted.namespace, namespace)) &&
      (matchesHost(accepted.pattern, host) || matchesHost(host, accepted.pattern)),
  );
}

/** `namespace/host` limits who may attach; `./` stands for the gateway's own namespace and an asterisk for all. */
export function readServerHost(item: SourceNode, gateway: Resource): AcceptedHost {
  const written = String(item.scalar ?? '');
  const slash = written.indexOf('/');
  const scope = slash < 0 ? '*' : written.slice(0, slash);
  return {
    pattern: written.slice(slash + 1),
    namespace: scope === '*' ? undefined : scope === '.' ? gateway.namespace : scope,
    at: item,
  };
}

function hostsOfListeners({ root }: Resource): readonly AcceptedHost[] | undefined {
  const listeners = root.find('spec', 'listeners');
  if (!listeners || listeners.open) return undefined;
  const hosts: AcceptedHost[] = [];
  for (const listener of listeners.items) {
    const at = listener.find('hostname');
    if (!at && !listener.lacks('hostname')) return undefined;
    const pattern = at ? at.text() : '*';
    if (pattern === undefined) return undefined;
    hosts.push({ pattern, namespace: undefined, at: at ?? listener });
  }
  return hosts;
}
