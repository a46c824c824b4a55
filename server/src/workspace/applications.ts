import { DOCKERFILE } from '../languages/dockerfile/dockerfileLanguage.ts';
import { type ImageReference, parseImageReference } from '../languages/imageReference.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import { folderOf } from './documentSets.ts';
import { WORKLOAD_TYPES, type Workload, workloadOf } from './kubernetes/workload.ts';
import type { Resource } from './resource.ts';
import type { ResourceGraph } from './resourceGraph.ts';

/** A container of a manifest that runs an image which is built in this workspace. */
export interface ImageUse {
  readonly workload: Workload;
  readonly container: SourceNode;
  /** The `image` value. */
  readonly at: SourceNode;
  readonly reference: ImageReference;
}

/** A folder that builds an image, and every place that deploys it. */
export interface Application {
  readonly name: string;
  /** URI of the folder, with its trailing slash. */
  readonly folder: string;
  readonly dockerfile: Resource;
  readonly uses: readonly ImageUse[];
}

/** Images that projects commonly copy into a folder of the same name, where the manifest still means the public one. */
export const PUBLIC_IMAGES = new Set([
  'alpine',
  'busybox',
  'cassandra',
  'consul',
  'debian',
  'elasticsearch',
  'golang',
  'grafana',
  'haproxy',
  'httpd',
  'jenkins',
  'kafka',
  'kibana',
  'mariadb',
  'memcached',
  'mongo',
  'mysql',
  'nats',
  'nginx',
  'node',
  'postgres',
  'prometheus',
  'python',
  'rabbitmq',
  'redis',
  'registry',
  'traefik',
  'ubuntu',
  'valkey',
  'vault',
  'wordpress',
  'zookeeper',
]);

/**
 * Every application of the workspace. An image belongs to the folder that bears its name, unless several folders do.
 * Images of Docker's own library are taken for the public ones.
 */
export function applicationsOf(graph: ResourceGraph): readonly Application[] {
  return graph.memo('applications', () => {
    const byName = new Map<string, Resource[]>();
    for (const dockerfile of graph.all(DOCKERFILE)) {
      // `Dockerfile.test` and the like build something else from the same folder.
      if (dockerfile.name === undefined || !/\/(?:Dockerfile|Containerfile)$/.test(dockerfile.uri)) continue;
      byName.set(dockerfile.name, [...(byName.get(dockerfile.name) ?? []), dockerfile]);
    }
    if (byName.size === 0) return [];
    const uses = imageUses(graph);
    return [...byName].flatMap(([name, [dockerfile, ...others]]): Application[] => {
      if (!dockerfile) return [];
      const own = others.length > 0 || PUBLIC_IMAGES.has(name) ? [] : (uses.get(name) ?? []);
      return [{ name, folder: folderOf(dockerfile), dockerfile, uses: own }];
    });
  });
}

/** The application whose image a container runs, or undefined. */
export function applicationOf(dockerfile: Resource, graph: ResourceGraph): Application | undefined {
  return applicationsOf(graph).find((application) => application.dockerfile === dockerfile);
}

/** Every container by the name of its image, without registry and tag. */
export function imageUses(graph: ResourceGraph): ReadonlyMap<string, readonly ImageUse[]> {
  return graph.memo('image-uses', () => readImageUses(graph));
}

function readImageUses(graph: ResourceGraph): ReadonlyMap<string, readonly ImageUse[]> {
  const byName = new Map<string, ImageUse[]>();
  for (const resource of graph.all(...WORKLOAD_TYPES)) {
    for (const use of graph.derived(resource, 'image-uses', () => usesIn(workloadOf(resource)!))) {
      const uses = byName.get(use.reference.name);
      if (uses) uses.push(use);
      else byName.set(use.reference.name, [use]);
    }
  }
  return byName;
}

function usesIn(workload: Workload): readonly ImageUse[] {
  return [...workload.initContainers, ...workload.containers].flatMap((container): ImageUse[] => {
    const at = container.find('image');
    const reference = parseImageReference(at?.text() ?? '');
    return at && reference ? [{ workload, container, at, reference }] : [];
  });
}
