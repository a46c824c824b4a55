import { isClusterScoped } from '../../languages/yaml/kubernetesTypes.ts';
import { APPLICATION, deployedBy } from '../../workspace/edges/argoApplications.ts';
import { describe } from '../../workspace/resource.ts';
import { applicationRule } from './applicationRule.ts';
import { matchesGlob, projectOf } from './projectOf.ts';

/** The project lets its Applications make no such objects without a namespace: the synchronisation fails. */
export const rule = applicationRule('kind-not-allowed', 'error', 'recommended', function* ({ resource, spec, graph }) {
  if (resource.type !== APPLICATION) return;
  const project = projectOf(resource, graph);
  if (!project?.root.known) return;
  const allowed = project.root.find('spec', 'clusterResourceWhitelist');
  const denied = project.root.find('spec', 'clusterResourceBlacklist');
  const fits = (list: typeof allowed, group: string, kind: string): boolean =>
    (list?.items ?? []).some(
      (entry) => matchesGlob(entry.text('group') ?? '', group) && matchesGlob(entry.text('kind') ?? '', kind),
    );
  const told = new Set<string>();
  for (const object of deployedBy(resource, graph)) {
    const { kind, type } = object;
    if (!isClusterScoped(type) || told.has(type)) continue;
    const group = type.includes('/') ? type.slice(0, type.indexOf('/')) : '';
    if (fits(allowed, group, kind) && !fits(denied, group, kind)) continue;
    told.add(type);
    yield {
      at: spec.find('project')!,
      message: `${describe(resource)} is not synchronised: ${describe(project)} does not allow ${kind} objects, and ${describe(object)} is deployed.`,
      related: [{ at: object.root.find('kind') ?? object.root, message: 'This object is not allowed.' }],
    };
  }
});
