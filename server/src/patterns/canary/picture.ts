import type { PatternInstance } from '../../rules/pattern.ts';
import type { DrawPicture, Picture, PictureEdge, PictureNode } from '../../rules/picture.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { label, type Resource } from '../../workspace/resource.ts';

/** The steps of a Rollout, or the shares that a route sends to each version now. */
export const picture: DrawPicture = (instance) => {
  const route = instance.participants.find(({ role }) => role === 'route')?.resource;
  if (!route) return undefined;
  return route.type === 'argoproj.io/Rollout' ? steps(route) : shares(route, instance);
};

function steps({ root }: Resource): Picture | undefined {
  const written = root.find('spec', 'strategy', 'canary', 'steps');
  if (!written || written.items.length === 0) return undefined;
  const nodes: PictureNode[] = [
    { id: 's0', text: '0 %\nstable version', shape: 'state', tone: 'first', at: written.keyPlace },
  ];
  const edges: PictureEdge[] = [];
  let pause: string | undefined;
  const add = (text: string, at: SourceNode): void => {
    edges.push({ from: nodes.at(-1)!.id, to: `s${nodes.length}`, ...(pause === undefined ? {} : { text: pause }) });
    nodes.push({ id: `s${nodes.length}`, text, shape: 'state', at });
    pause = undefined;
  };
  for (const step of written.items) {
    const weight = step.number('setWeight');
    if (weight !== undefined) add(`${weight} %\nnew version`, step);
    else if (step.find('pause')) pause = `pause ${step.text('pause', 'duration') ?? 'until promoted'}`;
    else if (step.find('analysis')) add('analysis', step);
    else if (step.find('setWeight')) return undefined;
  }
  if (!nodes.at(-1)!.text.startsWith('100 %')) add('100 %\nnew version', written);
  return { direction: 'right', nodes, edges };
}

function shares(route: Resource, { missing, participants }: PatternInstance): Picture | undefined {
  const isMesh = route.type === VIRTUAL_SERVICE;
  const groups = route.root.find('spec', isMesh ? 'http' : 'rules')?.items ?? [];
  const weighted = groups
    .map((group) => group.find(isMesh ? 'route' : 'backendRefs')?.items.filter((entry) => entry.find('weight')) ?? [])
    .find((entries) => entries.length > 1);
  const total = weighted?.reduce((sum, entry) => sum + (entry.number('weight') ?? Number.NaN), 0);
  if (!weighted || !total) return undefined;
  const share = (entry: SourceNode): number => Number(((100 * entry.number('weight')!) / total).toFixed(1));
  const heaviest = weighted.reduce((a, b) => (share(b) > share(a) ? b : a));
  const nodes: PictureNode[] = [{ id: 'route', text: label(route), tone: 'first', at: weighted[0]!.keyPlace }];
  const edges: PictureEdge[] = [];
  for (const [index, entry] of weighted.entries()) {
    const role = entry === heaviest ? 'stable' : 'canary';
    const name = isMesh
      ? [entry.text('destination', 'host'), entry.text('destination', 'subset')].filter(Boolean).join(', subset ')
      : entry.text('name');
    nodes.push({ id: `v${index}`, text: `${name || '?'}\n${role} version`, at: entry.find('weight')!.keyPlace });
    edges.push({ from: 'route', to: `v${index}`, text: `${share(entry)} %` });
    // With several canaries it is not told which workload stands behind which.
    if (weighted.length > 2 && role === 'canary') continue;
    const workloads = participants.filter((participant) => participant.role === role);
    for (const [position, { at, resource }] of workloads.entries()) {
      nodes.push({ id: `v${index}w${position}`, text: label(resource), at });
      edges.push({ from: `v${index}`, to: `v${index}w${position}` });
    }
    if (missing.includes(role)) {
      nodes.push({ id: `v${index}m`, text: `No ${role} workload`, tone: 'missing' });
      edges.push({ from: `v${index}`, to: `v${index}m`, dashed: true });
    }
  }
  return { direction: 'right', nodes, edges };
}
