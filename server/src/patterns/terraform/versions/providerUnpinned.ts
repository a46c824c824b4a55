import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { attributeIn } from '../../../languages/terraform/terraformModule.ts';
import { moduleOfFile, workspaceProject } from '../../../languages/terraform/workspaceProject.ts';
import { defineRule, type Finding } from '../../../rules/contract.ts';
import { BUILT_IN_PROVIDERS, usedProviders } from './usedProviders.ts';

/** A provider without a version is whatever is newest on the day of `terraform init`. */
export const rule = defineRule({
  id: 'terraform/provider-unpinned',
  severity: 'information',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_required_providers'],
  *check(resource, graph): Iterable<Finding> {
    const module = moduleOfFile(resource, graph);
    if (!module || module.isPartial || module.files.some(({ problems }) => problems.length > 0)) return;
    const isCalled = workspaceProject(graph).callersOf(module).length > 0;
    const required = new Map(module.requiredProviders.map((provider) => [provider.name, provider]));
    for (const { file, name, source, version, span, nameSpan, aliases } of module.requiredProviders) {
      if (file.source.uri !== resource.uri) continue;
      const at = { source: file.source, span: nameSpan };
      const entry = file.source.slice(span);
      // What a caller passes is the caller's choice; an entry that is not constant cannot be read.
      const isOpen = version === undefined ? !/\bversion\b/.test(entry) : version.trim() === '';
      if (isOpen && aliases.length === 0) {
        yield {
          at,
          message: `The provider ${name} has no version constraint.`,
          ...(isCalled ? { strict: true } : {}),
        };
      }
      if (source === undefined && !/\bsource\b/.test(entry) && !BUILT_IN_PROVIDERS.has(name)) {
        yield { at, message: `The provider ${name} names no source, so hashicorp/${name} is taken.`, strict: true };
      }
    }
    for (const [name, place] of usedProviders(module)) {
      if (required.has(name) || place.source.uri !== resource.uri || hasOwnVersion(module, name)) continue;
      yield {
        at: place,
        message: `The provider ${name} is not among required_providers, so its version and source are left open.`,
        ...(isCalled ? { strict: true } : {}),
      };
    }
    for (const { kind, node, file } of module.declarations) {
      if (kind !== 'provider' || node.kind !== 'block' || file.source.uri !== resource.uri) continue;
      const version = attributeIn(node.body, 'version');
      if (!version) continue;
      yield {
        at: { source: file.source, span: version.nameSpan },
        message: `The version of the provider ${node.labels[0]?.value ?? ''} belongs into required_providers; here it is deprecated.`,
      };
    }
  },
});

type Module = NonNullable<ReturnType<typeof moduleOfFile>>;

/** The old place of a version, of which the check of provider blocks speaks. */
function hasOwnVersion(module: Module, name: string): boolean {
  return module.declarations.some(
    ({ kind, node }) =>
      kind === 'provider' &&
      node.kind === 'block' &&
      node.labels[0]?.value === name &&
      attributeIn(node.body, 'version') !== undefined,
  );
}
