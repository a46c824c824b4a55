import type { SourceNode } from '../text/sourceNode.ts';
import type { TextEdit } from '../text/sourceText.ts';
import type { Resource } from '../workspace/resource.ts';
import type { Finding } from './contract.ts';

/**
 * The finding with those of its fixes that can be made. A value that a build computed, as a name with a prefix, stands
 * nowhere: an edit of what it was computed from would not set it.
 */
export function withWrittenFixes(finding: Finding, resource: Resource): Finding {
  if (!finding.fixes) return finding;
  // Fixes of objects are written for YAML, and this one stands in a Terraform file.
  if (resource.apiVersion !== '' && /\.(?:tf|tofu)$/.test(resource.uri)) return { ...finding, fixes: [] };
  // Fixes of Terraform are written in its native syntax.
  if (/\.(?:tf|tofu|tfvars)\.json$/.test(resource.uri)) return { ...finding, fixes: [] };
  if (!resource.built) return finding;
  const derived = [...derivedNodes(resource.root)];
  if (derived.length === 0) return finding;
  const fixes = finding.fixes.filter((fix) => !fix.edits().some((edit) => derived.some((node) => touches(edit, node))));
  return { ...finding, fixes };
}

function* derivedNodes(node: SourceNode): Iterable<SourceNode> {
  if (node.derived) yield node;
  for (const entry of node.entries) yield* derivedNodes(entry);
}

/** An entry that is added behind a value stands at the end of its line. */
function touches({ uri, span }: TextEdit, { source, span: own }: SourceNode): boolean {
  if (uri !== source.uri) return false;
  const end = source.lineSpan(source.lineAt(own.end)).end;
  return span.start <= end && span.end >= own.start;
}
