import { instanceName } from '../../rules/parts/instanceName.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import {
  APPLICATION,
  APPLICATION_SET,
  applicationSpec,
  deployedBy,
  sourceFolder,
  sourcesOf,
} from '../../workspace/edges/argoApplications.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { applyGitops } from './applyGitops.ts';
import { explainDeployed } from './explainDeployed.ts';
import { projectOf } from './projectOf.ts';
import { repositoriesWithoutApplication } from './repositoriesWithoutApplication.ts';

export const pattern = definePattern({
  id: 'gitops',
  title: 'GitOps with Argo CD',
  category: 'infrastructure',
  summary: 'Keeps the cluster as a Git repository says, and takes every change through it.',
  roles: {
    application: { title: 'application', required: true },
    project: { title: 'project', required: true },
    source: { title: 'what it deploys', required: false },
    workload: { title: 'workload that it deploys', required: false },
    destination: { title: 'destination', required: true },
    automation: { title: 'automated synchronisation', required: true },
  },
  *recognize(graph) {
    for (const application of graph.all(APPLICATION, APPLICATION_SET)) {
      const spec = applicationSpec(application);
      if (!spec) continue;
      const participants = [...participantsOf(application, graph)];
      const played = new Set(participants.map(({ role }) => role));
      const missing = ['project', 'destination', 'automation'].filter((role) => !played.has(role));
      const isUnknown: Readonly<Record<string, boolean>> = {
        project:
          !spec.lacks('project') &&
          graph.edgesFrom(application, 'belongs-to').every(({ target }) => target.status !== 'missing'),
        destination: !spec.lacks('destination'),
        automation: !spec.lacks('syncPolicy', 'automated'),
      };
      yield {
        pattern: 'gitops',
        name: instanceName(application, graph),
        participants,
        missing: missing.filter((role) => !isUnknown[role]),
      };
    }
    for (const { at, project } of repositoriesWithoutApplication(graph)) {
      yield {
        pattern: 'gitops',
        name: `${instanceName(project, graph)} from ${at.text()}`,
        participants: [{ role: 'project', resource: project, at }],
        missing: ['application', 'destination', 'automation'],
      };
    }
  },
  explanations: [
    {
      types: [APPLICATION, APPLICATION_SET],
      path: ['**', 'automated'],
      text(field) {
        const prune = field.boolean('prune') === true;
        const selfHeal = field.boolean('selfHeal') === true;
        return [
          '**Argo CD synchronises by itself** after every change in Git.',
          prune
            ? 'What is removed from Git is deleted.'
            : 'What is removed from Git stays in the cluster (`prune` is off).',
          selfHeal
            ? 'What somebody changes in the cluster is put back.'
            : 'What somebody changes in the cluster stays until the next change in Git (`selfHeal` is off).',
        ].join(' ');
      },
    },
    {
      types: [APPLICATION, APPLICATION_SET],
      path: ['**', 'path'],
      text: (_field, application, graph) => explainDeployed(application, graph),
    },
    {
      types: [APPLICATION],
      path: ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'],
      text: (field) =>
        `**Wave ${field.text() ?? ''}**: Argo CD applies lower waves first, and goes on when everything of a wave is healthy. Objects without a wave are in wave 0.`,
    },
  ],
  apply: applyGitops,
});

function* participantsOf(application: Resource, graph: ResourceGraph): Iterable<Participant> {
  const spec = applicationSpec(application)!;
  const { root } = application;
  yield { role: 'application', resource: application, at: root.find('metadata', 'name') ?? root };
  const project = projectOf(application, graph);
  const named = spec.find('project');
  if (project) yield { role: 'project', resource: project, at: project.root.find('metadata', 'name') ?? project.root };
  else if (named?.text() === 'default') yield { role: 'project', resource: application, at: named };
  for (const source of sourcesOf(spec)) {
    const folder = sourceFolder(source, graph);
    const target = graph
      .edgesFrom(application, 'deploys')
      .find(({ writtenAt }) => writtenAt === source.find('path'))?.target;
    if (folder !== undefined && target?.status === 'found') {
      yield {
        role: 'source',
        resource: target.resource,
        at: target.resource.root.entries[0]?.keyPlace ?? target.resource.root,
      };
    }
  }
  if (application.type === APPLICATION) {
    for (const workload of deployedBy(application, graph)) {
      if (!WORKLOAD_TYPES.includes(workload.type)) continue;
      yield { role: 'workload', resource: workload, at: workload.root.find('metadata', 'name') ?? workload.root };
    }
  }
  const destination = spec.find('destination', 'namespace') ?? spec.find('destination');
  if (destination) yield { role: 'destination', resource: application, at: destination };
  const automated = spec.find('syncPolicy', 'automated');
  if (automated) yield { role: 'automation', resource: application, at: automated.keyPlace };
}
