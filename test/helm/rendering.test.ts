import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { markTemplate, readMarks } from '../../server/src/render/markTemplate.ts';
import { renderedManifests, splitManifests } from '../../server/src/render/renderedManifests.ts';
import { needTier } from '../environment/needTier.ts';
import { runProgram } from '../environment/processes/runProgram.ts';
import { toolPath } from '../environment/tools/tools.ts';
import { CHART_YAML, TestChart } from './testChart.ts';

const shop = path.resolve(import.meta.dirname, '../../examples/shop/charts/aggregator');

/**
 * Each line renders something that holds `line N`, N being its own number from 0, whatever surrounds it: so the rendered
 * text says by itself where it comes from, and the marks can be held against it.
 */
const TRICKY = `{{- /* line 0 renders nothing */ -}}
apiVersion: v1 # line 1
kind: ConfigMap # line 2
metadata: # line 3
  name: cart # line 4
  {{- with .Values.labels }}
  labels: # line 6
    {{- toYaml . | nindent 4 }} # line 7
  {{- end }}
data: # line 9
{{- range $key, $value := .Values.entries }}
  {{ $key }}: {{ $value | quote }} # line 11
{{- end }}
  block: | # line 13
    first line 14
    {{ .Values.word }} line 15
  folded: >- # line 16
    line 17
    line 18
  quoted: "line 19
    line 20"
  plain: words that go on to line 22
    line 22
  joined: a{{- /* trims */ -}}
    b line 24
  {{- if .Values.off }}
  off: line 26
  {{- else }}
  on: line 28
  {{- end }}
  list: {{ include "cart.list" (dict
    "one" "x"
  ) | quote }} # line 32
  {{- include "cart.lines" . | nindent 2 }} # line 33
  last: line 34
---
{{ if .Values.second -}}
apiVersion: v1 # line 37
kind: Secret # line 38
metadata: { name: cart } # line 39
{{- end }}
---
# line 42
{{- if .Values.off }}
kind: Never
{{- end }}
`;

const HELPERS = `{{- define "cart.list" -}}[a]{{- end -}}
{{- define "cart.lines" }}
helper: one
other: two
{{- end -}}
`;

const VALUES = 'labels: { a: b, c: d }\nentries: { one: 1, two: 2 }\nword: hello\noff: false\nsecond: true\n';

describe('a marked template', () => {
  it('is the template itself but for the marks', () => {
    const marked = markTemplate(TRICKY);
    assert.notEqual(marked, TRICKY);
    assert.equal(
      readMarks(marked)
        .map(({ text }) => text)
        .join('\n'),
      TRICKY,
    );
    for (const [line, { from }] of readMarks(marked).entries()) assert.ok(from.every((number) => number === line));
  });

  it('is left alone where it holds the sign of a mark already', () => {
    assert.equal(markTemplate('a: \uE000\n'), 'a: \uE000\n');
  });

  it('survives what is half-typed', () => {
    for (let end = 0; end <= TRICKY.length; end++) {
      const cut = TRICKY.slice(0, end);
      assert.equal(
        readMarks(markTemplate(cut))
          .map(({ text }) => text)
          .join('\n'),
        cut,
      );
    }
  });
});

describe('what helm renders', function () {
  this.timeout(60_000);
  const charts: TestChart[] = [];
  before(async function () {
    await needTier(this, 'helm');
  });
  after(() => {
    for (const chart of charts) chart.remove();
    assert.deepEqual(
      readdirSync(tmpdir()).filter((name) => name.startsWith('slipway-render-')),
      [],
    );
  });
  const chart = (files: Readonly<Record<string, string>>, copyOf?: string): TestChart => {
    charts.push(new TestChart(files, copyOf));
    return charts.at(-1)!;
  };

  it('says of each line which line of the template wrote it', async () => {
    const tricky = chart({
      'Chart.yaml': CHART_YAML,
      'values.yaml': VALUES,
      'templates/_helpers.tpl': HELPERS,
      'templates/tricky.yaml': TRICKY,
    });
    const { output, marked, failure } = await tricky.render();
    assert.equal(failure, undefined);
    assert.ok(marked);
    const manifests = renderedManifests(output, marked);
    assert.ok(manifests.length >= 2);
    let compared = 0;
    for (const { text, lines } of manifests) {
      const rendered = text.trimEnd().split('\n');
      assert.equal(lines.length, rendered.length);
      for (const [index, line] of rendered.entries()) {
        // A value of several lines says it once, at its end.
        const said = rendered.slice(index).find((later) => /line \d+/.test(later));
        const wanted = Number(/.*line (\d+)/.exec(said ?? '')?.[1]);
        if (Number.isNaN(wanted)) continue;
        assert.equal(lines[index], wanted, `"${line}" of\n${text}`);
        compared++;
      }
    }
    assert.ok(compared > 30, `only ${compared} lines were compared`);
  });

  it('is the same with and without marks, for the chart of the shop and the one that helm creates', async () => {
    const folder = path.dirname(chart({ 'Chart.yaml': CHART_YAML }).folder);
    await runProgram(toolPath('helm'), ['create', 'created'], { folder });
    for (const [source, most] of [
      [shop, 400],
      [path.join(folder, 'created'), 80],
    ] as const) {
      const copy = chart({}, source);
      const { output, marked } = await copy.render();
      const plain = splitManifests(output);
      const without = splitManifests(marked!).map(({ source: name, lines }) => ({
        source: name,
        lines: readMarks(lines.join('\n')).map(({ text }) => text),
      }));
      assert.deepEqual(
        without.map((manifest) => manifest.lines.join('\n').trimEnd()),
        plain.map((manifest) => manifest.lines.join('\n').trimEnd()),
      );
      let lines = 0;
      for (const manifest of renderedManifests(output, marked)) {
        const file = path.join(copy.folder, manifest.source.slice(manifest.source.indexOf('/') + 1));
        const template = readFileSync(file, 'utf8').split('\n');
        for (const [index, text] of manifest.text.trimEnd().split('\n').entries()) {
          const line = manifest.lines[index];
          assert.notEqual(line, undefined, `${manifest.source}: ${text}`);
          // A line without an action is rendered as it stands.
          if (!template[line!]!.includes('{{')) assert.equal(template[line!], text);
          lines++;
        }
      }
      assert.ok(lines > most, `only ${lines} lines`);
    }
  });

  it('has places even where values change from run to run', async () => {
    const random = chart({
      'Chart.yaml': CHART_YAML,
      'templates/secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: cart\nstringData:\n  password: {{ randAlphaNum 20 }}\n  user: cart\n',
    });
    const { output, marked } = await random.render();
    assert.deepEqual(renderedManifests(output, marked)[0]?.lines, [0, 1, 2, 3, 4, 5, 6]);
  });

  it('is told in Helm’s words where it fails, and shown where it is no YAML', async () => {
    const broken = chart({
      'Chart.yaml': CHART_YAML,
      'templates/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ fail "no name" }}\n',
    });
    assert.match((await broken.render()).failure ?? '', /no name/);
    broken.write('templates/service.yaml', 'apiVersion: v1\nkind: Service\n metadata: { name: {{ .Release.Name }} }\n');
    const { output, failure } = await broken.render();
    assert.match(failure ?? '', /YAML parse error/);
    assert.match(output, /metadata: \{ name: cart \}/);
  });

  it('is nothing after a cancel, and leaves nothing behind', async () => {
    const cancelling = new AbortController();
    const rendering = chart({}, shop).render([], cancelling.signal);
    cancelling.abort();
    await assert.rejects(rendering, (error: { kind?: string }) => error.kind === 'cancelled');
  });

  it('needs a helm', async () => {
    const { renderPlain } = await import('../../client/src/adapters/helmRenderer.ts');
    const request = {
      chartFolder: shop,
      valuesFiles: [],
      releaseName: 'cart',
      namespace: 'shop',
      command: path.join(tmpdir(), 'no-helm-here'),
      environment: {},
    };
    await assert.rejects(
      renderPlain(request, new AbortController().signal),
      (error: { kind?: string }) => error.kind === 'tool-missing',
    );
  });
});
