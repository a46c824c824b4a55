import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { schemaInspection } from '../../server/src/features/schemaInspection.ts';
import { schemaFiles } from '../../server/src/host/schemaFiles.ts';
import { readWorkspace } from '../../server/src/host/workspaceFiles.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { RULES } from '../../server/src/patterns/registry.generated.ts';
import { checkRendered } from '../../server/src/render/checkRendered.ts';
import { renderFailure } from '../../server/src/render/renderFailure.ts';
import { type ReportedFinding, RuleSet } from '../../server/src/rules/runRules.ts';
import { BundledSchemas } from '../../server/src/schema/bundledSchemas.ts';
import { SchemaIndex } from '../../server/src/schema/schemaIndex.ts';
import { chartAt } from '../../server/src/workspace/helm/chartsOf.ts';
import { type FileChange, World } from '../../server/src/workspace/world.ts';
import { needTier } from '../environment/needTier.ts';
import { CHART_YAML, TestChart } from './testChart.ts';

const INSPECTIONS = [schemaInspection(new SchemaIndex(new BundledSchemas(schemaFiles(import.meta.url))))];
const RULE_SET = new RuleSet(RULES);

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      app: cart
  template:
    metadata:
      labels:
        app: cart
    spec:
      containers:
        - name: cart
          image: {{ include "cart.image" . }}
          {{- range .Values.ports }}
          {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
`;

const HELPERS =
  '{{- define "cart.image" -}}\n{{ .Values.image.repository }}:{{ .Values.image.tag | default "latest" }}\n{{- end -}}\n';

const VALUES = `replicas: 2
image:
  repository: registry.example.com/shop/cart
  tag: 1.0.0
resources:
  requests:
    cpu: 100m
    memory: 256Mi
  limits:
    memory: 512Mi
ports: []
`;

describe('findings of what was rendered', function () {
  this.timeout(60_000);
  const charts: TestChart[] = [];
  before(async function () {
    await needTier(this, 'helm');
  });
  after(() => {
    for (const chart of charts) chart.remove();
  });

  /** `rule at "line of the template" from "line of the values"`, errors and warnings of the recommended profile. */
  async function findings(files: Readonly<Record<string, string>>, valuesFiles: readonly string[] = []) {
    const chart = new TestChart({
      'Chart.yaml': CHART_YAML,
      'values.yaml': VALUES,
      'templates/_helpers.tpl': HELPERS,
      'templates/deployment.yaml': DEPLOYMENT,
      ...files,
    });
    charts.push(chart);
    const world = new World(LANGUAGES);
    const changes: FileChange[] = [];
    for await (const found of readWorkspace(chart.folder, (uri) => world.isOfInterest(uri)))
      if ('text' in found) changes.push(found);
    world.apply(changes);
    const snapshot = world.snapshot();
    const base = `${pathToFileURL(chart.folder).href}/`;
    const model = chartAt(snapshot.graph, `${base}Chart.yaml`)!;
    const { output, marked, failure } = await chart.render(valuesFiles);
    const rendered = { output, marked, valuesFiles: [...valuesFiles].reverse().map((file) => base + file) };
    const found = checkRendered(snapshot, model, rendered, {
      profile: 'recommended',
      rules: RULE_SET,
      inspections: INSPECTIONS,
      onFault(_rule, _resource, error) {
        throw error;
      },
    });
    const failed = failure === undefined ? [] : renderFailure(model, failure);
    const said = (list: readonly ReportedFinding[]) => list.map((reported) => describeFinding(reported, base));
    return { found: said(found), failed: said(failed), messages: failed.map(({ finding }) => finding.message) };
  }

  it('are none where a chart is right with its own values', async () => {
    assert.deepEqual(await findings({}), { found: [], failed: [], messages: [] });
  });

  it('lie where the template writes the value, and name the value', async () => {
    const { found } = await findings({ 'values.yaml': VALUES.replace('replicas: 2', 'replicas: two') });
    assert.deepEqual(found, [
      'schema/wrong-type at templates/deployment.yaml:6 "{{ .Values.replicas }}" from values.yaml:1 "replicas"',
    ]);
  });

  it('follow toYaml into the values', async () => {
    const { found } = await findings({ 'values.yaml': VALUES.replace('memory: 256Mi', 'memory: 1Gi') });
    assert.deepEqual(found, [
      'requests-limits/request-over-limit at templates/deployment.yaml:21 "{{- toYaml .Values.resources | nindent 12 }}" from values.yaml:8 "memory"',
    ]);
  });

  it('follow named templates to the values that they read', async () => {
    const { found } = await findings({ 'values.yaml': VALUES.replace('tag: 1.0.0', 'tag: latest') });
    assert.equal(found.length, 1);
    assert.match(
      found[0]!,
      /at templates\/deployment.yaml:17 "\{\{ include "cart.image" \. \}\}" from values.yaml:3 "repository" and values.yaml:4 "tag"$/,
    );
  });

  it('take the values files into account that were chosen', async () => {
    const files = { 'values-small.yaml': 'resources:\n  limits:\n    memory: 64Mi\n' };
    assert.deepEqual((await findings(files)).found, []);
    const { found } = await findings(files, ['values-small.yaml']);
    assert.deepEqual(found, [
      'requests-limits/request-over-limit at templates/deployment.yaml:21 "{{- toYaml .Values.resources | nindent 12 }}" from values.yaml:8 "memory"',
    ]);
  });

  it('are not said again where the template itself shows them', async () => {
    const { found } = await findings({
      'templates/service.yaml':
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  prots: []\n',
    });
    assert.deepEqual(found, []);
  });

  it('stand where indentation breaks the YAML', async () => {
    const { found } = await findings({
      'templates/config-map.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  a: {{ .Values.text }}\n  b: c\n',
      'values.yaml': `${VALUES}text: "x: y: z"\n`,
    });
    assert.equal(found.length, 1);
    assert.match(found[0]!, /^syntax\/[a-z-]+ at templates\/config-map.yaml:6 /);
  });

  it('are Helm’s own words at the innermost place, with the way there', async () => {
    const { failed, messages } = await findings({
      'templates/_helpers.tpl': '{{- define "cart.image" -}}\n{{ .Values.picture.name }}\n{{- end -}}\n',
    });
    assert.deepEqual(failed, [
      'syntax/not-rendered at templates/_helpers.tpl:2 ".Values.picture.name" from templates/deployment.yaml:17 "include "cart.image" ."',
    ]);
    assert.match(messages[0]!, /nil pointer evaluating interface \{\}\.name/);
  });

  it('name the dependency that is not there', async () => {
    const { failed, messages } = await findings({
      'Chart.yaml': `${CHART_YAML}dependencies:\n  - name: redis\n    version: 20.1.0\n    repository: https://charts.example.com\n`,
    });
    assert.deepEqual(failed, ['syntax/not-rendered at Chart.yaml:6 "redis"']);
    assert.match(messages[0]!, /helm dependency update/);
  });

  it('say where a template cannot be parsed', async () => {
    const { failed, messages } = await findings({
      'templates/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ quoted .Release.Name }}\n',
    });
    assert.deepEqual(failed, ['syntax/not-rendered at templates/service.yaml:4 "name: {{ quoted .Release.Name }}"']);
    assert.match(messages[0]!, /function "quoted" not defined/);
  });
});

function describeFinding({ rule, finding }: ReportedFinding, base: string): string {
  const place = ({ at: { source, span } }: { readonly at: ReportedFinding['finding']['at'] }) =>
    `${source.uri.slice(base.length)}:${source.lineAt(span.start) + 1} "${source.slice(span).trim()}"`;
  const from = (finding.related ?? []).map(place).join(' and ');
  return `${rule.id} at ${place(finding)}${from === '' ? '' : ` from ${from}`}`;
}
