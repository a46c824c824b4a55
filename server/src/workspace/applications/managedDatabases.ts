import { hclNode } from '../../languages/terraform/hclNode.ts';
import { constantsOf } from '../../languages/terraform/moduleConstants.ts';
import type { TerraformModule } from '../../languages/terraform/terraformModule.ts';
import { workspaceProject } from '../../languages/terraform/workspaceProject.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { ConnectionLimit, DatabaseServer } from './databaseServer.ts';
import { POSTGRES_RESERVED } from './serverDefaults.ts';

const DNS_RECORDS = ['aws_route53_record', 'google_dns_record_set', 'azurerm_private_dns_cname_record'];
const INSTANCES = [
  'aws_db_instance',
  'aws_rds_cluster',
  'google_sql_database_instance',
  'azurerm_postgresql_flexible_server',
  'azurerm_mysql_flexible_server',
];

interface Block {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly node: SourceNode;
  readonly module: TerraformModule;
  readonly resource: Resource;
}

/**
 * The managed database that a host name outside the cluster belongs to: the first label is its identifier, or a DNS
 * record of the same name points at its address.
 */
export function managedServerAt(host: string, graph: ResourceGraph): DatabaseServer | undefined {
  const found = blocks(graph);
  const named = found.filter(({ type, node }) => {
    if (type === 'aws_db_instance') return identifies(host, node.text('identifier'), '.rds.amazonaws.com');
    if (type === 'aws_rds_cluster') return identifies(host, node.text('cluster_identifier'), '.rds.amazonaws.com');
    if (type.startsWith('azurerm_')) return identifies(host, node.text('name'), '.database.azure.com');
    return false;
  });
  const records = found.filter(
    ({ type, node }) => DNS_RECORDS.includes(type) && trimmed(node.text('name')) === trimmed(host),
  );
  const pointed = records.flatMap(({ node, module }) => {
    const written = node.find('records') ?? node.find('rrdatas') ?? node.find('record');
    const text = written ? written.source.slice(written.span) : '';
    const address = /\b([a-z]+_[a-z0-9_]+\.[A-Za-z0-9_-]+)\.(?:address|endpoint|fqdn|private_ip_address)\b/.exec(
      text,
    )?.[1];
    return found.filter((block) => block.module === module && block.address === address);
  });
  const servers = new Set([...named, ...pointed]);
  const [server] = servers;
  return server && servers.size === 1 ? asServer(server, found) : undefined;
}

function identifies(host: string, identifier: string | undefined, domain: string): boolean {
  return identifier !== undefined && host.startsWith(`${identifier.toLowerCase()}.`) && host.includes(domain);
}

function trimmed(name: string | undefined): string | undefined {
  return name?.toLowerCase().replace(/\.$/, '');
}

function asServer(block: Block, all: readonly Block[]): DatabaseServer {
  const { resource, address } = block;
  return { resource, name: address, limit: limitOf(block, all) };
}

/** What a parameter group or flag sets. The default of a managed database depends on its memory: it stays unknown. */
function limitOf(block: Block, all: readonly Block[]): ConnectionLimit | undefined {
  const { type, node, module, address } = block;
  if (type.startsWith('google_')) return fromList(node.find('settings', 0, 'database_flags'), POSTGRES_RESERVED);
  if (type.startsWith('azurerm_')) {
    const settings = all.filter(
      (other) =>
        other.module === module &&
        /^azurerm_(?:postgresql|mysql)_flexible_server_configuration$/.test(other.type) &&
        other.node.text('name') === 'max_connections' &&
        sourceOf(other.node.find('server_id')) === `${address}.id`,
    );
    return settings.length === 1 ? limitAt(settings[0]!.node.find('value'), POSTGRES_RESERVED) : undefined;
  }
  const field = type === 'aws_rds_cluster' ? 'db_cluster_parameter_group_name' : 'parameter_group_name';
  const reference = /^(aws_(?:db|rds_cluster)_parameter_group\.[A-Za-z0-9_-]+)\.(?:name|id)$/.exec(
    sourceOf(node.find(field)) ?? '',
  )?.[1];
  const group = all.find((other) => other.module === module && other.address === reference);
  const isMysql = /^(?:mysql|mariadb|aurora-mysql)/.test(node.text('engine') ?? '');
  return group && fromList(group.node.find('parameter'), isMysql ? 0 : POSTGRES_RESERVED);
}

function fromList(list: SourceNode | undefined, reserved: number): ConnectionLimit | undefined {
  const entries = list?.items.filter((item) => item.text('name') === 'max_connections') ?? [];
  return entries.length === 1 ? limitAt(entries[0]!.find('value'), reserved) : undefined;
}

function limitAt(value: SourceNode | undefined, reserved: number): ConnectionLimit | undefined {
  const count = Number(value?.text());
  return value && Number.isInteger(count) && count > 0
    ? { setting: 'max_connections', count, at: value, reserved }
    : undefined;
}

function sourceOf(node: SourceNode | undefined): string | undefined {
  return node?.source.slice(node.span).trim();
}

/** The blocks that matter here, with the constants of their modules filled in. */
function blocks(graph: ResourceGraph): readonly Block[] {
  return graph.memo('database-blocks', () => {
    const types = new Set([
      ...DNS_RECORDS,
      ...INSTANCES,
      'aws_db_parameter_group',
      'aws_rds_cluster_parameter_group',
      'azurerm_postgresql_flexible_server_configuration',
      'azurerm_mysql_flexible_server_configuration',
    ]);
    const resources = new Map(
      graph.all(...[...types].map((type) => `terraform/${type}`)).map((it) => [`${it.uri}#${it.root.span.start}`, it]),
    );
    if (resources.size === 0) return [];
    return workspaceProject(graph).modules.flatMap((module) =>
      module.declarations.flatMap(({ kind, type, name, node, file, address }): Block[] => {
        if (kind !== 'resource' || node.kind !== 'block' || type === undefined || !types.has(type)) return [];
        const resource = resources.get(`${file.source.uri}#${node.span.start}`);
        const body = hclNode(file.source, node.body, constantsOf(module, graph));
        return resource ? [{ address, type, name, node: body, module, resource }] : [];
      }),
    );
  });
}
