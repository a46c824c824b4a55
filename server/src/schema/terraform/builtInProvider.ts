import { argument, body } from './languageMembers.ts';
import type { ProviderSchema, TerraformBody, TerraformTypeSchema } from './terraformSchema.ts';

const COMPUTED = { settable: false, computed: true };

const RESOURCES = new Map<string, TerraformBody>([
  [
    'terraform_data',
    body({
      input: argument('d', 'A value that is kept in the state, and given back as `output`.'),
      triggers_replace: argument('d', 'When this value changes, the resource is replaced.'),
      output: argument('d', 'What `input` holds, after apply.', COMPUTED),
      id: argument('s', 'A random id.', COMPUTED),
    }),
  ],
]);

const DATA_SOURCES = new Map<string, TerraformBody>([
  [
    'terraform_remote_state',
    body({
      backend: argument('s', 'The type of the backend that holds the state.', {
        required: true,
        values: ['local', 'remote', 's3', 'gcs', 'azurerm', 'http', 'consul', 'kubernetes', 'pg'],
      }),
      config: argument('d', 'The arguments of the backend.'),
      defaults: argument('d', 'Outputs where the state has none.'),
      workspace: argument('s', 'The workspace to read.'),
      outputs: argument('d', 'The outputs of the root module of that state.', COMPUTED),
    }),
  ],
]);

/** The provider that Terraform itself carries. */
export const BUILT_IN_PROVIDER: ProviderSchema = {
  name: 'terraform',
  source: 'terraform.io/builtin/terraform',
  version: undefined,
  origin: 'installed',
  types: (kind) => [...(kind === 'resource' ? RESOURCES : kind === 'data' ? DATA_SOURCES : new Map()).keys()],
  find(kind, type): TerraformTypeSchema | undefined {
    const found = kind === 'resource' ? RESOURCES.get(type) : kind === 'data' ? DATA_SOURCES.get(type) : undefined;
    return found && { name: type, kind, provider: BUILT_IN_PROVIDER, body: found };
  },
};
