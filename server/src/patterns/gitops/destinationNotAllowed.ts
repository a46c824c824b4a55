import { isParameter } from '../../workspace/edges/argoApplications.ts';
import { describe } from '../../workspace/resource.ts';
import { applicationRule } from './applicationRule.ts';
import { matchesGlob, projectOf } from './projectOf.ts';

/** The project does not let its Applications deploy there: Argo CD refuses. */
export const rule = applicationRule(
  'destination-not-allowed',
  'error',
  'recommended',
  function* ({ resource, spec, graph }) {
    const project = projectOf(resource, graph);
    const allowed = project?.root.find('spec', 'destinations');
    const destination = spec.find('destination');
    if (!project || !allowed?.known || !destination?.known) return;
    const namespace = destination.find('namespace');
    const cluster = destination.find('server') ?? destination.find('name');
    if (!namespace || !cluster || [namespace, cluster].some((node) => isParameter(node.text() ?? '{{'))) return;
    let isAllowed = false;
    let isUnclear = false;
    for (const entry of allowed.items) {
      const pattern = entry.text('namespace') ?? '';
      const isDenied = pattern.startsWith('!') || (entry.text(cluster.key!) ?? '').startsWith('!');
      if (isDenied) {
        if (matchesGlob(pattern.replace(/^!/, ''), namespace.text()!)) return;
        continue;
      }
      if (!matchesGlob(pattern, namespace.text()!)) continue;
      const of = entry.text(cluster.key!);
      // One side names the cluster by its URL, the other by its name.
      if (of === undefined) isUnclear = true;
      else if (matchesGlob(of, cluster.text()!)) isAllowed = true;
    }
    if (isAllowed || isUnclear) return;
    yield {
      at: namespace,
      message: `${describe(resource)} is not synchronised: ${describe(project)} does not allow namespace ${namespace.text()} of ${cluster.text()}.`,
      related: [{ at: allowed.keyPlace, message: 'These destinations are allowed.' }],
    };
  },
);
