import type { HclFile } from '../languages/terraform/hclSyntax.ts';
import type { TerraformFile } from '../languages/terraform/terraformLanguage.ts';
import { folderOf, type TerraformModule } from '../languages/terraform/terraformModule.ts';
import { workspaceProject } from '../languages/terraform/workspaceProject.ts';
import type { ProviderSchemas } from '../schema/terraform/providerSchemas.ts';
import type { FeatureSource, FileState } from './languageFeatures.ts';
import { attributePlaces } from './terraformAttributePlaces.ts';
import { valueTypes } from './terraformInspection.ts';
import { terraformLinks } from './terraformLinks.ts';
import { terraformSchemaCompletions } from './terraformSchemaCompletion.ts';
import { terraformSchemaHover } from './terraformSchemaHover.ts';
import type { ValueTypes } from './terraformValueTypes.ts';

/** What the schemas of providers and of Terraform's own blocks say at a cursor. */
export function terraformSchemaSource(schemas: ProviderSchemas): FeatureSource {
  const at = ({
    file,
    snapshot,
  }: FileState): { types: ValueTypes; module: TerraformModule; hcl: HclFile } | undefined => {
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
    *definitions(cursor) {
      const found = at(cursor);
      if (found) yield* attributePlaces(found.module, found.hcl, cursor.offset);
    },
    *links(state) {
      const found = at(state);
      if (found) yield* terraformLinks(found.types.of(found.module), found.hcl);
    },
    explain(cursor) {
      const found = at(cursor);
      return found && terraformSchemaHover(found.types, found.module, found.hcl, cursor.offset);
    },
  };
}
