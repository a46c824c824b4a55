import type { CancellationToken } from 'vscode-languageserver/node';
import {
  type PatternPicture,
  type PicturesParams,
  type PicturesResult,
  picturesRequest,
} from '../../../protocol/pictures.ts';
import { instancesOf } from '../features/instancesOf.ts';
import { drawPicture } from '../features/pictures/drawPicture.ts';
import { mermaidSource } from '../features/pictures/mermaidSource.ts';
import { pictureSketch } from '../features/pictures/pictureSketch.ts';
import type { Pattern, PatternInstance } from '../rules/pattern.ts';
import type { LspFeature } from './lspFeature.ts';
import type { Session } from './session.ts';
import { toLocation } from './toLocation.ts';
import { whenLoaded } from './whenLoaded.ts';

/** The pictures of the uses of a pattern, with this workspace's names and numbers. */
export const pictures: LspFeature = {
  name: 'pictures',
  capabilities: () => ({ experimental: { slipway: [picturesRequest] } }),
  register(session) {
    const { catalog, connection, faults, workspace } = session;
    const answer = faults.request<PicturesParams, PicturesResult>(picturesRequest, [], async (params) => {
      await whenLoaded(workspace);
      const pattern = catalog.patterns.find(({ id }) => id === params?.pattern);
      if (!pattern) return [];
      const { graph } = workspace.snapshot();
      const instances = instancesOf(pattern, graph, (where, error) => faults.report(where, error));
      return instances.map((instance) => drawn(pattern, instance, session));
    });
    connection.onRequest(picturesRequest, (params: PicturesParams, token: CancellationToken) => answer(params, token));
  },
};

function drawn(pattern: Pattern, instance: PatternInstance, { catalog, workspace }: Session): PatternPicture {
  const picture = drawPicture(pattern, instance, workspace.snapshot().graph, catalog.pictures[pattern.id]);
  return {
    pattern: pattern.id,
    title: pattern.title,
    name: instance.name,
    mermaid: mermaidSource(picture),
    sketch: pictureSketch(picture),
    nodes: picture.nodes.map(({ at, id, text }) => ({ id, text, ...(at ? { location: toLocation(at) } : {}) })),
  };
}
