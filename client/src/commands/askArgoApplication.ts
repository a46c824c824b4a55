import type { ArgoApplication } from '../cluster/argoApplication.ts';
import { isArgoApplication } from '../cluster/argoApplication.ts';
import { type WorkloadReference, workloadPath } from '../cluster/workloadReference.ts';
import { askObject } from './askObject.ts';
import { askTarget } from './askTarget.ts';
import { clusterArgument } from './clusterArgument.ts';
import type { CommandContext } from './command.ts';
import { withCluster } from './withCluster.ts';

/** An application of the workspace, as it is in a cluster. */
export interface ChosenArgoApplication {
  readonly context: string;
  readonly reference: WorkloadReference;
  readonly live: ArgoApplication;
  /** The application with its place, for dialogs. */
  readonly where: string;
}

/** Reads the Argo CD application that a node of the Cluster view names, else one of the workspace that the person chooses. */
export async function askArgoApplication(
  context: CommandContext,
  argument: unknown,
  title: string,
): Promise<ChosenArgoApplication> {
  const { namespace, name, context: contextName } = await askPlace(context, argument, title);
  const reference = { kind: 'Application', namespace, name };
  const where = `Application ${namespace}/${name} on ${contextName}`;
  const live = await withCluster(context, contextName, `Reading ${where}`, (api, signal) =>
    api.get(workloadPath(reference), signal),
  );
  return { context: contextName, reference, live: live as ArgoApplication, where };
}

async function askPlace(
  context: CommandContext,
  argument: unknown,
  title: string,
): Promise<{ readonly context: string; readonly namespace: string; readonly name: string }> {
  const given = clusterArgument(argument);
  if (
    given.object?.type?.kind === 'Application' &&
    given.context !== undefined &&
    given.object.namespace !== undefined
  ) {
    return { context: given.context, namespace: given.object.namespace, name: given.object.name };
  }
  const { object } = await askObject(argument, {
    title,
    what: 'applications of Argo CD',
    mark: 'Application',
    accepts: isArgoApplication,
  });
  const place = await askTarget(context, undefined, title, object.metadata.namespace);
  return { ...place, name: object.metadata.name };
}
