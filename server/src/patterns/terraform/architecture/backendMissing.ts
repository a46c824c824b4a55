import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { blocksIn } from '../../../languages/terraform/terraformModule.ts';
import { defineRule } from '../../../rules/contract.ts';
import { folderName, modulePlace } from '../versions/modulePlace.ts';

/** A state on one machine is lost with it, and two people overwrite each other's. */
export const rule = defineRule({
  id: 'terraform/backend-missing',
  severity: 'information',
  profile: 'strict',
  types: [TERRAFORM_FILE],
  *check(resource, graph) {
    const found = modulePlace(resource, graph);
    // Only what configures a provider is applied by itself; a module without one is meant to be called.
    if (!found?.isRoot || !found.module.declarations.some(({ kind }) => kind === 'provider')) return;
    const { module, place } = found;
    let isRemote = false;
    for (const { file, block } of module.settings) {
      for (const backend of blocksIn(block.body, 'backend')) {
        isRemote = true;
        const [label] = backend.labels;
        if (label?.value !== 'local' || file.source.uri !== resource.uri) continue;
        yield {
          at: { source: file.source, span: label.span },
          message: `The state of ${folderName(module)} is kept on the machine of whoever applies it.`,
        };
      }
      if (blocksIn(block.body, 'cloud').length > 0) isRemote = true;
    }
    if (!isRemote)
      yield {
        at: place,
        message: `The state of ${folderName(module)} is kept on the machine of whoever applies it: no backend is set.`,
      };
  },
});
