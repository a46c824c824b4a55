import type { Participant, Pattern, PatternInstance } from '../../rules/pattern.ts';
import type { Picture, PictureEdge, PictureNode } from '../../rules/picture.ts';
import { label, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** More boxes than these are no picture any more. */
const MOST_NODES = 24;

/**
 * The participants of a use, one box for each resource with all roles that it plays, joined by the references that they
 * write and else in the order of their roles. Roles that nothing plays are drawn as missing.
 */
export function defaultPicture({ roles }: Pattern, instance: PatternInstance, graph: ResourceGraph): Picture {
  const titleOf = (role: string): string => roles[role]?.title ?? role;
  const rankOf = ({ role }: Participant): number => Object.keys(roles).indexOf(role);
  const byResource = new Map<Resource, Participant[]>();
  for (const participant of instance.participants) {
    const known = byResource.get(participant.resource);
    if (known) known.push(participant);
    else byResource.set(participant.resource, [participant]);
  }
  const players = [...byResource].map(([resource, parts]) => ({
    resource,
    parts,
    rank: Math.min(...parts.map(rankOf)),
  }));
  players.sort((a, b) => a.rank - b.rank);
  const shown = players.slice(0, MOST_NODES);
  const ids = new Map(shown.map(({ resource }, index) => [resource, `p${index}`]));
  const nodes: PictureNode[] = shown.map(({ parts, resource }, index) => ({
    id: `p${index}`,
    text: [label(resource), ...new Set(parts.map(({ role }) => titleOf(role)))].join('\n'),
    at: parts[0]!.at,
    ...(index === 0 ? { tone: 'first' } : {}),
  }));
  const edges = references(ids, graph);
  edges.push(
    ...joints(
      shown.map(({ rank }) => rank),
      edges,
    ),
  );
  if (players.length > shown.length) nodes.push({ id: 'more', text: `and ${players.length - shown.length} more` });
  for (const [index, role] of instance.missing.entries()) {
    nodes.push({ id: `m${index}`, text: `No ${titleOf(role)}`, tone: 'missing' });
    if (shown.length > 0) edges.push({ from: 'p0', to: `m${index}`, dashed: true });
  }
  return { direction: 'right', nodes, edges };
}

/** What the participants write of each other, each pair once. */
function references(ids: ReadonlyMap<Resource, string>, graph: ResourceGraph): PictureEdge[] {
  const found = new Map<string, PictureEdge>();
  for (const [resource, from] of ids) {
    for (const { relation, target } of graph.edgesFrom(resource)) {
      const to = target.status === 'found' ? ids.get(target.resource) : undefined;
      if (to === undefined || to === from || found.has(`${from} ${to}`)) continue;
      found.set(`${from} ${to}`, { from, to, text: relation.replaceAll('-', ' ') });
    }
  }
  return [...found.values()];
}

/** Boxes that nothing leads to or from follow those of the role before: the roles stand in the order in which they act. */
function joints(ranks: readonly number[], edges: readonly PictureEdge[]): PictureEdge[] {
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return ranks.flatMap((rank, index) => {
    if (joined.has(`p${index}`)) return [];
    const before = ranks.findLast((other) => other < rank);
    return before === undefined ? [] : { from: `p${ranks.indexOf(before)}`, to: `p${index}` };
  });
}
