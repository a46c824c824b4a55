import type { Schema } from '../schema/schema.ts';
import type { SchemaProblem } from '../schema/schemaProblem.ts';
import { validateNode } from '../schema/validate.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import type { Configuration } from './configuration.ts';
import { CONFIGURATION_SCHEMA } from './configurationSchema.ts';

/** What a `slipway.yaml` says, and where it does not fit its schema. */
export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly SchemaProblem[];
}

const VERSION = /^v?(1\.\d{1,3})(?:\.\d+)?$/;

const cache = new WeakMap<SourceNode, ReadConfiguration>();

/** Reads a file that may be half-typed: what does not fit counts as not written, and everything else counts. */
export function readConfiguration(root: SourceNode): ReadConfiguration {
  const known = cache.get(root);
  if (known) return known;
  const { schema } = CONFIGURATION_SCHEMA;
  const problems = [
    ...validateNode(root, schema, 'workspace').filter(({ node }) => !isOff(node)),
    ...versionProblems(root),
  ];
  const faulty = new Set(problems.map(({ node }) => node));
  const value = root.kind === 'map' ? plainValue(root, schema, faulty) : undefined;
  const read = { configuration: (value ?? {}) as Configuration, problems };
  cache.set(root, read);
  return read;
}

/** The minor of Kubernetes 1 that a version names; undefined for what is no version. */
export function minorOf(version: string | undefined): number | undefined {
  const written = version === undefined ? undefined : VERSION.exec(version)?.[1];
  return written === undefined ? undefined : Number(written.slice(2));
}

/** Undefined for what is faulty, unknown, or lacks something that it needs. */
function plainValue(node: SourceNode, schema: Schema | undefined, faulty: ReadonlySet<SourceNode>): unknown {
  if (faulty.has(node)) return undefined;
  switch (node.kind) {
    case 'unknown':
      return undefined;
    case 'scalar':
      // `1.30` is a number for YAML, and another version than 1.3.
      if (node.key === 'kubernetesVersion') return versionText(node);
      return isOff(node) ? 'off' : (node.scalar ?? undefined);
    case 'list':
      return node.items.map((item) => plainValue(item, schema?.items, faulty)).filter((item) => item !== undefined);
    case 'map': {
      const entries = node.entries.flatMap((entry): [string, unknown][] => {
        const value = plainValue(entry, schema?.field(entry.key ?? ''), faulty);
        return entry.key === undefined || value === undefined ? [] : [[entry.key, value]];
      });
      const value = Object.fromEntries(entries);
      return schema?.keywords.required?.every((name) => Object.hasOwn(value, name)) === false ? undefined : value;
    }
  }
}

/** The severity `off` without quotes, which some readers of YAML take for `false`. */
function isOff(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.parent?.key === 'rules' && /^off$/i.test(node.source.slice(node.span));
}

function versionText(node: SourceNode): string {
  return node.source.slice(node.span).replace(/^["']|["']$/g, '');
}

function versionProblems(root: SourceNode): SchemaProblem[] {
  const nodes = [
    root.find('kubernetesVersion'),
    ...(root.find('overrides')?.items ?? []).map((item) => item.find('kubernetesVersion')),
  ];
  return nodes.flatMap((node): SchemaProblem[] => {
    if (!node || node.kind === 'unknown' || node.scalar === null) return [];
    if (node.kind === 'scalar' && VERSION.test(versionText(node))) return [];
    const written = node.kind === 'scalar' ? `\`${versionText(node)}\`` : 'This';
    const message = `${written} is not a version of Kubernetes such as "1.31".`;
    return [{ code: 'schema/invalid-value', severity: 'error', node, span: node.span, message }];
  });
}
