import type { Picture, PictureEdge } from '../../rules/picture.ts';

/** The picture in lines of text, for where nothing can be drawn: one line for each way through it. */
export function pictureSketch({ edges, nodes }: Picture): string {
  const words = new Map(
    nodes.map(({ id, text, tone }) => [
      id,
      `[${text.split('\n').join(', ')}]${tone === 'missing' ? ' (missing)' : ''}`,
    ]),
  );
  const left = new Set<PictureEdge>(edges);
  const lines: string[] = [];
  for (const { id } of nodes) {
    for (let edge = next(id, left); edge; edge = next(id, left)) {
      let line = words.get(id) ?? id;
      for (let step: PictureEdge | undefined = edge; step; ) {
        left.delete(step);
        line += `${arrow(step)}${words.get(step.to) ?? step.to}`;
        step = onlyNext(step.to, left);
      }
      lines.push(line);
    }
  }
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
  for (const { id } of nodes) if (!joined.has(id)) lines.push(words.get(id)!);
  return lines.join('\n');
}

function next(id: string, left: ReadonlySet<PictureEdge>): PictureEdge | undefined {
  return [...left].find(({ from }) => from === id);
}

/** The way goes on in the same line where it does not fork. */
function onlyNext(id: string, left: ReadonlySet<PictureEdge>): PictureEdge | undefined {
  const ways = [...left].filter(({ from }) => from === id);
  return ways.length === 1 ? ways[0] : undefined;
}

function arrow({ dashed, text }: PictureEdge): string {
  const line = dashed ? '╌' : '─';
  return text === undefined ? ` ${line}${line}▶ ` : ` ${line} ${text} ${line}▶ `;
}
