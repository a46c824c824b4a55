import type { ValuePath } from '../../languages/helm/templateShape.ts';
import type { SourceNode } from '../../text/sourceNode.ts';

/** Values under such names are not shown, whatever they are. */
const SECRET = /passw|passphrase|secret|token|api-?key|private-?key|credential/i;

/** Whether a value is kept back: by a name on its path, or by the name beside it (`name: DB_PASSWORD`, `value: …`). */
export function isSecret(node: SourceNode, path: ValuePath): boolean {
  if (path.some((segment) => segment !== null && SECRET.test(segment))) return true;
  for (let at: SourceNode | undefined = node; at; at = at.parent) {
    if (at.key !== undefined && SECRET.test(at.key)) return true;
    const parent = at.parent;
    if (parent?.kind === 'map' && at.key === 'value' && isNamedSecret(parent)) return true;
  }
  return false;
}

/** The text of a value with what is secret in it left out, on lines of its own. */
export function withoutSecrets(node: SourceNode): string {
  const hidden: SourceNode[] = [];
  const visit = (at: SourceNode): void => {
    for (const entry of at.entries) {
      const isHidden =
        (entry.key !== undefined && SECRET.test(entry.key)) || (entry.key === 'value' && isNamedSecret(at));
      if (isHidden) hidden.push(entry);
      else visit(entry);
    }
  };
  visit(node);
  const { start, end } = node.span;
  let text = '';
  let position = start;
  for (const { span } of hidden) {
    if (span.start < position || span.end > end) continue;
    text += `${node.source.slice({ start: position, end: span.start })}…`;
    position = span.end;
    // A text of several lines ends with a line break, which keeps the lines apart.
    if (/[\r\n]$/.test(node.source.slice(span))) text += node.source.lineBreak;
  }
  return text + node.source.slice({ start: position, end });
}

function isNamedSecret(map: SourceNode): boolean {
  return SECRET.test(map.text('name') ?? map.text('key') ?? '');
}
