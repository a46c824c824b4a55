import assert from 'node:assert/strict';
import { recognised } from '../recognised.ts';

const TEMPLATE = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cart\ndata:\n  level: {{ .Values.level }}\n';
const CHART = 'apiVersion: v2\nname: cart\nversion: 1.0.0\n';
const remains = { 'charts/cart/values.yaml': 'level: info\n', 'charts/cart/templates/config.yaml': TEMPLATE };

describe('a chart without its Chart.yaml', () => {
  it('shows by templates that use the values beside them', () => {
    assert.deepEqual(recognised('helm', remains), ['cart: templates, values; chart']);
  });

  it('is whole with it, in the folder or above', () => {
    assert.deepEqual(recognised('helm', { ...remains, 'charts/cart/Chart.yaml': CHART }), [
      'cart: chart, templates, values; ',
    ]);
    assert.equal(recognised('helm', { ...remains, 'charts/Chart.yaml': CHART }).length, 1);
  });

  it('is none without values, or with templates of another program', () => {
    assert.deepEqual(recognised('helm', { 'charts/cart/templates/config.yaml': TEMPLATE }), []);
    const other = TEMPLATE.replace('.Values.level', 'level');
    assert.deepEqual(recognised('helm', { ...remains, 'charts/cart/templates/config.yaml': other }), []);
  });
});
