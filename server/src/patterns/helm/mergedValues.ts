import type { SourceNode } from '../../text/sourceNode.ts';

/** The values that Helm computes from several files, what counts first first: maps are merged, all else is replaced. */
export function mergedValues(layers: readonly SourceNode[]): unknown {
  return merged(layers.filter((layer) => layer.kind !== 'scalar' || layer.scalar !== null)) ?? {};
}

function merged(layers: readonly SourceNode[]): unknown {
  const [first] = layers;
  if (first?.kind !== 'map') return first?.value;
  const maps = layers.slice(
    0,
    layers.findIndex(({ kind }) => kind !== 'map') < 0 ? undefined : layers.findIndex(({ kind }) => kind !== 'map'),
  );
  const keys = new Set(maps.flatMap((map) => map.entries.map(({ key }) => key ?? '')));
  return Object.fromEntries([...keys].map((key) => [key, merged(maps.flatMap((map) => map.child(key) ?? []))]));
}
