import type { Pipeline } from '../../languages/helm/templateSyntax.ts';
import { allNodes } from '../../languages/helm/walkTemplate.ts';
import type { Span } from '../../text/sourceText.ts';
import { effectiveValue } from '../../workspace/helm/chartValues.ts';
import { chartIn } from '../../workspace/helm/releaseReading.ts';
import type { FileState, InlayHint } from '../languageFeatures.ts';
import { openTemplate } from './templateAt.ts';
import { shortValue, valueMarkdown } from './valueInMarkdown.ts';

/** Functions that print a value as it is, or something else only where it is missing. */
const KEEPING = new Set(['quote', 'squote', 'default', 'required', 'toString', 'int', 'int64', 'float64', 'trim']);

/** Behind an action that prints one value: what it is when the chart is installed as it stands. */
export function* helmHints(state: FileState, { start, end }: Span): Generator<InlayHint> {
  const open = openTemplate(state);
  if (!open) return;
  for (const node of allNodes(open.template.nodes)) {
    if (node.kind !== 'output' || node.pipeline.binding !== undefined) continue;
    if (!printsOneValue(node.pipeline)) continue;
    if (node.span.end < start || node.span.start > end) continue;
    const shown = new Set<string>();
    let hint: InlayHint | undefined;
    for (const { reading } of open.runs) {
      if (!reading.scopes.has(node.action)) continue;
      const uses = reading.uses.filter(({ span }) => span.start >= node.span.start && span.end <= node.span.end);
      const [use] = uses;
      const chart = use && chartIn(open.release, use.chart);
      if (!use || uses.length > 1 || !chart || use.path.includes(null)) continue;
      const value = effectiveValue(chart, use.path);
      const label = value && shortValue(value.node, use.path);
      if (label === undefined) continue;
      shown.add(label);
      hint = { offset: node.span.end, label: `= ${label}`, tooltip: () => valueMarkdown(chart, use.path) };
    }
    // A named template that prints one thing here and another there has no value to show.
    if (hint && shown.size === 1) yield hint;
  }
}

/** `.Values.a`, `.Values.a | quote`, `default 1 .Values.a` */
function printsOneValue({ commands }: Pipeline): boolean {
  return commands.every(({ operands }, index) => {
    const [first] = operands;
    if (first?.kind === 'function') return KEEPING.has(first.name);
    return index === 0 && operands.length === 1;
  });
}
