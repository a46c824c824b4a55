import {
  type ProviderSchemasParams,
  type ProviderSchemasResult,
  providerSchemasRequest,
} from '../../../protocol/slipwayProtocol.ts';
import { canonicalUri } from './canonicalUri.ts';
import type { LspFeature } from './lspFeature.ts';

/** Takes over the schemas of installed Terraform providers: the client runs `terraform`, the server only reads. */
export const providerSchemas: LspFeature = {
  name: 'provider schemas',
  capabilities: () => ({ experimental: { slipway: [providerSchemasRequest] } }),
  register({ connection, faults, schemas, workspace }) {
    connection.onRequest(
      providerSchemasRequest,
      faults.request<ProviderSchemasParams | undefined, ProviderSchemasResult>(
        providerSchemasRequest,
        { providers: 0 },
        async (params) => {
          const folder = canonicalUri(String(params?.folder ?? '')).replace(/\/$/, '');
          const file = typeof params?.file === 'string' ? params.file : undefined;
          const providers = await schemas.installProviders(folder, file);
          workspace.reconsider();
          return { providers };
        },
      ),
    );
  },
};
