import assert from 'node:assert/strict';
import { functionFaults } from '../../../server/src/languages/helm/functionFaults.ts';
import { parseTemplate } from '../../../server/src/languages/helm/parseTemplate.ts';
import { LANGUAGES } from '../../../server/src/languages/languages.ts';
import type { Chart } from '../../../server/src/workspace/helm/chart.ts';
import { chartIndentFaults } from '../../../server/src/workspace/helm/chartIndentFaults.ts';
import { chartAt, chartsOf } from '../../../server/src/workspace/helm/chartsOf.ts';
import { effectiveValue, valuesAt } from '../../../server/src/workspace/helm/chartValues.ts';
import { undefinedTemplates } from '../../../server/src/workspace/helm/undefinedTemplates.ts';
import { undefinedValues } from '../../../server/src/workspace/helm/undefinedValues.ts';
import { unknownMembers } from '../../../server/src/workspace/helm/unknownMembers.ts';
import { unusedValues } from '../../../server/src/workspace/helm/unusedValues.ts';
import type { ResourceGraph } from '../../../server/src/workspace/resourceGraph.ts';
import { World } from '../../../server/src/workspace/world.ts';
import { chartTemplates } from '../../languages/helm/chartTemplates.ts';

const META = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n';

function graphOf(files: Readonly<Record<string, string>>): ResourceGraph {
  const world = new World(LANGUAGES);
  world.apply(Object.entries(files).map(([file, text]) => ({ uri: `file:///work/${file}`, text })));
  return world.snapshot().graph;
}

function chartOf(files: Readonly<Record<string, string>>, folder = 'shop/'): { chart: Chart; graph: ResourceGraph } {
  const graph = graphOf({ 'shop/Chart.yaml': META, ...files });
  const chart = [...chartsOf(graph).values()].find((candidate) => candidate.folder.endsWith(`/${folder}`));
  assert.ok(chart);
  return { chart, graph };
}

/** What is undefined in one template of a chart, as `path (fails)`. */
function undefinedIn(template: string, values: string, more: Readonly<Record<string, string>> = {}): string[] {
  const { chart, graph } = chartOf({ 'shop/values.yaml': values, 'shop/templates/a.yaml': template, ...more });
  return undefinedValues(graph, chart).map(({ path, fails }) => `${path.join('.')}${fails ? ' (fails)' : ''}`);
}

function unusedIn(template: string, values: string, more: Readonly<Record<string, string>> = {}): string[] {
  const { chart, graph } = chartOf({ 'shop/values.yaml': values, 'shop/templates/a.yaml': template, ...more });
  return unusedValues(graph, chart).map(({ path }) => path.join('.'));
}

function indentIn(template: string, values = 'map: { a: 1, b: 2 }\nlist: [1, 2]\none: x\nopen: {}\n'): string[] {
  const { chart, graph } = chartOf({ 'shop/values.yaml': values, 'shop/templates/a.yaml': template });
  return chartIndentFaults(graph, chart).map(
    ({ kind, expected, isCertain }) => `${kind} ${expected ?? '-'}${isCertain ? '' : ' perhaps'}`,
  );
}

describe('the model of a chart', () => {
  const files = {
    'shop/Chart.yaml': `${META}dependencies:
  - { name: redis, alias: cache, version: 1.x, repository: 'file://../redis', import-values: [data, { child: a.b, parent: taken }] }
  - { name: remote, version: 1.0.0, repository: 'https://charts.example.com' }
`,
    'shop/values.yaml': 'cache: { port: 1 }\nglobal: { zone: x }\n',
    'shop/ci/one-values.yaml': 'cache: { port: 3 }\n',
    'shop/templates/a.yaml': 'kind: A\nvalue: {{ .Values.cache.port }}\n',
    'shop/charts/inner/Chart.yaml': 'apiVersion: v2\nname: inner\nversion: 1.0.0\ntype: library\n',
    'redis/Chart.yaml': 'apiVersion: v2\nname: redis\nversion: 1.2.0\n',
    'redis/values.yaml': 'port: 2\nexports: { data: { exported: 5 } }\na: { b: { c: 6 } }\n',
    'redis/templates/b.yaml': 'kind: B\nvalue: {{ .Values.port }}\n',
  };

  it('finds its files, its dependencies by folder, and its parents', () => {
    const { chart, graph } = chartOf(files);
    assert.deepEqual(
      chart.dependencies.map(({ key, chart: child, version }) => [key, child?.name, version]),
      [
        ['cache', 'redis', '1.x'],
        ['remote', undefined, '1.0.0'],
        ['inner', 'inner', undefined],
      ],
    );
    assert.equal(chart.otherValues.length, 1);
    assert.equal(chart.templates.length, 1);
    const redis = [...chartsOf(graph).values()].find(({ name }) => name === 'redis');
    assert.deepEqual(
      redis?.parents.map(({ chart: parent }) => parent.name),
      ['shop'],
    );
    assert.equal(chartAt(graph, chart.templates[0]!.uri), chart);
  });

  it('knows which value counts', () => {
    const { chart, graph } = chartOf(files);
    const redis = [...chartsOf(graph).values()].find(({ name }) => name === 'redis')!;
    assert.deepEqual(
      valuesAt(chart, ['cache', 'port']).map(({ node, tree }) => [tree.origin, node.value]),
      [
        ['own', 1],
        ['subchart', 2],
        ['other', 3],
      ],
    );
    assert.deepEqual(
      valuesAt(redis, ['port']).map(({ node, tree }) => [tree.origin, node.value]),
      [
        ['parent', 1],
        ['own', 2],
        ['other', 3],
      ],
    );
    assert.equal(effectiveValue(redis, ['global', 'zone'])?.node.value, 'x');
    assert.equal(effectiveValue(chart, ['exported'])?.node.value, 5);
    assert.equal(effectiveValue(chart, ['taken', 'c'])?.node.value, 6);
  });

  it('survives charts that depend on each other', () => {
    const { chart } = chartOf({
      'shop/Chart.yaml': `${META}dependencies: [{ name: b, repository: 'file://../b' }]\n`,
      'shop/values.yaml': 'b: { shop: { b: { x: 1 } } }\n',
      'b/Chart.yaml': `apiVersion: v2\nname: b\nversion: 1.0.0\ndependencies: [{ name: shop, repository: 'file://../shop' }]\n`,
      'b/values.yaml': 'x: 2\n',
    });
    assert.ok(valuesAt(chart, ['b', 'x']).length > 0);
  });
});

describe('undefined values', () => {
  const values = 'image: { tag: 1 }\nempty: {}\nname: x\n# port: 80\n';

  it('names what nothing provides, and says where rendering fails', () => {
    assert.deepEqual(undefinedIn('a: {{ .Values.image.tga }}', values), ['image.tga']);
    assert.deepEqual(undefinedIn('a: {{ .Values.imaje.tag }}', values), ['imaje.tag (fails)']);
    assert.deepEqual(undefinedIn('a: {{ if .Values.imaje.tag }}x{{ end }}', values), ['imaje.tag (fails)']);
    assert.deepEqual(undefinedIn('{{ with .Values.image }}a: {{ .tga }}{{ end }}', values), ['image.tga']);
    assert.deepEqual(undefinedIn('a: {{ index .Values.image "tga" }}', values), ['image.tga']);
  });

  it('points at the missing name and knows the one that was meant', () => {
    const { chart, graph } = chartOf({
      'shop/values.yaml': values,
      'shop/templates/a.yaml': 'a: {{ .Values.imaje.tag }}',
    });
    const [found] = undefinedValues(graph, chart);
    assert.equal(found?.source.slice(found.span), 'imaje');
    assert.equal(found?.nearest, 'image');
  });

  it('follows values into named templates', () => {
    const names = '{{ define "n" }}{{ .Values.tga }}{{ end }}{{ define "m" }}{{ .it.tga }}{{ end }}';
    const call = 'a: {{ include "n" . }}\nb: {{ include "m" (dict "it" .Values.image) }}';
    assert.deepEqual(undefinedIn(call, values, { 'shop/templates/_n.tpl': names }), ['tga', 'image.tga']);
    // Nobody calls it: who knows what with.
    assert.deepEqual(undefinedIn('a: b {{ .Values.name }}', values, { 'shop/templates/_n.tpl': names }), []);
  });

  for (const [what, template] of [
    ['a default', 'a: {{ .Values.missing | default 1 }}'],
    ['coalesce', 'a: {{ coalesce .Values.missing .Values.name }}'],
    ['required', 'a: {{ required "Say it." .Values.missing }}'],
    ['a condition anywhere', '{{ if .Values.missing }}a: {{ .Values.missing }}{{ end }}\nb: {{ .Values.missing }}'],
    ['a condition on what is around it', '{{ if .Values.missing }}a: {{ .Values.missing.deep }}{{ end }}'],
    ['and', '{{ if and .Values.missing .Values.missing.deep }}a: 1{{ end }}'],
    ['with', '{{ with .Values.missing }}a: {{ . }}{{ end }}'],
    ['range', '{{ range .Values.missing }}a: {{ .b }}{{ end }}'],
    ['hasKey', '{{ if hasKey .Values "missing" }}a: {{ .Values.missing }}{{ end }}'],
    ['get and dig', 'a: {{ get .Values "missing" }}{{ dig "missing" "deep" 1 .Values }}'],
    ['set', '{{ $_ := set .Values "missing" 1 }}a: {{ .Values.missing }}'],
    ['merging into the values', '{{ $_ := mergeOverwrite .Values (dict "missing" 1) }}a: {{ .Values.missing }}'],
    ['an empty map that is there to be filled', 'a: {{ .Values.empty.anything }}'],
    ['a commented key', 'a: {{ .Values.port }}'],
    ['a key that is computed', 'a: {{ index .Values (printf "%s" .Values.name) }}'],
    ['global values', 'a: {{ .Values.global.region }}'],
    ['a comment of the template', '{{/* .Values.missing */}}a: 1'],
  ] as const) {
    it(`says nothing about ${what}`, () => assert.deepEqual(undefinedIn(template, values), []));
  }

  it('says nothing where somebody else provides it', () => {
    const template = 'a: {{ .Values.missing }}';
    assert.deepEqual(undefinedIn(template, values), ['missing']);
    assert.deepEqual(undefinedIn(template, values, { 'shop/values-prod.yaml': 'missing: 1\n' }), []);
    const schema = '{ "properties": { "missing": { "type": "string" } } }';
    assert.deepEqual(undefinedIn(template, values, { 'shop/values.schema.json': schema }), []);
    const parent = {
      'all/Chart.yaml':
        'apiVersion: v2\nname: all\nversion: 1.0.0\ndependencies: [{ name: shop, repository: "file://../shop" }]\n',
      'all/values.yaml': 'shop: { missing: 1 }\n',
    };
    assert.deepEqual(undefinedIn(template, values, parent), []);
    const remote = `${META}dependencies: [{ name: missing, repository: "https://charts.example.com" }]\n`;
    assert.deepEqual(undefinedIn(template, values, { 'shop/Chart.yaml': remote }), []);
  });

  it('says nothing without values.yaml and in a library', () => {
    const { chart, graph } = chartOf({ 'shop/templates/a.yaml': 'a: {{ .Values.missing }}' });
    assert.deepEqual(undefinedValues(graph, chart), []);
    assert.deepEqual(
      undefinedIn('a: {{ .Values.missing }}', values, { 'shop/Chart.yaml': `${META}type: library\n` }),
      [],
    );
  });
});

describe('unused values', () => {
  it('names the largest part that nothing uses', () => {
    assert.deepEqual(unusedIn('a: {{ .Values.a.b }}', 'a: { b: 1, c: 2 }\nd: { e: 1 }\n'), ['a.c', 'd']);
  });

  for (const [what, template] of [
    ['a whole map', 'a: {{ toYaml .Values.a }}'],
    ['all values', 'a: {{ toYaml .Values }}'],
    ['a range', '{{ range $k, $v := .Values.a }}{{ $k }}{{ end }}'],
    ['a variable', '{{ $a := .Values.a }}x: {{ $a.b }}{{ $a.c }}'],
    ['a template from elsewhere', 'a: {{ include "elsewhere" . }}'],
    ['a text from elsewhere', 'a: {{ tpl (.Files.Get "x") . }}'],
    ['an index that is computed', 'a: {{ index .Values.a .Release.Name }}'],
  ] as const) {
    it(`says nothing about ${what}`, () => assert.deepEqual(unusedIn(template, 'a: { b: 1, c: 2 }\n'), []));
  }

  it('knows templates in values, conditions, tags and dependencies', () => {
    const more = {
      'shop/Chart.yaml': `${META}dependencies: [{ name: x, condition: on.x, repository: "https://charts.example.com" }]\n`,
    };
    const values = 'on: { x: true, y: 1 }\nx: { any: 1 }\ntags: { a: true }\ntext: "{{ .Values.inner }}"\ninner: 1\n';
    assert.deepEqual(unusedIn('a: {{ tpl .Values.text . }}', values, more), ['on.y']);
  });
});

describe('undefined templates and functions', () => {
  it('names templates that nothing defines, with the one that was meant', () => {
    const { chart, graph } = chartOf({
      'shop/templates/a.yaml': '{{ include "shop.lables" . }}{{ template "shop.labels" . }}',
      'shop/templates/_n.tpl': '{{ define "shop.labels" }}x{{ end }}',
    });
    assert.deepEqual(
      undefinedTemplates(graph, chart).map(({ name, nearest }) => [name, nearest]),
      [['shop.lables', 'shop.labels']],
    );
  });

  it('finds them in subcharts and parents, and says nothing where a dependency is not here', () => {
    const call = { 'shop/templates/a.yaml': '{{ include "inner.x" . }}' };
    const inner = {
      'shop/charts/inner/Chart.yaml': 'apiVersion: v2\nname: inner\nversion: 1.0.0\n',
      'shop/charts/inner/templates/_x.tpl': '{{ define "inner.x" }}1{{ end }}',
    };
    const withInner = chartOf({ ...call, ...inner });
    assert.deepEqual(undefinedTemplates(withInner.graph, withInner.chart), []);
    const remote = `${META}dependencies: [{ name: inner, repository: "https://charts.example.com" }]\n`;
    const without = chartOf({ ...call, 'shop/Chart.yaml': remote });
    assert.deepEqual(undefinedTemplates(without.graph, without.chart), []);
  });

  it('knows functions and how many arguments they take', () => {
    const faults = (text: string) =>
      functionFaults(parseTemplate(text)).map((fault) =>
        fault.kind === 'unknown-function'
          ? `${fault.name}? ${fault.nearest ?? ''}`.trim()
          : `${fault.name} ${fault.given} of ${fault.least}–${fault.most}`,
      );
    assert.deepEqual(faults('{{ toYml .a }}'), ['toYml? toYaml']);
    assert.deepEqual(faults('{{ replace "a" "b" }}'), ['replace 2 of 3–3']);
    assert.deepEqual(faults('{{ .a | nindent }}'), ['nindent 1 of 2–2']);
    assert.deepEqual(faults('{{ include "a" . . }}'), ['include 3 of 2–2']);
    assert.deepEqual(faults('{{ print lower "a" }}'), ['lower 0 of 1–1']);
    assert.deepEqual(faults('{{ env "HOME" }}'), ['env?']);
    assert.deepEqual(faults('{{ .a | replace "a" "b" | quote }}{{ (now).Year }}{{ dict }}{{ add 1 2 3 }}'), []);
    assert.deepEqual(faults('{{ .Files.Get "x" }}{{ .Capabilities.APIVersions.Has "x" }}'), []);
    assert.deepEqual(faults('{{ replace "a" '), []);
  });
});

describe('indent faults', () => {
  for (const [template, expected] of [
    ['a:\n  b:\n    {{- toYaml .Values.map | nindent 4 }}\n', []],
    ['a:\n  b:\n    {{- toYaml .Values.map | nindent 2 }}\n', ['too-shallow 4']],
    ['a:\n  b: {{- toYaml .Values.map | nindent 2 }}\n', ['too-shallow 4']],
    ['a:\n  b:\n    {{- toYaml .Values.list | nindent 2 }}\n', []],
    ['a:\n  b:\n    {{- toYaml .Values.list | nindent 1 }}\n', ['too-shallow 4']],
    ['a:\n  - b:\n      {{- toYaml .Values.map | nindent 4 }}\n', ['too-shallow 6']],
    ['a:\n  b: 1\n  {{- toYaml .Values.map | nindent 4 }}\n', ['off-column 2']],
    ['a:\n  b: 1\n  {{- toYaml .Values.map | nindent 2 }}\n', []],
    ['a:\n  {{- toYaml .Values.map | nindent 4 }}\n  c: 1\n', ['off-column 2']],
    ['a:\n  {{- toYaml .Values.map | nindent 2 }}\n  c: 1\n', []],
    ['a:\n  {{- toYaml .Values.map | nindent 2 }}\nc: 1\n', []],
    ['a:\n    {{ toYaml .Values.map | indent 4 }}\n', ['indented-twice 4']],
    ['a:\n{{ toYaml .Values.map | indent 4 }}\n', []],
    ['a:\n{{ toYaml .Values.map | indent 0 }}\n', ['too-shallow 2']],
    ['a:\n  {{- toYaml .Values.map | indent 2 }}\n', ['same-line -']],
    ['a:\n  {{- toYaml .Values.map }}\n', ['same-line -']],
    ['a:\n  {{ toYaml .Values.map }}\n', ['not-indented 2']],
    ['a:\n  {{ toYaml .Values.one }}\n', []],
    ['a: {{ toYaml .Values.one }}\n', []],
    ['a:\n  {{- with .Values.map }}\n  {{- toYaml . | nindent 0 }}\n  {{- end }}\n', ['too-shallow 2']],
    ['a:\n  b: 1\n  {{- if .x }}\n  c: 1\n  {{- else }}\n  {{- toYaml .Values.map | nindent 4 }}\n  {{- end }}\n', []],
    ['a: |\n  {{- toYaml .Values.map | nindent 2 }}\n', []],
    ['a: |\n  {{- toYaml .Values.list | nindent 0 }}\n', ['too-shallow 2']],
    ['a: |\n  b:\n  {{- toYaml .Values.map | nindent 1 }}\n', []],
    ['a:\n  b: {{ .Values.one }}\n  {{- toYaml .Values.map | nindent 2 }}\n', []],
    ['a:\n  b: {{ template "name" . }}\n  {{- toYaml .Values.map | nindent 2 }}\n', []],
    ['a:\n  {{- toYaml .Values.unset | nindent 0 }}\n', []],
    ['a:\n  b:\n    {{- toYaml .Values.unset | nindent 1 }}\n', ['too-shallow 4 perhaps']],
    ['a:\n  {{- toYaml .Values.open | nindent 0 }}\n', ['too-shallow 2']],
  ] as const) {
    it(`${expected.length === 0 ? 'accepts' : 'finds'} ${JSON.stringify(template)}`, () => {
      assert.deepEqual(indentIn(template), expected);
    });
  }

  it('tells lists that named templates print, and leaves alone those that may begin with a line break', () => {
    const names = '{{ define "list" }}\n- name: a\n  port: 1\n{{ end }}';
    const { chart, graph } = chartOf({
      'shop/templates/_n.tpl': names,
      'shop/templates/a.yaml':
        'a:\n  b:\n  {{- include "list" . | nindent 2 }}\n  c:\n  {{- include "list" . | indent 4 }}\n',
    });
    assert.deepEqual(chartIndentFaults(graph, chart), []);
  });

  it('looks into named templates', () => {
    const names = '{{ define "map" }}\na: 1\nb: 2\n{{ end }}{{ define "name" }}shop{{ end }}';
    const { chart, graph } = chartOf({
      'shop/templates/_n.tpl': names,
      'shop/templates/a.yaml': 'a:\n  {{- include "map" . | nindent 0 }}\nb:\n  {{ include "name" . | indent 2 }}\n',
    });
    assert.deepEqual(
      chartIndentFaults(graph, chart).map(({ kind, isCertain }) => [kind, isCertain]),
      [['too-shallow', true]],
    );
  });
});

describe('facts of half-typed charts', () => {
  it('never throw, wherever a template is cut off or something is typed into it', () => {
    let asked = 0;
    for (const { text } of chartTemplates()) {
      const step = Math.max(7, Math.floor(text.length / 60));
      for (let offset = 0; offset < text.length; offset += step) {
        for (const typed of ['', '{{ .Values.', '{{ | nindent 2 }}', '{{ end }}', '"']) {
          const template = text.slice(0, offset) + typed + (typed === '' ? '' : text.slice(offset));
          const files = { 'shop/values.yaml': 'a: { b: 1 }\n', 'shop/templates/a.yaml': template };
          const { chart, graph } = chartOf(files);
          undefinedValues(graph, chart);
          unusedValues(graph, chart);
          undefinedTemplates(graph, chart);
          unknownMembers(graph, chart);
          chartIndentFaults(graph, chart);
          functionFaults(parseTemplate(template));
          asked++;
        }
      }
    }
    assert.ok(asked > 1000);
  }).timeout(120_000);
});
