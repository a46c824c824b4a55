import assert from 'node:assert/strict';
import { functionFaults } from '../../../server/src/languages/helm/functionFaults.ts';
import { FUNCTIONS } from '../../../server/src/languages/helm/templateFunctions.ts';
import { undefinedVariables } from '../../../server/src/languages/helm/undefinedVariables.ts';
import { LANGUAGES } from '../../../server/src/languages/languages.ts';
import { chartIndentFaults } from '../../../server/src/workspace/helm/chartIndentFaults.ts';
import { chartsOf } from '../../../server/src/workspace/helm/chartsOf.ts';
import { undefinedTemplates } from '../../../server/src/workspace/helm/undefinedTemplates.ts';
import { undefinedValues } from '../../../server/src/workspace/helm/undefinedValues.ts';
import { unknownMembers } from '../../../server/src/workspace/helm/unknownMembers.ts';
import { World } from '../../../server/src/workspace/world.ts';
import { needTier } from '../../environment/needTier.ts';
import { runProgram } from '../../environment/processes/runProgram.ts';
import { toolPath } from '../../environment/tools/tools.ts';
import { CHART_YAML, TestChart } from '../../helm/testChart.ts';

const VALUES = 'image: { tag: one }\nmap: { a: 1, b: 2 }\nlist: [1, 2]\nname: x\n';
const NAMES = '{{ define "cart.name" }}cart{{ end }}';

/** What Helm prints for a chart with one template, or its words where it fails. */
async function rendered(template: string): Promise<{ output: string; failure: string | undefined }> {
  const chart = new TestChart({
    'Chart.yaml': CHART_YAML,
    'values.yaml': VALUES,
    'templates/_names.tpl': NAMES,
    'templates/a.yaml': template,
  });
  try {
    return { output: await runProgram(toolPath('helm'), ['template', chart.folder]), failure: undefined };
  } catch (error) {
    return { output: '', failure: String(error) };
  } finally {
    chart.remove();
  }
}

/** What we say of the same chart: `true` where rendering it fails, by our account. */
function judged(template: string): { fails: boolean; isEmpty: boolean } {
  const world = new World(LANGUAGES);
  const files = {
    'Chart.yaml': CHART_YAML,
    'values.yaml': VALUES,
    'templates/_names.tpl': NAMES,
    'templates/a.yaml': template,
  };
  world.apply(Object.entries(files).map(([file, text]) => ({ uri: `file:///cart/${file}`, text })));
  const { graph } = world.snapshot();
  const chart = [...chartsOf(graph).values()][0]!;
  const file = chart.templates.find(({ uri }) => uri.endsWith('a.yaml'))!.template;
  const values = undefinedValues(graph, chart);
  const members = unknownMembers(graph, chart);
  return {
    fails:
      file.problems.length > 0 ||
      values.some(({ fails }) => fails) ||
      members.some(({ fails }) => fails) ||
      functionFaults(file).length > 0 ||
      undefinedVariables(file).length > 0 ||
      undefinedTemplates(graph, chart).length > 0 ||
      chartIndentFaults(graph, chart).length > 0,
    isEmpty: values.some(({ fails }) => !fails) || members.some(({ fails }) => !fails),
  };
}

describe('what is said of charts, beside helm itself', function () {
  this.timeout(120_000);
  before(async function () {
    await needTier(this, 'helm');
  });

  it('knows only functions that Helm has', async () => {
    const newer = [...FUNCTIONS.values()].filter(({ documentation }) => documentation.includes('Since Helm 4'));
    const calls = [...FUNCTIONS.keys()].filter((name) => !newer.some((one) => one.name === name));
    assert.ok(calls.length > 220);
    const { failure } = await rendered(`{{ if false }}\n${calls.map((name) => `{{ ${name} }}`).join('\n')}\n{{ end }}`);
    assert.equal(failure, undefined);
  });

  for (const template of [
    'a: {{ .Values.imaje.tag }}',
    'a: {{ if .Values.imaje.tag }}x{{ end }}',
    'a: {{ .Chart.Nmae }}',
    'a: {{ .Capabilities.KubeVersion.Mayor }}',
    'a: {{ include "cart.nam" . }}',
    'a: {{ toYml .Values.map }}',
    'a: {{ replace "a" "b" }}',
    'a: {{ .Values.name | nindent }}',
    'a: {{ eq .Values.name }}',
    'a: {{ dig "a" .Values }}',
    'a: {{ $x }}',
    'a: {{ if true }}{{ $x := 1 }}{{ end }}{{ $x }}',
    'a: {{ .Values.name',
    'a: {{ if .Values.name }}x',
    'a:\n  b: 1\n  {{- toYaml .Values.map | nindent 4 }}\n',
    'a:\n  {{- toYaml .Values.map | nindent 4 }}\n  c: 1\n',
    'a:\n    {{ toYaml .Values.map | indent 4 }}\n',
    'a:\n  {{- toYaml .Values.map | indent 2 }}\n',
    'a: {{ (.Values.imaje.tag).deep }}',
    'a: [\n  {{ toYaml .Values.map | nindent }}',
  ]) {
    it(`both fault ${JSON.stringify(template)}`, async () => {
      assert.equal(judged(template).fails, true);
      assert.notEqual((await rendered(template)).failure, undefined);
    });
  }

  for (const template of [
    'a: {{ .Values.image.tga }}',
    'a: {{ .Values.tga | quote }}',
    'a: {{ .Release.Nmae }}',
    'a: {{ .Vaules }}',
  ]) {
    it(`both find nothing behind ${JSON.stringify(template)}`, async () => {
      assert.deepEqual(judged(template), { fails: false, isEmpty: true });
      const { output, failure } = await rendered(template);
      assert.equal(failure, undefined);
      assert.match(output, /^a:\s*$/m);
    });
  }

  for (const template of [
    'a: {{ .Values.image.tag | upper }}',
    'a: {{ .Values.missing | default "x" }}',
    'a: {{ dig "missing" "deep" "x" .Values.image }}',
    'a: {{ (.Values.missing).deep }}',
    'a: {{ get .Values "missing" }}',
    'a: {{ with .Values.missing }}{{ .deep }}{{ end }}',
    'a: {{ and .Values.missing .Values.missing.deep }}',
    'a: {{ include "cart.name" . }}',
    '{{ $_ := set .Values "new" (dict "deep" 1) }}a: {{ .Values.new.deep }}',
    'a: {{ coalesce .Values.missing .Values.name }}',
    'a:\n  {{- toYaml .Values.list | nindent 0 }}\nb: 1\n',
    'a:\n  - b:\n      {{- toYaml .Values.map | nindent 6 }}\n    c: 1\n',
    'a: |\n  {{- toYaml .Values.map | nindent 2 }}\nb: 1\n',
    '{{- range $key, $value := .Values.map }}\n{{ $key }}: {{ $value }}\n{{- end }}\n',
  ]) {
    it(`both accept ${JSON.stringify(template)}`, async () => {
      assert.equal(judged(template).fails, false);
      assert.equal((await rendered(template)).failure, undefined);
    });
  }
});
