import { readTemplate } from '../languages/helm/readTemplate.ts';
import type { TemplateReading, ValueUse } from '../languages/helm/templateReading.ts';
import type { Shape } from '../languages/helm/templateShape.ts';
import type { SourceNode } from '../text/sourceNode.ts';
import type { SourceText, Span } from '../text/sourceText.ts';
import type { Chart, ChartTemplate } from '../workspace/helm/chart.ts';
import { valuesAt } from '../workspace/helm/chartValues.ts';
import { chartIn, type ReleaseReading } from '../workspace/helm/releaseReading.ts';
import type { TemplatePlace } from './templatePlace.ts';

/** Named templates call each other less deeply than this. */
const DEPTH_LIMIT = 8;

/** A line that joins more values than this says itself what it is made of. */
const MOST_VALUES = 3;

/**
 * The values that gave `node`, which was rendered from the line of `place`: those that this line uses, itself or through
 * the named templates that it calls, and that are what was rendered, or else a part of its text. Empty where none fits.
 */
export function valuesBehind(
  release: ReleaseReading,
  { template, source }: ChartTemplate,
  chart: Chart,
  place: TemplatePlace,
  node: SourceNode,
  valuesFiles: readonly string[],
): readonly SourceNode[] {
  const root: Shape = { kind: 'root', chart: chart.folder };
  const reading = readTemplate(template.nodes, root);
  const uses = usesOn(reading, release, (span) => isOnLine(span, source, place.line), 0);
  const below = node.path.slice(place.depth);
  const exact = new Set<SourceNode>();
  const within = new Set<SourceNode>();
  for (const use of uses) {
    const owner = chartIn(release, use.chart);
    const layers = owner ? layersAt(owner, use, valuesFiles) : [];
    const parts = layers.flatMap((layer) => layer.find(...below) ?? []);
    const counting = use.path.includes(null) ? layers : layers.slice(0, 1);
    const same = [...(use.path.includes(null) ? parts : parts.slice(0, 1)), ...counting];
    const first = same.find((value) => isSame(value, node));
    if (first) exact.add(first);
    else for (const value of counting) if (isPart(value, node)) within.add(value);
  }
  return [...(exact.size > 0 ? exact : within)].slice(0, MOST_VALUES);
}

function isOnLine({ start, end }: Span, source: SourceText, line: number): boolean {
  return source.lineAt(start) <= line && source.lineAt(end) >= line;
}

function usesOn(
  reading: TemplateReading,
  release: ReleaseReading,
  isMeant: (span: Span) => boolean,
  depth: number,
): ValueUse[] {
  const own = reading.uses.filter(({ span, role }) => role !== 'set' && isMeant(span));
  if (depth > DEPTH_LIMIT) return own;
  const called = reading.calls.filter(({ nameSpan }) => isMeant(nameSpan));
  return [
    ...own,
    ...called.flatMap(({ name, argument }) => {
      const definition = release.definitions.get(name)?.at(-1);
      if (!definition || !argument) return [];
      return usesOn(readTemplate(definition.node.body, argument), release, () => true, depth + 1);
    }),
  ];
}

/** What stands at a path in the values files, the one that counts first first; files that nobody chose are left out. */
function layersAt(chart: Chart, { path }: ValueUse, valuesFiles: readonly string[]): SourceNode[] {
  const places = valuesAt(chart, path);
  const chosen = valuesFiles.flatMap((uri) =>
    places.filter(({ tree }) => tree.origin === 'other' && tree.file.uri === uri),
  );
  return [...chosen, ...places.filter(({ tree }) => tree.origin !== 'other')].map(({ node }) => node);
}

function isSame(value: SourceNode, node: SourceNode): boolean {
  if (value.kind !== node.kind) return false;
  if (value.kind === 'scalar') return value.scalar === node.scalar || (value.text() ?? '') === node.text();
  return value.known && node.known && JSON.stringify(value.value) === JSON.stringify(node.value);
}

/** `registry.example.com/cart` in `registry.example.com/cart:1.0.0`. */
function isPart(value: SourceNode, node: SourceNode): boolean {
  const part = value.kind === 'scalar' ? value.text() : undefined;
  const whole = node.kind === 'scalar' ? node.text() : undefined;
  return part !== undefined && whole !== undefined && part.length > 1 && whole.includes(part);
}
