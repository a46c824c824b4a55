import { BUILT_IN_OBJECTS, builtInAt } from '../../languages/helm/builtInObjects.ts';
import { nearestName } from '../../text/nearestName.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import type { ResourceGraph } from '../resourceGraph.ts';
import type { Chart } from './chart.ts';
import { releaseReading } from './releaseReading.ts';

/** A name that no built-in object of Helm has, such as `.Release.Nmae` or `.Vaules`. */
export interface UnknownMember {
  readonly source: SourceText;
  readonly span: Span;
  /** `['Release', 'Nmae']` */
  readonly path: readonly string[];
  readonly nearest: string | undefined;
  /** `.Chart` and `.Capabilities` have fixed members: rendering fails. Elsewhere the name gives nothing. */
  readonly fails: boolean;
}

/** Objects to which a chart's own templates may add. */
const FIXED = new Set(['Chart', 'Capabilities']);

/**
 * The names in a chart's templates that no built-in object has. At the root only those that are nearly a name that is
 * there, because templates may set names of their own.
 */
export function unknownMembers(graph: ResourceGraph, chart: Chart): UnknownMember[] {
  const found = new Map<string, UnknownMember>();
  for (const { reading, template, isAssumed } of releaseReading(graph, chart).runs) {
    if (isAssumed || !chart.templates.includes(template)) continue;
    for (const { base, shape, span } of reading.names) {
      if (shape.kind !== 'object' || shape.path[0] === 'Subcharts' || builtInAt(shape.path)) continue;
      if (base.kind !== 'root' && base.kind !== 'object') continue;
      const parent = shape.path.slice(0, -1);
      const siblings = (parent.length === 0 ? BUILT_IN_OBJECTS : builtInAt(parent)?.members)?.map(({ name }) => name);
      const name = shape.path.at(-1)!;
      // What has no members of its own is a text, a list or a map whose keys nobody lists.
      if (!siblings || name === '') continue;
      const nearest = nearestName(name, siblings);
      if (parent.length === 0 && nearest === undefined) continue;
      const fails = parent.length > 0 && FIXED.has(shape.path[0]!);
      found.set(`${template.uri} ${span.start}`, { source: template.source, span, path: shape.path, nearest, fails });
    }
  }
  return [...found.values()];
}
