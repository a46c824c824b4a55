import type { DrawPicture, PictureNode } from '../../rules/picture.ts';
import { label } from '../../workspace/resource.ts';

/** The loop of the autoscaler: what it measures, what it wants, and between which bounds. */
export const picture: DrawPicture = ({ missing, participants }) => {
  const autoscaler = participants.find(({ role }) => role === 'autoscaler');
  const spec = autoscaler?.resource.root.find('spec');
  const most = spec?.number('maxReplicas');
  if (!autoscaler || !spec || most === undefined) return undefined;
  const least = spec.number('minReplicas') ?? (spec.lacks('minReplicas') ? 1 : undefined);
  const workload = participants.find(({ role }) => role === 'workload');
  const metrics = (spec.find('metrics')?.items ?? []).map((metric, index): PictureNode => {
    const source = metric.entries.find(({ key }) => key !== 'type');
    const name = source?.text('name') ?? source?.text('metric', 'name') ?? metric.text('type') ?? 'metric';
    const target = source?.find('target');
    const percent = target?.text('averageUtilization');
    const wanted = percent === undefined ? (target?.text('averageValue') ?? target?.text('value')) : `${percent} %`;
    return { id: `m${index}`, text: `${name}\ntarget ${wanted ?? '?'}`, shape: 'state', at: metric };
  });
  return {
    direction: 'right',
    nodes: [
      ...metrics,
      {
        id: 'scaler',
        text: `${label(autoscaler.resource)}\n${least ?? '?'} to ${most} replicas`,
        tone: 'first',
        at: autoscaler.at,
      },
      workload
        ? { id: 'workload', text: label(workload.resource), at: workload.at }
        : {
            id: 'workload',
            text: 'No scaled workload',
            ...(missing.includes('workload') ? { tone: 'missing' as const } : {}),
          },
    ],
    edges: [
      ...metrics.map(({ id }) => ({ from: id, to: 'scaler', text: 'usage by target' })),
      { from: 'scaler', to: 'workload', text: 'replicas = current × usage / target', dashed: workload === undefined },
      ...metrics.map(({ id }) => ({ from: 'workload', to: id, text: 'measured', dashed: true })),
    ],
  };
};
