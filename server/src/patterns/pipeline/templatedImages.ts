import type { SourceNode } from '../../text/sourceNode.ts';
import type { Chart } from '../../workspace/helm/chart.ts';
import { chartAt } from '../../workspace/helm/chartsOf.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** Named templates that call each other are followed this far. */
const DEEPEST_INCLUDE = 4;

/** What may give an image another name than the values say. */
const UNREADABLE = /\b(?:tpl|lookup|fromYaml|Files|index|get|dig|Release|Capabilities)\b/;

/**
 * Whether some container may run the image of this name, because a template writes what it runs. A chart that names its
 * images in its values runs those, and no other.
 */
export function mayRunTemplated(name: string, graph: ResourceGraph): boolean {
  return templatedImages(graph).some((parts) => parts === undefined || parts.some((part) => part.includes(name)));
}

/** For each container whose image a template writes, the texts that the image is made of; undefined where they are not known. */
function templatedImages(graph: ResourceGraph): readonly (readonly string[] | undefined)[] {
  return graph.memo('templated images', () =>
    graph.all(...WORKLOAD_TYPES).flatMap((resource) => {
      const { containers, initContainers } = workloadOf(resource)!;
      const chart = chartAt(graph, resource.uri);
      return [...containers, ...initContainers]
        .filter((container) => !container.lacks('image') && container.text('image') === undefined)
        .map((container) => {
          const at = container.find('image');
          const text = at?.source.text.slice(at.span.start, at.span.end);
          return chart && text !== undefined ? partsOf(text, chart, DEEPEST_INCLUDE) : undefined;
        });
    }),
  );
}

/** The literal text, and the values that the template refers to, those of the named templates that it includes among them. */
function partsOf(text: string, chart: Chart, depth: number): string[] | undefined {
  if (UNREADABLE.test(text) || depth === 0) return undefined;
  const parts = [text];
  for (const [, path] of text.matchAll(/\.Values\.([\w.]+)/g)) {
    const values = [...(chart.values ? [chart.values] : []), ...chart.otherValues].flatMap(
      ({ root }) => root.find(...path!.split('.')) ?? [],
    );
    if (values.length === 0) return undefined;
    parts.push(...values.flatMap(texts));
  }
  if (/\.Chart\.Name\b/.test(text)) parts.push(chart.name ?? '');
  for (const [, name] of text.matchAll(/\b(?:include|template)\s+"([^"]+)"/g)) {
    const body = namedTemplate(name!, chart);
    const inner = body === undefined ? undefined : partsOf(body, chart, depth - 1);
    if (!inner) return undefined;
    parts.push(...inner);
  }
  return parts.length > 1 ? parts : undefined;
}

/** From where a template gets its name to where the next one does: it may hold more than the template, and never less. */
function namedTemplate(name: string, { templates }: Chart): string | undefined {
  for (const { source } of templates) {
    const [, ...definitions] = source.text.split(/\{\{-?\s*define\s+/);
    const body = definitions.find((definition) => definition.startsWith(`"${name}"`));
    if (body !== undefined) return body.slice(name.length + 2);
  }
  return undefined;
}

function texts(node: SourceNode): string[] {
  const text = node.text();
  return text === undefined ? node.entries.flatMap(texts) : [text];
}
