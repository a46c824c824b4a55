import { Uri } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import type { Workload } from '../cluster/workload.ts';
import type { ManifestDocument } from '../delivery/manifest.ts';
import { type ColourPair, colourPairOf } from '../delivery/progressive/blueGreen.ts';
import { manifestsIn } from './applicationFiles.ts';
import { askObject, type ObjectInFile } from './askObject.ts';
import type { CommandContext } from './command.ts';

/** A Service that chooses between two Deployments of the workspace. */
export interface ColourPairInFiles extends ObjectInFile {
  readonly pair: ColourPair;
  /** Where the Deployments stand. */
  readonly deployments: readonly ManifestDocument[];
}

/** Asks which blue-green Service is meant; in the files of the workspace both Deployments have to be found. */
export async function askColourPair(
  { server }: CommandContext,
  argument: unknown,
  title: string,
): Promise<ColourPairInFiles> {
  const uris = new Set(
    (await server.workloads()).filter(({ kind }) => kind === 'Deployment').map(({ location }) => location.uri),
  );
  const deployments = (await Promise.all([...uris].map((uri) => readable(Uri.parse(uri))))).flat();
  const pairOf = (object: ObjectInFile['object']): ColourPair | undefined =>
    colourPairOf(
      object,
      deployments
        .map((document) => document.object as Workload)
        .filter(
          ({ metadata }) =>
            (metadata.namespace ?? object.metadata.namespace) === (object.metadata.namespace ?? metadata.namespace),
        ),
    );
  const found = await askObject(argument, {
    title,
    what: 'Services that choose between two Deployments by one label',
    mark: 'Service',
    accepts: (object) => object.apiVersion === 'v1' && object.kind === 'Service' && pairOf(object) !== undefined,
  });
  return { ...found, pair: pairOf(found.object)!, deployments };
}

/** The Deployments of a file; none of a file that cannot be read as manifests. */
async function readable(uri: Uri): Promise<ManifestDocument[]> {
  try {
    return (await manifestsIn(uri)).filter(({ object }) => object.kind === 'Deployment');
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}
