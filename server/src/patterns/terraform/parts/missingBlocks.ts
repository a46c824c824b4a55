import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import type { TerraformModule } from '../../../languages/terraform/terraformModule.ts';
import { isUndeclared } from '../../../languages/terraform/undefinedReferences.ts';
import { workspaceProject } from '../../../languages/terraform/workspaceProject.ts';
import type { Place } from '../../../text/sourceNode.ts';
import type { Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';

/** A resource that blocks of its module refer to and that no file of the module declares. */
export interface MissingBlock {
  /** `aws_sqs_queue.work`. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly module: TerraformModule;
  /** The blocks that refer to it, each once; the file for those that are neither `resource` nor `data`. */
  readonly users: readonly { readonly resource: Resource; readonly at: Place }[];
}

/** The resources of these types that are referred to and certainly not declared, in all modules of the workspace. */
export function missingBlocks(graph: ResourceGraph, ...types: readonly string[]): readonly MissingBlock[] {
  const all = graph.memo('missing terraform blocks', () =>
    workspaceProject(graph).modules.flatMap((module) => inModule(module, graph)),
  );
  return all.filter(({ type }) => types.includes(type));
}

function inModule(module: TerraformModule, graph: ResourceGraph): readonly MissingBlock[] {
  const found = new Map<string, MissingBlock & { readonly users: { resource: Resource; at: Place }[] }>();
  for (const file of module.files) {
    for (const reference of module.referencesOf(file).references) {
      const { kind, address, name, span, block } = reference;
      if (kind !== 'resource' || !isUndeclared(module, reference)) continue;
      const missing = found.get(address) ?? {
        address,
        type: address.slice(0, -name.length - 1),
        name,
        module,
        users: [],
      };
      found.set(address, missing);
      const inFile = graph.inFile(file.source.uri);
      const resource =
        inFile.find(({ root, type }) => type !== TERRAFORM_FILE && root.span.start === block?.span.start) ??
        inFile.find(({ type }) => type === TERRAFORM_FILE);
      if (resource && missing.users.every((user) => user.resource !== resource))
        missing.users.push({ resource, at: { source: file.source, span } });
    }
  }
  return [...found.values()];
}
