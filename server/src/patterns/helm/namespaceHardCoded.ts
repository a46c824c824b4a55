import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { OBJECT_TYPES } from '../naming/objectTypes.ts';
import { isInTemplates } from './templateFile.ts';

/** A chart with a namespace of its own goes there wherever the release is installed, and only once in a cluster. */
export const rule = defineRule({
  id: 'helm/namespace-hard-coded',
  severity: 'information',
  profile: 'strict',
  types: OBJECT_TYPES,
  *check(resource, graph) {
    const node = resource.root.find('metadata', 'namespace');
    const namespace = node?.text();
    if (!node || !namespace || !isInTemplates(resource, graph)) return;
    yield {
      at: node,
      message: `${describe(resource)} goes to namespace ${namespace}, whatever namespace the release is installed into.`,
      fixes: [
        {
          title: 'Use the namespace of the release',
          safe: false,
          edits: () => [replaceValue(node, '{{ .Release.Namespace }}')],
        },
      ],
    };
  },
});
