import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { HclFile } from './hclSyntax.ts';
import { INSTALLED_MODULES, type InstalledModules, installedFolders } from './installedModules.ts';
import { INSTALLED_TERRAFORM_FILE, TERRAFORM_FILE } from './terraformLanguage.ts';
import { folderOf, moduleOf, type TerraformModule } from './terraformModule.ts';
import { projectOf, type TerraformProject } from './terraformProject.ts';

/** The modules of the workspace, one for each folder with Terraform files; built once per graph. */
export function workspaceProject(graph: ResourceGraph): TerraformProject {
  return graph.memo('terraform project', () => {
    const byFolder = new Map<string, HclFile[]>();
    const partial = new Set<string>();
    for (const { uri, model } of [...graph.all(TERRAFORM_FILE), ...graph.all(INSTALLED_TERRAFORM_FILE)]) {
      const folder = folderOf(uri);
      // What follows a fault in JSON may not have been read.
      if (uri.endsWith('.json') && (model as HclFile).problems.length > 0) partial.add(folder);
      byFolder.set(folder, [...(byFolder.get(folder) ?? []), model as HclFile]);
    }
    const modules = [...byFolder].map(([folder, files]) => moduleOf(files, { isPartial: partial.has(folder) }));
    const lists = graph.all(INSTALLED_MODULES).map(({ model }) => model as InstalledModules);
    return projectOf(modules, installedFolders(lists));
  });
}

/** The module that a Terraform file belongs to. */
export function moduleOfFile({ uri }: Pick<Resource, 'uri'>, graph: ResourceGraph): TerraformModule | undefined {
  return workspaceProject(graph).moduleAt(folderOf(uri));
}
