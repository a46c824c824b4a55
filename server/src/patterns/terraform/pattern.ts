import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { workspaceProject } from '../../languages/terraform/workspaceProject.ts';
import { definePattern } from '../../rules/pattern.ts';

export const pattern = definePattern({
  id: 'terraform',
  title: 'Terraform',
  category: 'infrastructure',
  summary: 'Describes the infrastructure below the cluster as code, in modules with inputs and outputs.',
  roles: {
    module: { title: 'module', required: true },
    provider: { title: 'provider with a version', required: true },
  },
  codes: [
    'argument-missing',
    'argument-type',
    'block-unknown',
    'deprecated-argument',
    'unknown-argument',
    'unknown-resource-type',
    'value-not-allowed',
  ],
  *recognize(graph) {
    const files = new Map(graph.all(TERRAFORM_FILE).map((resource) => [resource.uri, resource]));
    for (const module of workspaceProject(graph).modules) {
      const [first] = module.declarations;
      const resource = first && files.get(first.file.source.uri);
      if (!first || !resource) continue;
      const pinned = module.requiredProviders.find(({ version }) => version !== undefined);
      const provider = pinned && files.get(pinned.file.source.uri);
      const usesProviders = module.declarations.some(
        ({ kind }) => kind === 'resource' || kind === 'data' || kind === 'provider',
      );
      yield {
        pattern: 'terraform',
        name: module.folder.slice(module.folder.lastIndexOf('/') + 1),
        participants: [
          { role: 'module', resource, at: { source: first.file.source, span: first.nameSpan } },
          ...(pinned && provider
            ? [{ role: 'provider', resource: provider, at: { source: pinned.file.source, span: pinned.nameSpan } }]
            : []),
        ],
        missing: pinned || !usesProviders ? [] : ['provider'],
      };
    }
  },
});
