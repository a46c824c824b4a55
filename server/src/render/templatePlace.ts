import type { Place, SourceNode } from '../text/sourceNode.ts';
import type { SourceText } from '../text/sourceText.ts';

/** Where a template writes something that was rendered. */
export interface TemplatePlace {
  readonly at: Place;
  /** Zero-based line of the template. */
  readonly line: number;
  /** How much of the path of what was rendered the template itself spells out. */
  readonly depth: number;
}

/**
 * The place in a template that wrote `node`: by its line where that is known, and within it the same field; else by the
 * field alone where one object of the template has it. Undefined where neither is certain.
 */
export function templatePlace(
  source: SourceText,
  roots: readonly SourceNode[],
  line: number | undefined,
  node: SourceNode | undefined,
  isKey: boolean,
): TemplatePlace | undefined {
  const path = node?.path ?? [];
  if (line === undefined) {
    const [root, ...others] = roots.filter((candidate) => isSameObject(candidate, node?.root));
    if (!root || others.length > 0) return undefined;
    const near = root.nearest(...path);
    return { at: near.keyPlace, line: source.lineAt(near.keyPlace.span.start), depth: near.path.length };
  }
  for (const root of roots) {
    for (let depth = path.length; depth > 0; depth--) {
      const found = root.find(...path.slice(0, depth));
      if (!found || source.lineAt(found.keyPlace.span.start) !== line) continue;
      const at = depth === path.length && !isKey && isOnLine(found, source, line) ? found : found.keyPlace;
      return { at: { source, span: at.span }, line, depth };
    }
  }
  const { start, end } = source.lineSpan(line);
  const text = source.text.slice(start, end);
  const indent = text.length - text.trimStart().length;
  const span = { start: start + indent, end: start + Math.max(indent, text.trimEnd().length) };
  return { at: { source, span }, line, depth: depthAbove(roots, source, line, path) };
}

/** A line such as `{{- toYaml .Values.resources | nindent 12 }}` goes on with the field that stands above it. */
function depthAbove(
  roots: readonly SourceNode[],
  source: SourceText,
  line: number,
  path: readonly (string | number)[],
): number {
  let deepest = 0;
  for (const root of roots) {
    for (let depth = path.length; depth > deepest; depth--) {
      const found = root.find(...path.slice(0, depth));
      if (found && source.lineAt(found.keyPlace.span.start) <= line) deepest = depth;
    }
  }
  return deepest;
}

function isOnLine(node: SourceNode, source: SourceText, line: number): boolean {
  return node.span.end > node.span.start && source.lineAt(node.span.start) === line;
}

function isSameObject(one: SourceNode, other: SourceNode | undefined): boolean {
  if (other === undefined || one.text('kind') !== other.text('kind')) return false;
  const name = one.text('metadata', 'name');
  return name === undefined || name === other.text('metadata', 'name');
}
