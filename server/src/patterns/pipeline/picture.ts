import type { DrawPicture, PictureNode } from '../../rules/picture.ts';
import { label } from '../../workspace/resource.ts';
import { pattern } from './pattern.ts';

const STAGES = ['dockerfile', 'workload', 'service', 'route'] as const;
const ARROWS: Readonly<Record<string, string>> = {
  workload: 'runs the image',
  service: 'is reached by',
  route: 'from outside by',
};

/** The way of an application from its sources to its users, stage by stage. */
export const picture: DrawPicture = ({ missing, name, participants }) => {
  const columns = STAGES.map((stage): PictureNode[] => {
    const players = participants.filter(({ role }) => role === stage);
    if (players.length > 0) {
      return players.map(({ at, resource }, index) => ({
        id: `${stage}${index}`,
        text: stage === 'dockerfile' ? `${name}\nDockerfile` : label(resource),
        at,
        ...(stage === 'dockerfile' ? { tone: 'first' as const } : {}),
      }));
    }
    return missing.includes(stage)
      ? [{ id: `${stage}0`, text: `No ${pattern.roles[stage]?.title}`, tone: 'missing' }]
      : [];
  });
  const filled = columns
    .map((nodes, index) => ({ nodes, stage: STAGES[index]! }))
    .filter(({ nodes }) => nodes.length > 0);
  return {
    direction: 'right',
    nodes: filled.flatMap(({ nodes }) => nodes),
    edges: filled.slice(1).flatMap(({ nodes, stage }, index) =>
      nodes.map((node) => ({
        from: filled[index]!.nodes[0]!.id,
        to: node.id,
        ...(ARROWS[stage] === undefined ? {} : { text: ARROWS[stage] }),
        ...(node.tone === 'missing' ? { dashed: true } : {}),
      })),
    ),
  };
};
