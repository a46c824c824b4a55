import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/tracing/pattern.ts';
import { exampleSnapshot } from '../../catalog/exampleWorkspace.ts';
import type { ExampleFile } from '../../catalog/readReadme.ts';

const configuration = (project: string, pipeline = 'traces') => `apiVersion: v1
kind: ConfigMap
metadata: { name: collector }
data:
  collector.yaml: |
    receivers:
      otlp:
    exporters:
      googlecloud:
        project: ${project}
    service:
      pipelines:
        ${pipeline}:
          receivers: [otlp]
          exporters: [googlecloud]
---
`;
const collector = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  template:
    metadata: { labels: { app: collector } }
    spec:
      containers: [{ name: main, image: "otel/opentelemetry-collector:0.140.0" }]
      volumes: [{ name: settings, configMap: { name: collector } }]
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  selector: { app: collector }
---
`;
const sender = (variable: string, address: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart }\nspec:\n  template:\n    spec:\n      containers:\n        - name: cart\n          env: [{ name: ${variable}, value: "${address}" }]\n`;

function uses(...files: ExampleFile[]): string[] {
  return [...pattern.recognize(exampleSnapshot(files).graph)].map(
    ({ missing, participants }) =>
      `${participants.map(({ role, resource }) => `${role} ${resource.name}`).join(', ')}; misses ${missing.join(', ') || 'nothing'}`,
  );
}
const manifests = (...documents: string[]) => uses({ name: 'all.yaml', text: documents.join('') });

describe('who sends spans to a collector', () => {
  it('is told its address by a name of the program', () => {
    assert.deepEqual(
      manifests(configuration('shop'), collector('spans'), sender('COLLECTOR_SERVICE_ADDR', 'spans:4317')),
      ['collector spans, configuration collector, application cart; misses nothing'],
    );
  });

  it('is missed where nobody is told it', () => {
    assert.deepEqual(manifests(configuration('shop'), collector('spans'), sender('OTHER_ADDR', 'other:4317')), [
      'collector spans, configuration collector; misses application',
    ]);
  });
});

describe('a collector in a chart', () => {
  const chart = (text: string) =>
    uses(
      { name: 'Chart.yaml', text: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n' },
      { name: 'templates/a.yaml', text },
    );

  it('is seen where a template writes a part of its configuration, and misses nobody', () => {
    assert.deepEqual(chart(configuration('{{ .Values.project | quote }}') + collector('{{ .Values.name }}')), [
      'collector undefined, configuration collector; misses nothing',
    ]);
  });

  it('is none for other pipelines', () => {
    assert.deepEqual(chart(configuration('{{ .Values.project }}', 'metrics')), []);
  });
});
