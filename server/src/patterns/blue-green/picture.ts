import type { DrawPicture, PictureEdge, PictureNode } from '../../rules/picture.ts';
import { label } from '../../workspace/resource.ts';
import { colourOf, pairOf } from './colours.ts';

/** Who gets the users now, and who is tested. */
export const picture: DrawPicture = ({ missing, participants }, graph) => {
  const player = (role: string) => participants.find((participant) => participant.role === role);
  const [blue, green] = [player('blue'), player('green')];
  const active = player('active');
  const pair = active && pairOf(active.resource, graph);
  // The two colours of a Rollout are one object, which knows by itself who is active.
  if (!blue || !green || blue.resource === green.resource || !active || !pair) return undefined;
  const chosenBy = (service: typeof active) => {
    const colour = service.resource.root.text('spec', 'selector', pair.label);
    return [pair.blue, pair.green].find((workload) => colourOf(workload, pair.label) === colour)?.resource;
  };
  const nodes: PictureNode[] = [
    { id: 'users', text: 'Users', shape: 'state', tone: 'first' },
    { id: 'active', text: `${label(active.resource)}\nactive`, at: active.at },
    { id: 'blue', text: label(blue.resource), at: blue.at },
    { id: 'green', text: label(green.resource), at: green.at },
  ];
  const idOf = (resource: unknown): string | undefined =>
    resource === blue.resource ? 'blue' : resource === green.resource ? 'green' : undefined;
  const chosen = idOf(chosenBy(active));
  const edges: PictureEdge[] = [{ from: 'users', to: 'active' }];
  if (chosen !== undefined) {
    edges.push({
      from: 'active',
      to: chosen,
      text: `${pair.label}: ${active.resource.root.text('spec', 'selector', pair.label)}`,
    });
    edges.push({ from: 'active', to: chosen === 'blue' ? 'green' : 'blue', text: 'after the switch', dashed: true });
  }
  const preview = player('preview');
  if (preview) {
    nodes.push({ id: 'preview', text: `${label(preview.resource)}\npreview`, at: preview.at });
    const tested = idOf(chosenBy(preview));
    if (tested !== undefined) edges.push({ from: 'preview', to: tested, text: 'tests' });
  } else if (missing.includes('preview')) {
    nodes.push({ id: 'preview', text: 'No preview service', tone: 'missing' });
    edges.push({ from: 'preview', to: chosen === 'blue' ? 'green' : 'blue', dashed: true });
  }
  return { direction: 'right', nodes, edges };
};
