import { TERRAFORM_FILE } from '../../languages/terraform/terraformLanguage.ts';
import { workspaceProject } from '../../languages/terraform/workspaceProject.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';

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
      const byFile = new Map<string, Participant>();
      for (const { file, nameSpan } of module.declarations) {
        const resource = files.get(file.source.uri);
        if (!resource || byFile.has(resource.uri)) continue;
        byFile.set(resource.uri, { role: 'module', resource, at: { source: file.source, span: nameSpan } });
      }
      if (byFile.size === 0) continue;
      const pinned = module.requiredProviders.find(({ version }) => version !== undefined);
      const provider = pinned && files.get(pinned.file.source.uri);
      const usesProviders = module.declarations.some(
        ({ kind }) => kind === 'resource' || kind === 'data' || kind === 'provider',
      );
      yield {
        pattern: 'terraform',
        name: module.folder.slice(module.folder.lastIndexOf('/') + 1),
        participants: [
          ...byFile.values(),
          ...(pinned && provider
            ? [{ role: 'provider', resource: provider, at: { source: pinned.file.source, span: pinned.nameSpan } }]
            : []),
        ],
        missing: pinned || !usesProviders ? [] : ['provider'],
      };
    }
  },
});
