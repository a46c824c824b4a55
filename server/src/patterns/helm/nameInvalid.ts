import { defineRule } from '../../rules/contract.ts';
import { CHART } from './chart.ts';

/** The name of a chart becomes part of file names, labels and object names. */
export const rule = defineRule({
  id: 'helm/name-invalid',
  severity: 'warning',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:chartfile'],
  *check({ root }) {
    const node = root.find('name');
    const name = node?.text();
    if (!node || name === undefined || name === '' || /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(name)) return;
    if (/[/\\]/.test(name) || name === '.' || name === '..') {
      yield { at: node, severity: 'error', message: `Helm does not load a chart with the name ${name}.` };
      return;
    }
    yield {
      at: node,
      message: `The chart name ${name} holds more than lower-case letters, digits and dashes, so objects that are named after it are rejected.`,
    };
  },
});
