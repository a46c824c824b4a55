import type { EdgeFinder } from '../resourceGraph.ts';
import {
  APP_PROJECT,
  APPLICATION,
  APPLICATION_SET,
  applicationSpec,
  ownerOf,
  sourceFolder,
  sourcesOf,
} from './argoApplications.ts';
import { edgeTo } from './edgeTo.ts';

/** Argo CD's Applications → their project, and the kustomization, chart or first manifest of the folder that they deploy. */
export const argoReferences: EdgeFinder = {
  relation: 'deploys',
  from: [APPLICATION, APPLICATION_SET],
  *find(source, graph) {
    const spec = applicationSpec(source);
    const project = spec?.find('project');
    // Every installation has the project `default`.
    if (project?.text() !== 'default' && !project?.text()?.includes('{{')) {
      yield* edgeTo('belongs-to', source, project, [APP_PROJECT], graph);
    }
    for (const item of sourcesOf(spec)) {
      const folder = sourceFolder(item, graph);
      const path = item.find('path');
      if (folder === undefined || !path) continue;
      const target = ownerOf(folder, graph) ?? graph.all().find(({ uri }) => uri.startsWith(folder));
      if (!target) continue;
      yield {
        relation: 'deploys',
        source,
        writtenAt: path,
        to: ['kustomize/Kustomization', 'helm/Chart'],
        target: { status: 'found', resource: target },
      };
    }
  },
};
