import type { HclFile } from '../languages/terraform/hclSyntax.ts';
import type { TerraformFile } from '../languages/terraform/terraformLanguage.ts';
import { folderOf, type TerraformModule } from '../languages/terraform/terraformModule.ts';
import { workspaceProject } from '../languages/terraform/workspaceProject.ts';
import type { ProviderSchemas } from '../schema/terraform/providerSchemas.ts';
import type { Cursor, FeatureSource } from './languageFeatures.ts';
import { valueTypes } from './terraformInspection.ts';
import { terraformSchemaCompletions } from './terraformSchemaCompletion.ts';
import { terraformSchemaHover } from './terraformSchemaHover.ts';
import type { ValueTypes } from './terraformValueTypes.ts';

/** What the schemas of providers and of Terraform's own blocks say at a cursor. */
export function terraformSchemaSource(schemas: ProviderSchemas): FeatureSource {
  const at = ({ file, snapshot }: Cursor): { types: ValueTypes; module: TerraformModule; hcl: HclFile } | undefined => {
    if (file.parsed.language !== 'terraform' || file.parsed.source.uri.endsWith('.lock.hcl')) return undefined;
    const { hcl } = file.parsed as TerraformFile;
    const module = workspaceProject(snapshot.graph).moduleAt(folderOf(hcl.source.uri));
    return module && { types: valueTypes(schemas, snapshot.graph), module, hcl };
  };
  return {
    *completions(cursor) {
      const found = at(cursor);
      if (found) yield* terraformSchemaCompletions(found.types, found.module, found.hcl, cursor.offset);
    },
    explain(cursor) {
      const found = at(cursor);
      return found && terraformSchemaHover(found.types, found.module, found.hcl, cursor.offset);
    },
  };
}
