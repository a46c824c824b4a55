import {
  type ClusterSchemasParams,
  type ClusterSchemasResult,
  clusterSchemasRequest,
} from '../../../protocol/slipwayProtocol.ts';
import type { LspFeature } from './lspFeature.ts';

/** Takes over what the client read of the chosen cluster: the server itself asks no cluster. */
export const clusterSchemas: LspFeature = {
  name: 'cluster schemas',
  capabilities: () => ({ experimental: { slipway: [clusterSchemasRequest] } }),
  register({ connection, faults, schemas, workspace }) {
    connection.onRequest(
      clusterSchemasRequest,
      faults.request<ClusterSchemasParams | undefined, ClusterSchemasResult>(
        clusterSchemasRequest,
        { kinds: 0 },
        (params) => {
          const documents = Array.isArray(params?.documents) ? params.documents : [];
          const kinds = schemas.cluster.replace(documents, schemas.bundle, String(params?.context ?? ''));
          workspace.reconsider();
          return { kinds };
        },
      ),
    );
  },
};
