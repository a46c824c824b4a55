import { hclNode } from '../../languages/terraform/hclNode.ts';
import { constantsOf } from '../../languages/terraform/moduleConstants.ts';
import { workspaceProject } from '../../languages/terraform/workspaceProject.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../resource.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { CacheDirective, CacheServer } from './cacheServer.ts';

/** Types of Terraform's resources that are caches. */
export const MANAGED_CACHES: readonly string[] = [
  'aws_elasticache_replication_group',
  'aws_elasticache_cluster',
  'google_redis_instance',
  'azurerm_redis_cache',
];
const GROUP = 'aws_elasticache_parameter_group';

/** Types of Terraform's resources that a rule over managed caches is asked for. */
export const MANAGED_CACHE_TYPES: readonly string[] = [...MANAGED_CACHES, GROUP].map((type) => `terraform/${type}`);

interface Block {
  readonly address: string;
  readonly module: unknown;
  readonly node: SourceNode;
  readonly resource: Resource;
  readonly type: string;
}

/** The caches that Terraform declares, with what their parameter groups or configurations set. */
export function managedCaches(graph: ResourceGraph): readonly CacheServer[] {
  const all = blocks(graph);
  return all
    .filter(({ type }) => type !== GROUP)
    .map((block): CacheServer => {
      const engine = block.node.text('engine') === 'memcached' ? 'memcached' : 'redis';
      return {
        resource: block.resource,
        name: block.address,
        engine,
        at: block.resource.root.keyPlace,
        workload: undefined,
        container: undefined,
        directives: engine === 'redis' ? directivesOf(block, all) : [],
        isKnown: false,
        lacksSettings: false,
      };
    });
}

function directivesOf({ node, module, type, resource }: Block, all: readonly Block[]): CacheDirective[] {
  if (type === 'google_redis_instance') return ofMap(node.find('redis_configs'), resource);
  if (type === 'azurerm_redis_cache') {
    const configuration = node.find('redis_configuration');
    return ofMap(configuration?.items[0] ?? configuration, resource);
  }
  const reference = node.find('parameter_group_name');
  const written = reference?.source.slice(reference.span).trim();
  const group = all.find(
    (block) =>
      block.module === module &&
      new RegExp(`^${block.address.replaceAll('.', '\\.')}\\.(?:name|id)$`).test(written ?? ''),
  );
  return (group?.node.find('parameter')?.items ?? []).flatMap((parameter): CacheDirective[] => {
    const [name, at] = [parameter.text('name'), parameter.find('value')];
    const value = at?.text();
    return name === undefined || !at || value === undefined || !group
      ? []
      : [{ name, value, at, resource: group.resource }];
  });
}

function ofMap(map: SourceNode | undefined, resource: Resource): CacheDirective[] {
  return (map?.entries ?? []).flatMap((entry): CacheDirective[] => {
    const value = entry.text();
    return value === undefined || entry.key === undefined
      ? []
      : [{ name: entry.key.replaceAll('_', '-'), value, at: entry, resource }];
  });
}

function blocks(graph: ResourceGraph): readonly Block[] {
  const resources = new Map(graph.all(...MANAGED_CACHE_TYPES).map((it) => [`${it.uri}#${it.root.span.start}`, it]));
  if (resources.size === 0) return [];
  return workspaceProject(graph).modules.flatMap((module) =>
    module.declarations.flatMap(({ kind, type, node, file, address }): Block[] => {
      const resource = kind === 'resource' ? resources.get(`${file.source.uri}#${node.span.start}`) : undefined;
      if (!resource || node.kind !== 'block' || type === undefined) return [];
      return [{ address, type, module, resource, node: hclNode(file.source, node.body, constantsOf(module, graph)) }];
    }),
  );
}
