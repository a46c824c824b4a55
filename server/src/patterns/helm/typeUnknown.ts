import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { CHART } from './chart.ts';

const TYPES = ['application', 'library'];

/** Helm loads a chart only as an application or a library. */
export const rule = defineRule({
  id: 'helm/type-unknown',
  severity: 'error',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:chartfile'],
  *check({ root }) {
    const node = root.find('type');
    const type = node?.text();
    if (!node || type === undefined || type === '' || TYPES.includes(type)) return;
    const near = nearestName(type, TYPES);
    yield {
      at: node,
      message: `A chart is of type application or library, not ${type}.`,
      ...(near === undefined
        ? {}
        : { fixes: [{ title: `Set the type to ${near}`, safe: true, edits: () => [replaceValue(node, near)] }] }),
    };
  },
});
