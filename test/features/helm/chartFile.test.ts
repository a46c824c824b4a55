import assert from 'node:assert/strict';
import { helmSource } from '../../../server/src/features/helmSource.ts';
import { cursorIn, FOLDER } from '../markedWorkspace.ts';
import { changed } from './shopChart.ts';

const CHART = 'shop/Chart.yaml';

const at = (text: string, by: string, file = CHART) => cursorIn(file, changed(file, text, by));
const labels = (text: string, by: string) => [...helmSource.completions!(at(text, by))].map(({ label }) => label);

describe('Chart.yaml', () => {
  it('offers the fields that are not written yet, those of dependencies in their entries', () => {
    const fields = labels('appVersion: 4.5.6\n', 'appVersion: 4.5.6\n¦\n');
    assert.ok(fields.includes('kubeVersion') && fields.includes('maintainers'));
    assert.ok(!fields.includes('name') && !fields.includes('alias'));
    assert.deepEqual(labels('    condition: cache.enabled\n', '    condition: cache.enabled\n    ¦\n'), [
      'tags',
      'import-values',
    ]);
  });

  it('offers admitted values, charts of the workspace and conditions', () => {
    assert.deepEqual(labels('version: 1.2.0\n', 'version: 1.2.0\ntype: ¦\n'), ['application', 'library']);
    assert.deepEqual(labels('file://../redis', '¦'), ['file://../redis']);
    assert.deepEqual(labels('- name: redis', '- name: ¦'), ['redis']);
    assert.deepEqual(labels('cache.enabled', '¦'), ['cache.enabled']);
  });

  it('explains fields', () => {
    assert.match(helmSource.explain!(at('appVersion', 'appV¦ersion'))?.markdown ?? '', /what the chart installs/);
    assert.match(helmSource.explain!(at('alias', 'al¦ias'))?.markdown ?? '', /key of its values/);
    assert.equal(helmSource.explain!(at('shop\n', 'sh¦op\n')), undefined);
  });

  it('leads from a dependency to its chart and back', () => {
    const definitions = [...helmSource.definitions!(at('- name: redis', '- name: re¦dis'))];
    assert.deepEqual(
      definitions.map(({ source, span }) => [source.uri.slice(FOLDER.length), source.slice(span)]),
      [['redis/Chart.yaml', 'redis']],
    );
    const references = [...helmSource.references!(at('name: redis', 'name: re¦dis', 'redis/Chart.yaml'))];
    assert.deepEqual(
      references.map(({ source, span }) => [source.uri.slice(FOLDER.length), source.lineAt(span.start)]),
      [[CHART, 5]],
    );
  });
});
