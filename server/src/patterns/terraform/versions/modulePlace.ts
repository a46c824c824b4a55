import type { HclBlock } from '../../../languages/terraform/hclSyntax.ts';
import type { TerraformModule } from '../../../languages/terraform/terraformModule.ts';
import { moduleOfFile, workspaceProject } from '../../../languages/terraform/workspaceProject.ts';
import type { Place } from '../../../text/sourceNode.ts';
import type { Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';

/** Declarations that need a provider or another module, so that the versions of both matter. */
const NEEDS_VERSIONS: ReadonlySet<string> = new Set(['resource', 'data', 'ephemeral', 'module', 'provider']);

/** The module of a file, when `place`, where something that the whole module lacks is shown, lies in that file. */
export interface ModulePlace {
  readonly module: TerraformModule;
  /** The word `terraform` of the settings; else the first declaration, in `main.tf` where that exists. */
  readonly place: Place;
  /** No module of the workspace calls it: it is what `terraform apply` is run in, or it is published. */
  readonly isRoot: boolean;
}

/** Undefined for every file but the one in which the module's own lacks are shown, and for modules without resources. */
export function modulePlace(resource: Resource, graph: ResourceGraph): ModulePlace | undefined {
  const module = moduleOfFile(resource, graph);
  if (!module || module.isPartial || module.files.some(({ problems }) => problems.length > 0)) return undefined;
  const declarations = module.declarations.filter(({ kind }) => NEEDS_VERSIONS.has(kind));
  const first =
    declarations.find(({ file }) => /\/main\.(?:tf|tofu)(?:\.json)?$/.test(file.source.uri)) ?? declarations[0];
  // Settings are written for a module that is run, whatever else it holds.
  const at = module.settings[0] ?? (first && { file: first.file, block: first.node as HclBlock });
  if (!at) return undefined;
  if (at.file.source.uri !== resource.uri) return undefined;
  return {
    module,
    place: { source: at.file.source, span: at.block.typeSpan },
    isRoot: workspaceProject(graph).callersOf(module).length === 0,
  };
}

/** `environments/production`: the last folders of a module's URI, as a reader knows it. */
export function folderName({ folder }: TerraformModule): string {
  return decodeURIComponent(folder.slice(folder.lastIndexOf('/') + 1));
}
