import type { Picture, PictureEdge, PictureNode } from '../../rules/picture.ts';

/** The picture as the source of a Mermaid flowchart. Whatever the names hold, it is shown as text and means nothing else. */
export function mermaidSource({ direction, edges, nodes }: Picture): string {
  return [
    `flowchart ${direction === 'right' ? 'LR' : 'TB'}`,
    ...nodes.map((node) => `  ${box(node)}`),
    ...edges.map((edge) => `  ${arrow(edge)}`),
    ...(['first', 'missing'] as const).flatMap((tone) => {
      const ids = nodes.filter((node) => node.tone === tone).map(({ id }) => id);
      return ids.length === 0 ? [] : [`  class ${ids.join(',')} ${tone}`];
    }),
    '',
  ].join('\n');
}

function box({ id, shape, text }: PictureNode): string {
  return shape === 'state' ? `${id}(["${quoted(text)}"])` : `${id}["${quoted(text)}"]`;
}

function arrow({ dashed, from, text, to }: PictureEdge): string {
  const line = dashed ? '-.->' : '-->';
  return `${from} ${line}${text === undefined ? '' : `|"${quoted(text)}"|`} ${to}`;
}

/** Letters, digits and plain marks stay; everything that Mermaid or Markdown might read is written as a character's number. */
function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/[^\p{L}\p{N} .,:/%+=()×→≤≥…–-]/gu, (character) => `#${character.codePointAt(0)};`))
    .join('<br/>');
}
