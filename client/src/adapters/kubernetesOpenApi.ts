import { throwIfCancelled } from '../cluster/cancellation.ts';
import { Failure } from '../cluster/failure.ts';
import { KubernetesApi, type KubernetesApiOptions } from './kubernetesApi.ts';

/** Reads a JSON document from the API server. */
type ReadJson = (path: string, signal: AbortSignal) => Promise<unknown>;

/** Groups and versions of objects; what else the index lists (logs, version) describes none. */
const OF_OBJECTS = /^(?:api\/v\d|apis\/[^/]+\/v\d)/;

/**
 * The OpenAPI v3 documents of an API server, one for each group and version: the built-in kinds and every custom resource
 * that is installed. Kubernetes has them since 1.24. The document of a group whose server is down is left out.
 */
export async function readOpenApi(read: ReadJson, signal: AbortSignal): Promise<readonly unknown[]> {
  const index = (await read('/openapi/v3', signal)) as {
    paths?: Readonly<Record<string, { serverRelativeURL?: string }>>;
  };
  const documents: unknown[] = [];
  for (const [path, { serverRelativeURL }] of Object.entries(index.paths ?? {})) {
    throwIfCancelled(signal);
    if (!OF_OBJECTS.test(path)) continue;
    try {
      documents.push(await read(serverRelativeURL ?? `/openapi/v3/${path}`, signal));
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === 'cancelled') throw error;
    }
  }
  return documents;
}

/** The same over a connection of its own, which ends with the reading. */
export async function readClusterOpenApi(
  options: KubernetesApiOptions,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const api = new KubernetesApi(options);
  try {
    return await readOpenApi((path, during) => api.get(path, during), signal);
  } finally {
    api.dispose();
  }
}
