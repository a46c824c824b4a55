import { defineRule } from '../../rules/contract.ts';
import { OBJECT_TYPES } from '../naming/objectTypes.ts';
import { annotation } from './hooks.ts';

/** Hooks run in the order of their weights; Helm takes one that is no whole number for 0. */
export const rule = defineRule({
  id: 'helm/hook-weight-invalid',
  severity: 'warning',
  profile: 'recommended',
  types: OBJECT_TYPES,
  *check(resource) {
    const node = annotation(resource, 'helm.sh/hook-weight');
    // A number without quotes is no annotation at all, which the schema says.
    if (typeof node?.scalar !== 'string' || /^[+-]?\d+$/.test(node.scalar)) return;
    yield {
      at: node,
      message: `The hook weight ${node.scalar === '' ? '""' : node.scalar} is no whole number, so Helm takes it for 0.`,
    };
  },
});
