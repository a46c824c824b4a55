import type { SourceNode } from '../../../text/sourceNode.ts';
import type { Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import type { TerraformBlock } from '../parts/terraformBlock.ts';
import { blockOf } from '../parts/terraformBlock.ts';

/** What one rule of a firewall lets through. */
export interface FirewallRule {
  readonly direction: 'in' | 'out';
  /** Lower case; `all` for every protocol; undefined when it is not known. */
  readonly protocol: string | undefined;
  /** Undefined when they are not known; every port where the rule names none. */
  readonly ports: readonly { readonly from: number; readonly to: number }[] | undefined;
  /** The values that name the whole Internet. */
  readonly open: readonly SourceNode[];
}

const ALL_PORTS = { from: 0, to: 65_535 };

/** Types of resources in which `firewallRules` finds rules. */
export const FIREWALL_TYPES: readonly string[] = [
  'aws_security_group',
  'aws_default_security_group',
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
  'aws_network_acl',
  'aws_default_network_acl',
  'aws_network_acl_rule',
  'aws_db_security_group',
  'azurerm_network_security_group',
  'azurerm_network_security_rule',
  'google_compute_firewall',
  'digitalocean_firewall',
  'kubernetes_network_policy',
  'kubernetes_network_policy_v1',
  'openstack_networking_secgroup_rule_v2',
];

/** The rules that a resource of a firewall writes; those that deny are left out. */
export function* firewallRules(block: TerraformBlock): Iterable<FirewallRule> {
  const { node, type } = block;
  switch (type) {
    case 'aws_security_group':
    case 'aws_default_security_group':
      for (const item of node.find('ingress')?.items ?? [])
        yield awsRule(item, 'in', 'protocol', ['cidr_blocks', 'ipv6_cidr_blocks']);
      for (const item of node.find('egress')?.items ?? [])
        yield awsRule(item, 'out', 'protocol', ['cidr_blocks', 'ipv6_cidr_blocks']);
      return;
    case 'aws_security_group_rule': {
      const direction = node.text('type') === 'ingress' ? 'in' : node.text('type') === 'egress' ? 'out' : undefined;
      if (direction) yield awsRule(node, direction, 'protocol', ['cidr_blocks', 'ipv6_cidr_blocks']);
      return;
    }
    case 'aws_vpc_security_group_ingress_rule':
    case 'aws_vpc_security_group_egress_rule':
      yield awsRule(node, type.includes('ingress') ? 'in' : 'out', 'ip_protocol', ['cidr_ipv4', 'cidr_ipv6']);
      return;
    case 'aws_network_acl':
    case 'aws_default_network_acl':
      for (const item of node.find('ingress')?.items ?? [])
        if (allows(item, 'action')) yield awsRule(item, 'in', 'protocol', ['cidr_block', 'ipv6_cidr_block']);
      for (const item of node.find('egress')?.items ?? [])
        if (allows(item, 'action')) yield awsRule(item, 'out', 'protocol', ['cidr_block', 'ipv6_cidr_block']);
      return;
    case 'aws_network_acl_rule': {
      if (!allows(node, 'rule_action')) return;
      const egress = node.lacks('egress') ? false : node.boolean('egress');
      if (egress !== undefined)
        yield awsRule(node, egress ? 'out' : 'in', 'protocol', ['cidr_block', 'ipv6_cidr_block']);
      return;
    }
    case 'aws_db_security_group':
      for (const item of node.find('ingress')?.items ?? [])
        yield { direction: 'in', protocol: 'tcp', ports: [ALL_PORTS], open: openAmong(item, ['cidr']) };
      return;
    case 'azurerm_network_security_group':
      for (const item of node.find('security_rule')?.items ?? []) yield* azureRule(item);
      return;
    case 'azurerm_network_security_rule':
      yield* azureRule(node);
      return;
    case 'google_compute_firewall':
      yield* googleRules(node);
      return;
    case 'digitalocean_firewall':
      for (const item of node.find('inbound_rule')?.items ?? []) yield portRange(item, 'in', 'source_addresses');
      for (const item of node.find('outbound_rule')?.items ?? []) yield portRange(item, 'out', 'destination_addresses');
      return;
    case 'openstack_networking_secgroup_rule_v2':
      yield {
        direction: node.text('direction') === 'egress' ? 'out' : 'in',
        protocol: node.lacks('protocol') ? 'all' : node.text('protocol')?.toLowerCase(),
        ports: node.lacks('port_range_min')
          ? [ALL_PORTS]
          : between(node.find('port_range_min'), node.find('port_range_max')),
        open: openAmong(node, ['remote_ip_prefix']),
      };
      return;
    default:
      yield* policyRules(node);
  }
}

/** The rules of a resource of the graph, with its block. */
export function* rulesOf(
  resource: Resource,
  graph: ResourceGraph,
  direction: 'in' | 'out',
): Iterable<FirewallRule & { readonly block: TerraformBlock }> {
  const block = blockOf(resource, graph);
  if (!block) return;
  for (const rule of firewallRules(block)) if (rule.direction === direction) yield { ...rule, block };
}

function awsRule(
  node: SourceNode,
  direction: 'in' | 'out',
  protocolName: string,
  cidrNames: readonly string[],
): FirewallRule {
  const written = node.text(protocolName)?.toLowerCase();
  const protocol =
    written === '-1'
      ? 'all'
      : (({ 6: 'tcp', 17: 'udp', 1: 'icmp' } as Record<string, string>)[written ?? ''] ?? written);
  const ports = protocol === 'all' ? [ALL_PORTS] : between(node.find('from_port'), node.find('to_port'));
  return { direction, protocol, ports, open: openAmong(node, cidrNames) };
}

function between(from: SourceNode | undefined, to: SourceNode | undefined): FirewallRule['ports'] {
  const [first, last] = [Number(from?.scalar ?? Number.NaN), Number(to?.scalar ?? Number.NaN)];
  if (Number.isNaN(first) || Number.isNaN(last)) return undefined;
  return [first === -1 ? ALL_PORTS : { from: first, to: last }];
}

function allows(node: SourceNode, name: string): boolean {
  return node.text(name)?.toLowerCase() === 'allow';
}

function* azureRule(node: SourceNode): Iterable<FirewallRule> {
  if (node.text('access')?.toLowerCase() !== 'allow') return;
  const direction = node.text('direction')?.toLowerCase();
  if (direction !== 'inbound' && direction !== 'outbound') return;
  const [address, port] =
    direction === 'inbound'
      ? [['source_address_prefix', 'source_address_prefixes'], 'destination_port_range']
      : [['destination_address_prefix', 'destination_address_prefixes'], 'destination_port_range'];
  const protocol = node.text('protocol')?.toLowerCase();
  const ranges = [node.find(port), ...(node.find(`${port}s`)?.items ?? [])].filter((range) => range !== undefined);
  yield {
    direction: direction === 'inbound' ? 'in' : 'out',
    protocol: protocol === '*' ? 'all' : protocol,
    ports: rangesOf(ranges),
    open: openAmong(node, address),
  };
}

function* googleRules(node: SourceNode): Iterable<FirewallRule> {
  const isOut = node.text('direction') === 'EGRESS';
  const name = isOut ? 'destination_ranges' : 'source_ranges';
  for (const item of node.find('allow')?.items ?? []) {
    const protocol = item.text('protocol')?.toLowerCase();
    yield {
      direction: isOut ? 'out' : 'in',
      protocol,
      ports: item.lacks('ports') ? [ALL_PORTS] : rangesOf(item.find('ports')?.items ?? []),
      open: openAmong(node, [name]),
    };
  }
}

function portRange(item: SourceNode, direction: 'in' | 'out', name: string): FirewallRule {
  const protocol = item.text('protocol')?.toLowerCase();
  const range = item.find('port_range');
  return { direction, protocol, ports: range ? rangesOf([range]) : [ALL_PORTS], open: openAmong(item, [name]) };
}

/** Rules of a NetworkPolicy: what it admits from a block of addresses. */
function* policyRules(node: SourceNode): Iterable<FirewallRule> {
  for (const [name, peers, direction] of [
    ['ingress', 'from', 'in'],
    ['egress', 'to', 'out'],
  ] as const) {
    for (const item of node.find('spec', 0, name)?.items ?? []) {
      const open = (item.find(peers)?.items ?? []).flatMap((peer) =>
        (peer.find('ip_block')?.items ?? []).flatMap((block) => openAmong(block, ['cidr'])),
      );
      yield { direction, protocol: 'all', ports: item.lacks('ports') ? [ALL_PORTS] : undefined, open };
    }
  }
}

/** `22`, `8000-8100`, `*`; undefined when one cannot be read. */
function rangesOf(nodes: readonly SourceNode[]): FirewallRule['ports'] {
  const ranges: { from: number; to: number }[] = [];
  for (const { scalar } of nodes) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(String(scalar ?? ''));
    if (scalar === '*' || scalar === 'all') ranges.push(ALL_PORTS);
    else if (match) ranges.push({ from: Number(match[1]), to: Number(match[2] ?? match[1]) });
    else return undefined;
  }
  return ranges;
}

/** Everybody, as the clouds write it. */
const EVERYBODY = /^(?:0\.0\.0\.0(?:\/0)?|::\/0|0:0:0:0:0:0:0:0\/0|\*|any|internet)$/i;

function openAmong(node: SourceNode, names: readonly string[]): SourceNode[] {
  return names.flatMap((name) => {
    const value = node.find(name);
    if (!value) return [];
    return (value.kind === 'list' ? value.items : [value]).filter(
      ({ scalar }) => typeof scalar === 'string' && EVERYBODY.test(scalar),
    );
  });
}
