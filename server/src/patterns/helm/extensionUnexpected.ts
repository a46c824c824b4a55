import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { OBJECT_TYPES } from '../naming/objectTypes.ts';
import { isInTemplates } from './templateFile.ts';

/** `helm lint` wants templates to end in .yaml, .yml, .tpl or .txt. */
export const rule = defineRule({
  id: 'helm/extension-unexpected',
  severity: 'warning',
  profile: 'strict',
  types: OBJECT_TYPES,
  equivalents: ['helm:template'],
  *check(resource, graph) {
    const extension = /\.[^./]+$/.exec(resource.uri)?.[0] ?? '';
    if (['.yaml', '.yml', '.tpl', '.txt'].includes(extension) || !isInTemplates(resource, graph)) return;
    yield {
      at: (resource.root.find('kind') ?? resource.root.entries[0] ?? resource.root).keyPlace,
      message: `The template of ${describe(resource)} ends in ${extension}, where helm lint wants .yaml.`,
    };
  },
});
