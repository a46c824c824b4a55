import { embeddedDocuments } from '../../languages/yaml/embeddedDocuments.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import { ALERTMANAGER_CONFIG } from './servers.ts';

/** Where alerts are routed: the operator's object, or the file of an Alertmanager in a ConfigMap or Secret. */
export interface AlertRoutes {
  readonly route: SourceNode | undefined;
  readonly receivers: SourceNode;
}

export const ROUTE_TYPES = [ALERTMANAGER_CONFIG, 'ConfigMap', 'Secret'];

export function alertRoutesOf({ type, root }: Resource): readonly AlertRoutes[] {
  const documents =
    type === ALERTMANAGER_CONFIG
      ? [root.find('spec')]
      : (root.find(type === 'Secret' ? 'stringData' : 'data')?.entries ?? [])
          .filter(({ key }) => /^alertmanager\.ya?ml$/.test(key ?? ''))
          .flatMap((file) => embeddedDocuments(file));
  return documents.flatMap((document) => {
    const receivers = document?.find('receivers');
    return document && receivers ? [{ route: document.find('route'), receivers }] : [];
  });
}

/** A route and every one below it. */
export function* everyRoute(route: SourceNode | undefined): Iterable<SourceNode> {
  if (!route) return;
  yield route;
  for (const child of route.find('routes')?.items ?? []) yield* everyRoute(child);
}
