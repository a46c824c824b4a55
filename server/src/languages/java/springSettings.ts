import type { SourceNode } from '../../text/sourceNode.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Resource } from '../../workspace/resource.ts';

/** One document of `application.yaml`, `application-production.properties` and the like; its `model` is a `SpringDocument`. */
export const SPRING_SETTINGS = 'application/SpringSettings';

/** One value of a document of settings. */
export interface SpringProperty {
  /** As written, nested maps joined: `spring.jpa.open-in-view`, `spring.profiles.active[0]`. */
  readonly key: string;
  /** The key as Spring compares it. */
  readonly uniform: string;
  readonly node: SourceNode;
}

export interface SpringDocument {
  readonly stem: 'application' | 'bootstrap';
  /** `production` of `application-production.yaml`. */
  readonly profile: string | undefined;
  /** The expression of `spring.config.activate.on-profile`; undefined where the document always counts. */
  readonly onProfile: string | undefined;
  readonly format: 'yaml' | 'properties';
  /** In the order of the document; of two with one key the last one counts. */
  readonly properties: readonly SpringProperty[];
}

const FILE_NAME = /\/(application|bootstrap)(?:-([A-Za-z0-9_.-]+?))?\.(ya?ml|properties)$/;

/** Roots of keys that only Spring Boot gives a meaning. */
const SPRING_ROOT = /^(?:spring|server|management|resilience4j)(?:\.|\[|$)/;

/**
 * The documents of a file as settings of Spring Boot. A file is taken for one by its name and by what it says: it stands
 * among the resources of a build, or sets a key of Spring's. Files of tests, copies
 * that a build made, and templates of a chart, are none.
 */
export function springDocuments(uri: string, roots: readonly SourceNode[]): Resource[] {
  const match = FILE_NAME.exec(uri);
  if (!match || /\/(?:src\/test|templates|build\/resources|bin\/main|out\/production)\//.test(uri)) return [];
  const [, stem, profile, extension] = match as unknown as [string, SpringDocument['stem'], string | undefined, string];
  const maps = roots.filter((root) => root.kind === 'map' && !(root.find('kind') && root.find('apiVersion')));
  const flat = maps.map(springProperties);
  const isResource = uri.includes('/src/main/resources/');
  if (!isResource && !flat.some((properties) => properties.some(({ key }) => SPRING_ROOT.test(key)))) return [];
  return maps.map((root, index) => {
    const properties = flat[index]!;
    const text = (key: string): string | undefined => {
      const values = properties.filter(({ uniform }) => uniform === key || uniform.startsWith(`${key}[`));
      return values.length === 0 ? undefined : values.map(({ node }) => node.text() ?? '').join(',');
    };
    const model: SpringDocument = {
      stem,
      profile,
      onProfile: text('spring.config.activate.onprofile') ?? text('spring.profiles'),
      format: extension === 'properties' ? 'properties' : 'yaml',
      properties,
    };
    return applicationFile('SpringSettings', root, model);
  });
}

/** The values of one document of settings, nested maps joined. */
export function springProperties(root: SourceNode): readonly SpringProperty[] {
  return [...flatten(root)];
}

/** Keys are compared in lower case and without dashes and underscores; dots part them. */
export function uniformKey(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '');
}

/** Deeper values are left out. */
const DEEPEST = 40;

function* flatten(node: SourceNode, prefix = '', depth = 0): Generator<SpringProperty> {
  if (depth > DEEPEST) return;
  for (const entry of node.entries) {
    const segment = typeof entry.segment === 'number' ? `[${entry.segment}]` : (entry.key ?? '');
    const key = prefix === '' || segment.startsWith('[') ? prefix + segment : `${prefix}.${segment}`;
    if (entry.kind === 'map' || entry.kind === 'list') yield* flatten(entry, key, depth + 1);
    else yield { key, uniform: uniformKey(key), node: entry };
  }
}
