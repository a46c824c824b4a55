import { type IndentFault, indentFaults } from '../../languages/helm/indentFaults.ts';
import type { TemplateNode } from '../../languages/helm/templateSyntax.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText } from '../../text/sourceText.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { Chart, ChartTemplate } from './chart.ts';
import { effectiveValue } from './chartValues.ts';
import { chartIn, type ReleaseReading, releaseReading } from './releaseReading.ts';

export interface ChartIndentFault extends IndentFault {
  readonly source: SourceText;
  /** What is printed is known, and the chart comes out wrong with its own values. Else it does with most others. */
  readonly isCertain: boolean;
}

/** What is printed, as far as it is known. */
interface Printed {
  readonly kind: 'map' | 'list' | 'scalar';
  readonly hasSeveralLines: boolean;
}

/** What a chart's templates indent wrongly; what is right for the values that it prints is left out. */
export function chartIndentFaults(graph: ResourceGraph, chart: Chart): ChartIndentFault[] {
  const release = releaseReading(graph, chart);
  return chart.templates.flatMap((file) =>
    indentFaults(file.template).flatMap((fault) => {
      const printed =
        fault.prints === 'yaml' ? printedValue(release, file, fault) : printedTemplate(release, file, fault);
      if (printed && (fault.onlyForMaps ? printed.kind !== 'map' : printed.kind === 'scalar')) return [];
      if (printed && fault.onlyForSeveralLines && !printed.hasSeveralLines) return [];
      if (!printed && fault.onlyForMaps) return [];
      return [{ ...fault, source: file.source, isCertain: printed !== undefined }];
    }),
  );
}

function printedValue(release: ReleaseReading, file: ChartTemplate, { valueSpan }: IndentFault): Printed | undefined {
  const found: Printed[] = [];
  for (const { reading, isAssumed } of release.runsIn(file.uri)) {
    for (const { span, chart, path } of reading.uses) {
      if (span.start < valueSpan.start || span.end > valueSpan.end) continue;
      const owner = chartIn(release, chart);
      const node = owner && !isAssumed ? effectiveValue(owner, path)?.node : undefined;
      if (!node || node.kind === 'unknown' || (node.kind === 'scalar' && node.scalar === null)) return undefined;
      const kind = node.kind;
      // An empty collection is there to be filled.
      found.push({ kind, hasSeveralLines: kind !== 'scalar' && (node.entries.length === 0 || lineCount(node) > 1) });
    }
  }
  return found.length === 1 ? found[0] : undefined;
}

function lineCount(node: SourceNode): number {
  if (node.entries.length === 0) return 1;
  return node.entries.reduce(
    (sum, entry) => sum + lineCount(entry) + (entry.kind === 'map' && node.kind === 'map' ? 1 : 0),
    0,
  );
}

/** What a named template prints, going by the text in it. */
function printedTemplate(
  release: ReleaseReading,
  file: ChartTemplate,
  { valueSpan }: IndentFault,
): Printed | undefined {
  for (const { reading } of release.runsIn(file.uri)) {
    for (const { name, nameSpan } of reading.calls) {
      if (nameSpan.start < valueSpan.start || nameSpan.end > valueSpan.end) continue;
      const definition = release.definitions.get(name)?.at(-1);
      const lines = definition ? printedLines(definition.node.body, definition.template.source.text) : [];
      if (lines.length === 0) return undefined;
      // Items of a list hold keys as well: what comes first says which it is.
      const first = lines.find((line) => line.startsWith('- ') || /^[\w$./-]+:(?:\s|$)/.test(line));
      const kind = first === undefined ? 'scalar' : first.startsWith('- ') ? 'list' : 'map';
      return { kind, hasSeveralLines: lines.length > 1 };
    }
  }
  return undefined;
}

function printedLines(nodes: readonly TemplateNode[], text: string): string[] {
  return nodes
    .flatMap((node): string[] => {
      if (node.kind === 'text') return [text.slice(node.span.start, node.span.end)];
      if (node.kind === 'control') return printedLines(node.branches[0]!.body, text);
      return [];
    })
    .flatMap((piece) => piece.split(/\r\n?|\n/))
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
