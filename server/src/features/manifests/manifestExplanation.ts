import { describe, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { Cursor, Explanation } from '../languageFeatures.ts';
import { dottedPath } from '../names/nameFinder.ts';
import { nodeAt } from '../nodeAt.ts';
import { writtenRoot } from '../writtenRoot.ts';
import { effectiveValue } from './effectiveValue.ts';
import { podSelectors } from './podSelectors.ts';
import { podsAsList } from './podsInWords.ts';
import { scheduleInWords } from './scheduleInWords.ts';

/** What the workspace says of a field: the pods that a selector picks, what a percentage comes to, a schedule in words. */
export function manifestExplanation(cursor: Cursor): Explanation | undefined {
  const { file, offset, snapshot } = cursor;
  const node = nodeAt(file.parsed.roots, offset);
  if (!node?.parent) return undefined;
  const isOnKey = node.keySpan !== undefined && offset >= node.keySpan.start && offset <= node.keySpan.end;
  // Between the entries of a map or list, nothing is meant.
  if (!isOnKey && node.kind !== 'scalar') return undefined;
  const span = isOnKey ? node.keySpan : node.span;
  for (const resource of snapshot.graph.inFile(file.parsed.source.uri)) {
    const root = writtenRoot(resource);
    if (resource.apiVersion === '' || !root || root.root.span.start !== node.root.span.start) continue;
    const segments = node.path.slice(root.path.length);
    if (root !== node && root.find(...segments)?.span.start !== node.span.start) continue;
    const path = dottedPath(segments);
    const markdown =
      pickedPods(offset, resource, snapshot.graph) ??
      (/(?:^|\.)schedules?(?:\[\])?$/.test(path) ? inWords(node.text()) : undefined) ??
      effectiveValue(node, resource, path, snapshot.graph);
    if (markdown !== undefined) return { markdown, span };
  }
  return undefined;
}

function inWords(schedule: string | undefined): string | undefined {
  const words = schedule === undefined ? undefined : scheduleInWords(schedule);
  return words === undefined ? undefined : `\`${schedule}\`: ${words}`;
}

/** The pods behind the selector in which the cursor stands. */
function pickedPods(offset: number, resource: Resource, graph: ResourceGraph): string | undefined {
  for (const { at, select } of podSelectors(resource, graph)) {
    const start = at.keySpan?.start ?? at.span.start;
    if (at.root.source.uri !== resource.uri || offset < start || offset > at.span.end) continue;
    const selection = select();
    if (selection.workloads.length > 0) {
      const more = selection.certain ? '' : '\n\nA template may pick more.';
      return `**Picks now**\n\n${podsAsList(selection, graph)}${more}`;
    }
    return selection.certain ? `${describe(resource)} picks no pods of this workspace.` : undefined;
  }
  return undefined;
}
