import { formatDuration, readDuration } from '../../rules/parts/duration.ts';
import type { DrawPicture, PictureEdge, PictureNode } from '../../rules/picture.ts';
import { label } from '../../workspace/resource.ts';

/** The way of a call with the time that each part of it may take. */
export const picture: DrawPicture = ({ participants }) => {
  const overall = participants.find(({ role }) => role === 'overall');
  if (!overall) return undefined;
  const written = (role: string) => {
    const found = participants.find((participant) => participant.role === role);
    const text = found?.at.source.text.slice(found.at.span.start, found.at.span.end).replace(/^["']|["']$/g, '');
    const time = readDuration(text);
    return found && time !== undefined ? { at: found.at, time } : undefined;
  };
  const [whole, attempt, connect] = [written('overall'), written('try'), written('connection')];
  if (!whole) return undefined;
  const nodes: PictureNode[] = [
    { id: 'caller', text: `Caller\nwaits at most ${limit(whole.time)}`, shape: 'state', tone: 'first', at: whole.at },
    { id: 'route', text: label(overall.resource), at: overall.at },
  ];
  const edges: PictureEdge[] = [{ from: 'caller', to: 'route', text: limit(whole.time) }];
  const callees = participants.filter(({ role }) => role === 'workload');
  const text = [
    ...(attempt ? [`one try ${limit(attempt.time)}`] : []),
    ...(connect ? [`connect ${limit(connect.time)}`] : []),
  ].join(', ');
  for (const [index, { at, resource }] of callees.entries()) {
    nodes.push({ id: `c${index}`, text: label(resource), at });
    edges.push({ from: 'route', to: `c${index}`, ...(text === '' ? {} : { text }) });
  }
  return { direction: 'right', nodes, edges };
};

function limit(milliseconds: number): string {
  return milliseconds === 0 ? 'without limit' : formatDuration(milliseconds);
}
