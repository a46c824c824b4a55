import { formatDuration } from '../../rules/parts/duration.ts';
import type { DrawPicture } from '../../rules/picture.ts';
import { trafficPolicies } from '../service-mesh/trafficPolicies.ts';
import { readBreaker } from './breaker.ts';

/** The states of the breaker, and what leads from one to the next. */
export const picture: DrawPicture = ({ participants }) => {
  const participant = participants.find(({ role }) => role === 'breaker');
  const policy =
    participant && [...trafficPolicies(participant.resource.root)].find((each) => each.find('outlierDetection'));
  const node = policy?.find('outlierDetection');
  if (!node) return undefined;
  const { baseEjectionTime, consecutive5xxErrors, interval, maxEjectionPercent } = readBreaker(node);
  if (consecutive5xxErrors === undefined || interval === undefined || baseEjectionTime === undefined) return undefined;
  const of = (field: string) => node.find(field)?.keyPlace ?? node.keyPlace;
  const most = maxEjectionPercent === undefined ? '' : `\nat most ${maxEjectionPercent} % of the pods`;
  return {
    direction: 'right',
    nodes: [
      { id: 'closed', text: 'Closed\nrequests pass', shape: 'state', tone: 'first', at: of('consecutive5xxErrors') },
      { id: 'open', text: `Open\nthe pod gets no request${most}`, shape: 'state', at: of('baseEjectionTime') },
      { id: 'half', text: 'Half-open\nthe pod is tried again', shape: 'state', at: of('interval') },
    ],
    edges: [
      {
        from: 'closed',
        to: 'open',
        text:
          consecutive5xxErrors === 0
            ? 'never: the counter is off'
            : `${consecutive5xxErrors} errors in a row, looked at every ${formatDuration(interval)}`,
        dashed: consecutive5xxErrors === 0,
      },
      { from: 'open', to: 'half', text: `after ${formatDuration(baseEjectionTime)}, then 2 ×, 3 × … that long` },
      { from: 'half', to: 'closed', text: 'success' },
      { from: 'half', to: 'open', text: 'errors again', dashed: true },
    ],
  };
};
