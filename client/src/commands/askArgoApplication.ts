import type { ArgoApplication } from '../cluster/argoApplication.ts';
import { isArgoApplication } from '../cluster/argoApplication.ts';
import { type WorkloadReference, workloadPath } from '../cluster/workloadReference.ts';
import { askObject } from './askObject.ts';
import { askTarget } from './askTarget.ts';
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

/** Asks which Argo CD application is meant, and reads it. */
export async function askArgoApplication(
  context: CommandContext,
  argument: unknown,
  title: string,
): Promise<ChosenArgoApplication> {
  const { object } = await askObject(argument, {
    title,
    what: 'applications of Argo CD',
    mark: 'Application',
    accepts: isArgoApplication,
  });
  const place = await askTarget(context, undefined, title, object.metadata.namespace);
  const reference = { kind: 'Application', namespace: place.namespace, name: object.metadata.name };
  const where = `Application ${reference.namespace}/${reference.name} on ${place.context}`;
  const live = await withCluster(context, place.context, `Reading ${where}`, (api, signal) =>
    api.get(workloadPath(reference), signal),
  );
  return { context: place.context, reference, live: live as ArgoApplication, where };
}
