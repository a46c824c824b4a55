import { stringify } from 'yaml';
import type { SourceNode } from '../text/sourceNode.ts';
import { describe, type Resource } from '../workspace/resource.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';

const MOST_LINES = 60;

/** What overlays make of an object, as YAML; undefined where none changes it. Values of Secrets are left out. */
export function builtInMarkdown(objects: readonly Resource[], graph: ResourceGraph): string | undefined {
  const parts = objects.flatMap((object) => {
    const { built, root, kind } = object;
    if (!built || built.written === root) return [];
    const overlay = decodeURIComponent(
      graph
        .setOf(object)
        .replace(/^kustomize:/, '')
        .split('/')
        .slice(-3, -1)
        .join('/'),
    );
    const lines = stringify(shown(root, kind === 'Secret'), { lineWidth: 0 })
      .trimEnd()
      .split('\n');
    const rest = lines.length > MOST_LINES ? [`# … ${lines.length - MOST_LINES} more lines`] : [];
    const yaml = [...lines.slice(0, MOST_LINES), ...rest].join('\n');
    return [`\`${overlay}\` builds **${describe(object)}**\n\n\`\`\`yaml\n${yaml}\n\`\`\``];
  });
  return parts.length === 0 ? undefined : parts.join('\n\n');
}

function shown(node: SourceNode, isSecret: boolean): unknown {
  if (node.kind === 'unknown') return '…';
  if (node.kind === 'list') return node.items.map((item) => shown(item, isSecret));
  if (node.kind !== 'map') return node.scalar;
  return Object.fromEntries(
    node.entries.map((entry) => {
      const hides = isSecret && (entry.key === 'data' || entry.key === 'stringData') && node.parent === undefined;
      return [entry.key ?? '', hides ? masked(entry) : shown(entry, isSecret)];
    }),
  );
}

function masked(data: SourceNode): unknown {
  return Object.fromEntries(data.entries.map((entry) => [entry.key ?? '', '…']));
}
