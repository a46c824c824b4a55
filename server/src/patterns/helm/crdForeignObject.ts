import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { OBJECT_TYPES } from '../naming/objectTypes.ts';
import { chartOf } from './templateFile.ts';

/** What lies in crds/ is applied once, before everything else, and never upgraded or deleted: right for definitions alone. */
export const rule = defineRule({
  id: 'helm/crd-foreign-object',
  severity: 'error',
  profile: 'recommended',
  types: OBJECT_TYPES,
  equivalents: ['helm:crds'],
  *check(resource, graph) {
    if (!chartOf(resource, 'crds', graph)) return;
    yield {
      at: resource.root.find('kind') ?? resource.root.entries[0] ?? resource.root,
      message: `The folder crds is for CustomResourceDefinitions; Helm neither upgrades nor deletes ${describe(resource)} there.`,
    };
  },
});
