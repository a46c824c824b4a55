import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { HclFile } from './hclSyntax.ts';
import { TERRAFORM_FILE } from './terraformLanguage.ts';
import { folderOf, moduleOf, type TerraformModule } from './terraformModule.ts';
import { projectOf, type TerraformProject } from './terraformProject.ts';

/** The modules of the workspace, one for each folder with Terraform files; built once per graph. */
export function workspaceProject(graph: ResourceGraph): TerraformProject {
  return graph.memo('terraform project', () => {
    const byFolder = new Map<string, HclFile[]>();
    for (const { uri, model } of graph.all(TERRAFORM_FILE)) {
      const folder = folderOf(uri);
      byFolder.set(folder, [...(byFolder.get(folder) ?? []), model as HclFile]);
    }
    return projectOf([...byFolder.values()].map((files) => moduleOf(files)));
  });
}

/** The module that a Terraform file belongs to. */
export function moduleOfFile({ uri }: Pick<Resource, 'uri'>, graph: ResourceGraph): TerraformModule | undefined {
  return workspaceProject(graph).moduleAt(folderOf(uri));
}
