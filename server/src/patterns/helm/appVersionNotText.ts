import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { CHART } from './chart.ts';

/** An application version without quotes may be read as a number, and then loses its last zero. */
export const rule = defineRule({
  id: 'helm/app-version-not-text',
  severity: 'warning',
  profile: 'recommended',
  types: [CHART],
  equivalents: ['helm:chartfile'],
  *check({ root }) {
    const node = root.find('appVersion');
    if (!node || node.quoted || (typeof node.scalar !== 'number' && typeof node.scalar !== 'boolean')) return;
    const written = node.source.slice(node.span).trim();
    const read = String(node.scalar);
    yield {
      at: node,
      message:
        read === written
          ? `The appVersion ${written} is read as a ${typeof node.scalar}, not as text.`
          : `The appVersion ${written} is read as the ${typeof node.scalar} ${read}.`,
      fixes: [
        { title: 'Write the appVersion in quotes', safe: true, edits: () => [replaceValue(node, `"${written}"`)] },
      ],
    };
  },
});
