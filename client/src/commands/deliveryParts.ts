import { Uri, window } from 'vscode';
import type { ApplicationNode } from '../../../protocol/slipwayProtocol.ts';
import { DEFAULT_ENGINE } from '../adapters/deliveryEngines.ts';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import { isWorkload } from '../cluster/workload.ts';
import type { BuildRequest } from '../delivery/buildRequest.ts';
import { parseImageReference, repositoryOf } from '../delivery/imageReference.ts';
import type { DeployIntent } from '../delivery/intent.ts';
import type { ManifestDocument } from '../delivery/manifest.ts';
import { orDismissed } from './orDismissed.ts';

/** The engine that the settings name. */
export function chosenEngine(): string {
  return slipwaySettings.engine() ?? DEFAULT_ENGINE;
}

/** The build of an application's Dockerfile into the engine's store. */
export function buildOf({ dockerfile, folder }: ApplicationNode, reference: string): BuildRequest {
  return {
    reference,
    contextFolder: Uri.parse(folder).fsPath,
    dockerfile: Uri.parse(dockerfile).fsPath,
    output: 'engine',
  };
}

/** How the settings want rollouts watched. */
export function watchOptions(): NonNullable<DeployIntent['watch']> {
  return {
    timeoutMilliseconds: slipwaySettings.rolloutTimeoutMilliseconds(),
    undoOnFailure: slipwaySettings.undoFailedRollouts(),
  };
}

/**
 * The documents to deploy with a new image. Where several workloads run the image, as in a canary, the person says which
 * of them get it; the others are not touched.
 */
export async function documentsForImage(
  documents: readonly ManifestDocument[],
  reference: string,
  purpose: string,
): Promise<readonly ManifestDocument[]> {
  const runs = documents.filter(({ object }) => isWorkload(object) && runsImage(object, reference));
  if (runs.length <= 1) return documents;
  const choices = orDismissed(
    await window.showQuickPick(
      runs.map((document) => ({
        label: `${document.object.kind} ${document.object.metadata.name}`,
        description: document.file,
        document,
      })),
      {
        title: purpose,
        placeHolder: `Which workloads get ${reference}? The others stay as they are.`,
        canPickMany: true,
        ignoreFocusOut: true,
      },
    ),
  );
  const chosen = new Set(choices.map(({ document }) => document));
  return documents.filter((document) => !runs.includes(document) || chosen.has(document));
}

function runsImage(object: ManifestDocument['object'], reference: string): boolean {
  const spec = (object['spec'] as { template?: { spec?: { containers?: { image?: string }[] } } } | undefined)?.template
    ?.spec;
  const repository = repositoryOf(parseImageReference(reference));
  return (spec?.containers ?? []).some(({ image }) => image !== undefined && repositoryOfImage(image) === repository);
}

function repositoryOfImage(image: string): string | undefined {
  try {
    return repositoryOf(parseImageReference(image));
  } catch {
    // A template's placeholder is no reference, and runs no image that is known here.
    return undefined;
  }
}
