import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { snippetSources, withDefaults } from '../../scripts/snippetFiles.ts';
import { RULES } from '../../server/src/patterns/registry.generated.ts';
import { type ExampleFile, readReadme } from '../catalog/readReadme.ts';
import { inContext } from '../catalog/snippetContext.ts';
import { needTier } from '../environment/needTier.ts';
import { runProgram } from '../environment/processes/runProgram.ts';
import { toolPath } from '../environment/tools/tools.ts';
import { CHART_YAML, TestChart } from './testChart.ts';

const root = path.resolve(import.meta.dirname, '../..');
const patterns = path.join(root, 'server/src/patterns');
const shopCharts = path.join(root, 'examples/shop/charts');

/**
 * Faults that helm only advises about, sees when dependencies are fetched or a release is installed, or not at all; and
 * examples that it refuses for more than the fault.
 */
const UNSEEN = new Set([
  'name-invalid',
  'field-unknown',
  'kube-version-invalid',
  'icon-missing',
  'dependency-folder-missing',
  'dependency-incomplete',
  'dependency-range-invalid',
  'dependency-twice',
  'alias-invalid',
  'repository-invalid',
  'condition-unset',
  'field-needs-v2',
  'crd-foreign-object',
  'requirements-outdated',
  'crd-templated',
  'lock-outdated',
  'notes-misnamed',
  'undefined-value',
  'indent-mismatch',
]);

/** What `helm lint --strict` says of a chart; it takes warnings for errors. */
async function lint(folder: string): Promise<string> {
  return runProgram(toolPath('helm'), ['lint', '--strict', folder]);
}

async function lintFiles(files: readonly ExampleFile[]): Promise<string> {
  const chart = new TestChart({
    'Chart.yaml': CHART_YAML,
    ...Object.fromEntries(files.map(({ name, text }) => [name, text])),
  });
  try {
    return await lint(chart.folder);
  } finally {
    chart.remove();
  }
}

describe('helm lint', function () {
  this.timeout(60_000);
  before(async function () {
    await needTier(this, 'helm');
  });

  for (const chart of readdirSync(shopCharts)) {
    it(`finds nothing in the chart ${chart} of the shop`, async () => {
      const said = await lint(path.join(shopCharts, chart));
      assert.doesNotMatch(said, /\[(?:INFO|WARNING|ERROR)\]/, said);
    });
  }

  it('finds nothing to warn of in the snippet', async () => {
    const snippet = snippetSources(patterns).find(({ prefix }) => prefix === 'helm')!;
    const files = inContext(withDefaults(snippet.text));
    const inChart = files.map(({ name, text }) => ({ name: name.replace(/^chart\//, ''), text }));
    assert.match(await lintFiles(inChart), /1 chart\(s\) linted, 0 chart\(s\) failed/);
  });

  for (const { fault, failing, after, passing } of readReadme(
    readFileSync(path.join(patterns, 'helm/README.md'), 'utf8'),
  )) {
    const rule = RULES.find(({ id }) => id === `helm/${fault}`);
    if (!rule?.equivalents?.some((id) => id.startsWith('helm:')) || UNSEEN.has(fault)) continue;
    for (const [index, { files }] of failing.entries()) {
      if (files.some(({ name }) => name.includes('-staging'))) continue;
      it(`refuses what helm/${fault} finds in its example ${index + 1}`, async () => {
        await assert.rejects(lintFiles(files), /1 chart\(s\) failed/);
      });
    }
    it(`takes what helm/${fault} takes`, async () => {
      const mended = after.map(({ example, files }) => [...failing[example]!.files, ...files]);
      for (const files of [...mended, ...passing]) await lintFiles(files);
    });
  }
});
