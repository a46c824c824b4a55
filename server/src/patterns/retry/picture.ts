import { formatDuration } from '../../rules/parts/duration.ts';
import type { DrawPicture, PictureEdge, PictureNode } from '../../rules/picture.ts';
import { VIRTUAL_SERVICE } from '../../workspace/istio/destinationRules.ts';
import { DEFAULT_BACKOFF_MILLISECONDS, readGatewayRetries, readRetries } from './retries.ts';
import { RETRYING_ROUTES, routesOf } from './routeTypes.ts';

const MOST_TRIES = 6;

/** The tries of the first route that repeats requests, with the pauses between them and the longest time. */
export const picture: DrawPicture = ({ participants }) => {
  const resource = participants.find(({ role }) => role === 'policy')?.resource;
  if (!resource || !RETRYING_ROUTES.includes(resource.type)) return undefined;
  const isIstio = resource.type === VIRTUAL_SERVICE;
  const field = isIstio ? 'retries' : 'retry';
  const route = routesOf(resource).find((each) => each.find(field) && each.number(field, 'attempts') !== 0);
  const { attempts, perTry, timeout } = route ? (isIstio ? readRetries(route) : readGatewayRetries(route)) : {};
  if (!route || attempts === undefined || attempts > MOST_TRIES) return undefined;
  const at = route.find(field)!.keyPlace;
  const time = perTry === undefined ? '' : `\nat most ${formatDuration(perTry)}`;
  const nodes: PictureNode[] = Array.from({ length: attempts + 1 }, (_, index) => ({
    id: `t${index}`,
    text: `${index === 0 ? 'Try' : `Retry ${index}`}${time}`,
    at,
    ...(index === 0 ? { tone: 'first' as const } : {}),
  }));
  const edges: PictureEdge[] = nodes.slice(1).map(({ id }, index) => ({
    from: `t${index}`,
    to: id,
    // Gateways leave the pause to their implementation.
    text:
      isIstio && route.lacks(field, 'backoff')
        ? `fails, about ${formatDuration(DEFAULT_BACKOFF_MILLISECONDS * 2 ** index)}`
        : 'fails',
  }));
  const limit = timeout ? `\nor after ${formatDuration(timeout)} in all` : '';
  nodes.push({
    id: 'failed',
    text: `The caller gets the failure${limit}`,
    shape: 'state',
    at: route.find('timeout')?.keyPlace ?? at,
  });
  edges.push({ from: `t${attempts}`, to: 'failed', text: 'fails', dashed: true });
  return { direction: 'right', nodes, edges };
};
