import type { TerraformModule } from '../../languages/terraform/terraformModule.ts';
import type { TerraformProblem } from '../../languages/terraform/terraformProblem.ts';
import type { TerraformProject } from '../../languages/terraform/terraformProject.ts';
import { moduleOfFile, workspaceProject } from '../../languages/terraform/workspaceProject.ts';
import type { Finding } from '../../rules/contract.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** What a finder says of one file; it looks at a module once per graph, whichever file asks first. */
export function* moduleProblems(
  find: (project: TerraformProject, module: TerraformModule) => readonly TerraformProblem[],
  code: string,
  resource: Resource,
  graph: ResourceGraph,
): Iterable<Finding> {
  const module = moduleOfFile(resource, graph);
  if (!module) return;
  const problems = graph.memo(`terraform ${code} ${module.folder}`, () => find(workspaceProject(graph), module));
  for (const problem of problems) {
    if (problem.code !== code || problem.source.uri !== resource.uri) continue;
    yield {
      at: { source: problem.source, span: problem.span },
      message: problem.message,
      ...(problem.related
        ? { related: problem.related.map(({ source, span, message }) => ({ at: { source, span }, message })) }
        : {}),
    };
  }
}
