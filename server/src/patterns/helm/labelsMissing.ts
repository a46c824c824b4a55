import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { OBJECT_TYPES } from '../naming/objectTypes.ts';
import { isInTemplates } from './templateFile.ts';

const LABELS = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/managed-by',
  'helm.sh/chart',
];

/** Helm's own guide asks for these labels on every object, so that a release can be found again. */
export const rule = defineRule({
  id: 'helm/labels-missing',
  severity: 'information',
  profile: 'strict',
  types: OBJECT_TYPES,
  *check(resource, graph) {
    if (!isInTemplates(resource, graph) || !resource.root.lacks('metadata', 'annotations', 'helm.sh/hook')) return;
    const missing = LABELS.filter((name) => resource.root.lacks('metadata', 'labels', name));
    if (missing.length === 0) return;
    const labels = resource.root.nearest('metadata', 'labels');
    yield {
      at: labels.keyPlace,
      message: `${describe(resource)} lacks the label${missing.length > 1 ? 's' : ''} ${missing.join(', ')}.`,
    };
  },
});
