import type { SourceNode } from '../../text/sourceNode.ts';
import {
  APP_PROJECT,
  APPLICATION,
  APPLICATION_SET,
  applicationSpec,
  isParameter,
  repositoryName,
  sourcesOf,
} from '../../workspace/edges/argoApplications.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { projectOf } from './projectOf.ts';

/** A repository that a project admits for an application which is not there. */
export interface UnusedRepository {
  readonly project: Resource;
  /** The item of `sourceRepos`. */
  readonly at: SourceNode;
}

/** How many other repositories of the project have to be used before one that is not tells of a missing application. */
const LEAST_USED = 2;

/**
 * Projects that admit a repository by its full name from which no application takes anything, though applications of
 * the project take from every other one. A project that admits more than that is a rule for applications which live
 * elsewhere.
 */
export function repositoriesWithoutApplication(graph: ResourceGraph): readonly UnusedRepository[] {
  const projects = graph.all(APP_PROJECT);
  if (projects.length === 0) return [];
  const used = new Map<Resource, Set<string>>();
  const open = new Set<Resource>();
  for (const application of graph.all(APPLICATION, APPLICATION_SET)) {
    const project = projectOf(application, graph);
    if (!project) continue;
    const names = used.get(project) ?? new Set();
    used.set(project, names);
    const spec = applicationSpec(application);
    if (spec?.open !== false) open.add(project);
    for (const source of sourcesOf(spec)) {
      const url = source.text('repoURL');
      if (url === undefined || isParameter(url)) open.add(project);
      else names.add(repositoryName(url));
    }
  }
  return projects.flatMap((project) => {
    const admitted = project.root.find('spec', 'sourceRepos');
    if (!admitted?.known || open.has(project)) return [];
    const urls = admitted.items.map((at) => ({ at, url: at.text() ?? '' }));
    if (urls.some(({ url }) => url.includes('*') || url.startsWith('!'))) return [];
    const unused = urls.filter(({ url }) => used.get(project)?.has(repositoryName(url)) !== true);
    return unused.length === 1 && urls.length > LEAST_USED ? { project, at: unused[0]!.at } : [];
  });
}
