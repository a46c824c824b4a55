import { defineRule } from '../../../rules/contract.ts';
import { FIREWALL_TYPES, type FirewallRule, rulesOf } from './firewallRules.ts';

/** Ports at which nobody from the Internet has any business, by what listens there. */
const PRIVATE_PORTS: ReadonlyMap<number, string> = new Map([
  [20, 'FTP'],
  [21, 'FTP'],
  [22, 'SSH'],
  [23, 'Telnet'],
  [135, 'RPC'],
  [137, 'NetBIOS'],
  [139, 'NetBIOS'],
  [445, 'SMB'],
  [1433, 'SQL Server'],
  [1521, 'Oracle'],
  [2375, 'Docker'],
  [2376, 'Docker'],
  [2379, 'etcd'],
  [3306, 'MySQL'],
  [3389, 'RDP'],
  [5432, 'PostgreSQL'],
  [5439, 'Redshift'],
  [5601, 'Kibana'],
  [5900, 'VNC'],
  [5984, 'CouchDB'],
  [5985, 'WinRM'],
  [6379, 'Redis'],
  [7000, 'Cassandra'],
  [8020, 'HDFS'],
  [9042, 'Cassandra'],
  [9092, 'Kafka'],
  [9200, 'Elasticsearch'],
  [10250, 'kubelet'],
  [11211, 'Memcached'],
  [27017, 'MongoDB'],
]);

/** Ports that are there for everybody. */
const WEB_PORTS: ReadonlySet<number> = new Set([443]);

/** A door that is open to the whole Internet is tried within minutes. */
export const rule = defineRule({
  id: 'terraform/open-ingress',
  severity: 'error',
  profile: 'recommended',
  types: FIREWALL_TYPES.map((type) => `terraform/${type}`),
  equivalents: [
    'checkov:CKV_AWS_24',
    'checkov:CKV_AWS_25',
    'checkov:CKV_AWS_229',
    'checkov:CKV_AWS_230',
    'checkov:CKV_AWS_231',
    'checkov:CKV_AWS_232',
    'checkov:CKV_AWS_260',
    'checkov:CKV_AWS_277',
    'checkov:CKV_AZURE_9',
    'checkov:CKV_AZURE_10',
    'checkov:CKV_AZURE_77',
    'checkov:CKV_AZURE_160',
    'checkov:CKV_GCP_2',
    'checkov:CKV_GCP_3',
    'checkov:CKV_GCP_75',
    'checkov:CKV_GCP_77',
    'checkov:CKV_GCP_88',
    'checkov:CKV_GCP_106',
    'trivy:AWS-0105',
    'trivy:AWS-0107',
    'trivy:AZU-0047',
    'trivy:AZU-0048',
    'trivy:AZU-0050',
    'trivy:DIG-0001',
    'trivy:GCP-0027',
    'trivy:KUBE-0001',
    'trivy:OPNSTK-0003',
    'kics:db_security_group_has_public_interface',
    'kics:db_security_group_open_to_large_scope',
    'kics:db_security_group_with_public_scope',
    'kics:http_port_open',
    'kics:network_acl_with_unrestricted_access_to_rdp',
    'kics:network_acl_with_unrestricted_access_to_ssh',
    'kics:remote_desktop_port_open',
    'kics:unrestricted_security_group_ingress',
    'kics:unknown_port_exposed_to_internet',
    'kics:sensitive_port_is_exposed_to_entire_network',
  ],
  *check(resource, graph) {
    for (const rule of rulesOf(resource, graph, 'in')) {
      const [value] = rule.open;
      const said = value && whatIsOpen(rule);
      if (!value || !said) continue;
      yield {
        at: value,
        message: `${rule.block.address} lets ${String(value.scalar)}, which is everybody, in to ${said.text}.`,
        ...(said.isPrivate ? {} : { severity: 'warning', strict: true }),
      };
    }
  },
});

function whatIsOpen({
  protocol,
  ports,
  block,
}: FirewallRule & { block: { type: string } }): { text: string; isPrivate: boolean } | undefined {
  if (protocol === undefined || ports === undefined || /^(?:icmp|icmpv6|58|1|esp|ah|50|51)$/.test(protocol))
    return undefined;
  // A network ACL must let answers in and stands behind security groups: all ports are its default.
  const isCoarse = /network_acl/.test(block.type);
  const isEverything = ports.some(({ from, to }) => from <= 1 && to >= 65_535);
  if (isEverything) return isCoarse ? { text: 'all ports', isPrivate: false } : { text: 'all ports', isPrivate: true };
  const found = [...PRIVATE_PORTS].filter(([port]) => ports.some(({ from, to }) => from <= port && port <= to));
  if (found.length > 0) {
    // Answers come to high ports, which a network ACL cannot tell from others.
    const listed = isCoarse ? found.filter(([port]) => port < 1024 || port === 3389) : found;
    const all = (listed.length > 0 ? listed : found).slice(0, 3).map(([port, name]) => `port ${port} (${name})`);
    return { text: all.join(', '), isPrivate: listed.length > 0 };
  }
  const other = ports.find(({ from, to }) => from !== to || !WEB_PORTS.has(from));
  if (!other || isCoarse) return undefined;
  return {
    text: other.from === other.to ? `port ${other.from}` : `ports ${other.from} to ${other.to}`,
    isPrivate: false,
  };
}
