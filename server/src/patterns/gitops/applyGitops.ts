import { besideOf, documents } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import {
  APP_PROJECT,
  APPLICATION,
  applicationSpec,
  commonFolder,
  deployedBy,
  isParameter,
  repositoryName,
  repositoryRoots,
  sourcesOf,
} from '../../workspace/edges/argoApplications.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

const CLUSTER = 'https://kubernetes.default.svc';

/**
 * Writes an Application for the folder of a workload, with the repository and project of the Applications that there are; else
 * with a project of its own. Undefined where an Application deploys the workload already.
 */
export function applyGitops(workload: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const { name, namespace } = workload;
  if (!WORKLOAD_TYPES.includes(workload.type) || name === undefined || graph.setOf(workload).startsWith('helm:')) {
    return undefined;
  }
  const applications = graph.all(APPLICATION);
  if (
    applications.some((application) => application.name === name || deployedBy(application, graph).includes(workload))
  ) {
    return undefined;
  }
  const model = modelOf(applications);
  const repository = model?.repository ?? 'https://git.example.com/organisation/repository.git';
  const project = model?.project ?? name;
  const argocd = model?.namespace ?? 'argocd';
  const target = { server: CLUSTER, namespace: namespace || name };
  const application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: argocd, finalizers: ['resources-finalizer.argocd.argoproj.io'] },
    spec: {
      project,
      source: {
        repoURL: repository,
        targetRevision: model?.revision ?? 'main',
        path: pathOf(workload, repository, graph),
      },
      destination: target,
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'],
      },
      ignoreDifferences: [{ group: 'apps', kind: workload.kind, jsonPointers: ['/spec/replicas'] }],
    },
  };
  const hasProject = graph.all(APP_PROJECT).some((other) => other.name === project);
  const appProject = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: project, namespace: argocd },
    spec: {
      description: `What ${name} is made of`,
      sourceRepos: [repository],
      destinations: [{ ...target }],
      clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
    },
  };
  const text = hasProject || project === 'default' ? documents(application) : documents(appProject, application);
  return { edits: [], creates: [{ uri: placeFor(workload, name, applications), text }] };
}

interface ApplicationModel {
  readonly repository: string;
  readonly revision: string;
  readonly project: string;
  readonly namespace: string | undefined;
}

/** How the workspace's own Applications say where they come from. */
function modelOf(applications: readonly Resource[]): ApplicationModel | undefined {
  for (const application of applications) {
    const spec = applicationSpec(application);
    const project = spec?.text('project');
    for (const source of sourcesOf(spec)) {
      const repository = source.text('repoURL');
      if (!source.find('path') || !repository || !project || isParameter(repository + project)) continue;
      return {
        repository,
        revision: source.text('targetRevision') ?? 'main',
        project,
        namespace: application.namespace,
      };
    }
  }
  return undefined;
}

function pathOf(workload: Resource, repository: string, graph: ResourceGraph): string {
  const root = repositoryRoots(graph).byRepository.get(repositoryName(repository));
  const folder = workload.uri.slice(0, workload.uri.lastIndexOf('/') + 1);
  const base = root ?? commonFolder(graph);
  const below = folder.startsWith(base) ? folder.slice(base.length) : `${folder.split('/').at(-2)}/`;
  const path = decodeURIComponent(below.replace(/\/$/, ''));
  return path === '' ? '.' : path;
}

/** With the other Applications; else in a folder of its own, so that the Application does not deploy itself. */
function placeFor(workload: Resource, name: string, [first]: readonly Resource[]): string {
  return first ? besideOf(first, `${name}.yaml`) : besideOf(workload, `argocd/${name}.yaml`);
}
