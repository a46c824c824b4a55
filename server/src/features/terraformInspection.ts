import type { TerraformFile } from '../languages/terraform/terraformLanguage.ts';
import { folderOf } from '../languages/terraform/terraformModule.ts';
import { workspaceProject } from '../languages/terraform/workspaceProject.ts';
import type { ProviderSchemas } from '../schema/terraform/providerSchemas.ts';
import type { ResourceGraph } from '../workspace/resourceGraph.ts';
import type { Inspection } from './diagnostics.ts';
import { SchemaCheck, type SchemaFault } from './terraformSchemaCheck.ts';
import { ValueTypes } from './terraformValueTypes.ts';

/** What another extension that knows the schemas of providers says as well. */
export const TERRAFORM_SCHEMA_FAULTS: ReadonlySet<string> = new Set(
  (
    [
      'argument-missing',
      'argument-type',
      'block-unknown',
      'deprecated-argument',
      'unknown-argument',
      'unknown-resource-type',
      'value-not-allowed',
    ] satisfies readonly SchemaFault[]
  ).map((fault) => `terraform/${fault}`),
);

/** Finds what does not fit the schema of its provider, or of Terraform's own blocks. */
export function terraformInspection(schemas: ProviderSchemas): Inspection {
  return function* inspect({ parsed }, { graph }) {
    const { uri } = parsed.source;
    // A downloaded module is others' work.
    if (parsed.language !== 'terraform' || !/\.(?:tf|tofu)$/.test(uri) || uri.includes('/.terraform/')) return;
    const { hcl } = parsed as TerraformFile;
    const module = workspaceProject(graph).moduleAt(folderOf(uri));
    if (module) yield* new SchemaCheck(valueTypes(schemas, graph), module, hcl).findings();
  };
}

/** One for each state of the workspace and of the schemas that were read from initialised folders. */
export function valueTypes(schemas: ProviderSchemas, graph: ResourceGraph): ValueTypes {
  const key = `terraform value types ${schemas.generation}`;
  return graph.memo(key, () => new ValueTypes(workspaceProject(graph), schemas));
}
