import { APPLICATION, deployedBy } from '../../workspace/edges/argoApplications.ts';
import { label, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

const MOST = 20;

/** The objects that an Application deploys from this workspace, as a list; undefined where none are known. */
export function explainDeployed(application: Resource, graph: ResourceGraph): string | undefined {
  if (application.type !== APPLICATION) return undefined;
  const names = [...new Set(deployedBy(application, graph).map(label))];
  if (names.length === 0) return undefined;
  const more = names.length > MOST ? [`- and ${names.length - MOST} more`] : [];
  return ['**Deploys from here:**', '', ...names.slice(0, MOST).map((name) => `- ${name}`), ...more].join('\n');
}
