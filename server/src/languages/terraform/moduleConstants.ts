import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import type { EvaluationScope } from './evaluateHcl.ts';
import { moduleScope } from './moduleScope.ts';
import { isValuesFile } from './terraformFileNames.ts';
import type { TerraformModule } from './terraformModule.ts';
import { workspaceProject } from './workspaceProject.ts';

/**
 * The constants of a module as its callers leave them: a variable that a caller or a file of values sets is unknown,
 * whatever its default.
 */
export function constantsOf(module: TerraformModule, graph: ResourceGraph): EvaluationScope {
  return graph.memo(`terraform constants ${module.folder}`, () => {
    const set = new Set<string>();
    for (const { call } of workspaceProject(graph).callersOf(module)) {
      if (call.node.kind !== 'block') continue;
      for (const item of call.node.body.items) if (item.kind === 'attribute') set.add(`var.${item.name}`);
    }
    for (const file of module.files) {
      if (!isValuesFile(file.source.uri)) continue;
      for (const item of file.body.items) if (item.kind === 'attribute') set.add(`var.${item.name}`);
    }
    const byAddress = new Map([...module.byAddress].filter(([address]) => !set.has(address)));
    return moduleScope({ ...module, byAddress });
  });
}
