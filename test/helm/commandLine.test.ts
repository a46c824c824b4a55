import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { needTier } from '../environment/needTier.ts';
import { toolPath } from '../environment/tools/tools.ts';
import { CHART_YAML, TestChart } from './testChart.ts';

const root = path.resolve(import.meta.dirname, '../..');
const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n  namespace: {{ .Release.Namespace }}\nspec:\n  ports:\n    - name: http\n      port: {{ .Values.port }}\n';

/** Runs the sources, so that no build is needed; `tools` is all that the program finds besides Node. */
function slipway(args: readonly string[], tools: string) {
  const program = ['--import', 'tsx', path.join(root, 'cli/src/main.ts'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: tools },
  });
  return { status, stdout, stderr };
}

describe('the command line with helm', function () {
  this.timeout(120_000);
  let chart: TestChart;
  let tools: string;
  before(async function () {
    await needTier(this, 'helm');
    tools = path.dirname(toolPath('helm'));
    chart = new TestChart({
      'Chart.yaml': CHART_YAML,
      'values.yaml': 'port: 80\n',
      'values-wrong.yaml': 'port: 99999\n',
      'templates/service.yaml': SERVICE,
    });
  });
  after(() => chart?.remove());

  it('prints what helm renders, with chosen values', () => {
    const { status, stdout } = slipway(
      ['render', chart.folder, '-f', path.join(chart.folder, 'values-wrong.yaml'), '--namespace', 'shop'],
      tools,
    );
    assert.equal(status, 0);
    assert.match(stdout, /^---\n# Source: cart\/templates\/service.yaml\n/);
    assert.match(stdout, /namespace: shop/);
    assert.match(stdout, /port: 99999/);
  });

  it('ends with 1 and Helm’s words where it cannot be rendered, with 2 where the command is wrong', () => {
    const broken = new TestChart({ 'Chart.yaml': 'name: cart\n' });
    const failed = slipway(['render', broken.folder], tools);
    broken.remove();
    assert.equal(failed.status, 1);
    assert.match(failed.stderr, /is required/);
    assert.equal(slipway(['render', root], tools).status, 2);
    assert.equal(slipway(['render', chart.folder, '-f', 'absent.yaml'], tools).status, 2);
    assert.match(slipway(['render'], tools).stderr, /Name one chart/);
  });

  it('checks what is rendered only when asked', () => {
    chart.write('values.yaml', 'port: 99999\n');
    const check = (...more: string[]) => slipway(['check', chart.folder, ...more], tools);
    assert.doesNotMatch(check().stdout, /As rendered/);
    const { status, stdout } = check('--render');
    assert.equal(status, 1, stdout);
    assert.match(stdout, /templates\/service\.yaml:9:13: error: As rendered: .*port/);
    assert.match(stdout, /values\.yaml:1:1: port of values\.yaml gives this/);
  });

  it('says that there is no helm', () => {
    const { status, stderr } = slipway(['render', chart.folder], '/nonexistent');
    assert.equal(status, 2);
    assert.match(stderr, /helm is not on the PATH/);
  });
});
