import { hclNode } from '../../../languages/terraform/hclNode.ts';
import { constantsOf } from '../../../languages/terraform/moduleConstants.ts';
import { workspaceProject } from '../../../languages/terraform/workspaceProject.ts';
import { defineRule } from '../../../rules/contract.ts';
import { demandOf } from '../../../rules/parts/policies.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { blockOf, type TerraformBlock } from '../parts/terraformBlock.ts';
import { TAGGING, type Tagging } from './taggedTypes.ts';

/** Bills and clean-ups go by tags: `policies.terraform.requiredTags` of slipway.yaml. */
export const rule = defineRule({
  id: 'terraform/tag-missing',
  severity: 'warning',
  profile: 'recommended',
  types: [...TAGGING.keys()].map((type) => `terraform/${type}`),
  equivalents: ['kics:resource_not_using_tags'],
  *check(resource, graph) {
    const demand = demandOf(resource, graph, 'terraform');
    const required = demand?.policy.requiredTags ?? [];
    if (!demand || required.length === 0) return;
    const block = blockOf(resource, graph);
    const tagging = block && TAGGING.get(block.type);
    if (!block || !tagging || workspaceProject(graph).callersOf(block.module).length > 0) return;
    const inherited = defaultTags(block, tagging, graph);
    const own = block.node.find(tagging.argument);
    if (inherited.some((tags) => !tags.known) || (own ? !own.known : !block.node.lacks(tagging.argument))) return;
    for (const name of required) {
      if (own?.find(name) || inherited.some((tags) => tags.find(name))) continue;
      yield {
        at: own?.keyPlace ?? block.namePlace,
        message: `${block.address} lacks the ${tagging.noun} ${name}.`,
        ...demand.because('requiredTags'),
      };
    }
  },
});

/** The maps of tags that the module's own blocks of the provider give to all resources. */
function defaultTags({ module }: TerraformBlock, { provider, defaults }: Tagging, graph: ResourceGraph): SourceNode[] {
  const [first, ...rest] = defaults;
  if (first === undefined) return [];
  return module.declarations.flatMap(({ kind, node, file }) => {
    if (kind !== 'provider' || node.kind !== 'block' || node.labels[0]?.value !== provider) return [];
    const written = hclNode(file.source, node.body, constantsOf(module, graph)).find(first);
    // A block may be repeated as far as the grammar goes.
    const map = written?.kind === 'list' ? written.items[0] : written;
    return map?.find(...rest) ?? map ?? [];
  });
}
