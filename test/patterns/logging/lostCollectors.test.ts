import assert from 'node:assert/strict';
import { pattern } from '../../../server/src/patterns/logging/pattern.ts';
import { exampleSnapshot } from '../../catalog/exampleWorkspace.ts';

const running = (kind: string, name: string, image: string, more = '') =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: logs }\nspec:\n  template:\n    metadata: { labels: { app: ${name} } }\n    spec:\n      containers:\n        - { name: main, image: "${image}" }\n${more}---\n`;
const STORAGE = running('StatefulSet', 'elasticsearch', 'elasticsearch:9.1.0');
const ANALYSIS = running('Deployment', 'kibana', 'kibana:9.1.0');
const COLLECTOR = running(
  'DaemonSet',
  'fluent-bit',
  'fluent/fluent-bit:4.1.0',
  '      volumes: [{ name: settings, configMap: { name: fluent-bit } }]\n',
);
const MONITOR = `apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: fluent-bit, namespace: logs }
spec:
  selector: { matchLabels: { app: fluent-bit } }
---
`;
const alert = (series: string) => `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: logs, namespace: logs }
spec:
  groups:
    - name: logs
      rules: [{ alert: LogsLost, expr: "rate(${series}[10m]) > 0" }]
---
`;
const ALERT = alert('fluentbit_output_errors_total');
const CONFIGURATION = `apiVersion: v1
kind: ConfigMap
metadata: { name: fluent-bit, namespace: logs }
data:
  fluent-bit.conf: |
    [INPUT]
        Name tail
        Path /var/log/containers/*.log
    [OUTPUT]
        Name es
        Host elasticsearch
---
`;

function uses(...documents: string[]): string[] {
  const { graph } = exampleSnapshot([{ name: 'all.yaml', text: documents.join('') }]);
  return [...pattern.recognize(graph)].map(
    ({ name, missing, participants }) =>
      `${name} (${[...new Set(participants.map(({ role }) => role))].join(', ')}) misses ${missing.join(', ') || 'nothing'}`,
  );
}

describe('logging without its collector', () => {
  it('is known by a monitor that finds no pods, beside alerts and a storage', () => {
    assert.deepEqual(uses(STORAGE, ANALYSIS, MONITOR, ALERT), [
      'fluent-bit (storage, analysis, alerts) misses collector, configuration',
    ]);
  });

  it('is known by a configuration that nobody mounts', () => {
    assert.deepEqual(uses(STORAGE, CONFIGURATION), [
      'fluent-bit (configuration, storage) misses collector, analysis, alerts',
    ]);
  });

  it('is known by its collector where that is there', () => {
    assert.deepEqual(
      uses(STORAGE, ANALYSIS, MONITOR, ALERT, COLLECTOR).map((use) => use.startsWith('fluent-bit (collector')),
      [true],
    );
    assert.deepEqual(
      uses(STORAGE, ANALYSIS, ALERT, CONFIGURATION, COLLECTOR).filter((use) => /misses.*collector/.test(use)),
      [],
    );
  });

  const APPLICATION =
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: logs }\nspec: { source: { chart: fluent-bit } }\n---\n';
  const near: Readonly<Record<string, readonly string[]>> = {
    'no storage is here': [ANALYSIS, MONITOR, ALERT],
    'the alerts are about something else': [STORAGE, MONITOR, alert('http_requests_total')],
    'another tool installs the collector': [STORAGE, ANALYSIS, MONITOR, ALERT, APPLICATION],
    'its image is another one of that name': [
      STORAGE,
      MONITOR,
      ALERT,
      running('DaemonSet', 'logs', 'example/my-fluent-bit-x:1.0.0'),
    ],
    'nothing says who reads the configuration': [CONFIGURATION],
    'another workload mounts the configuration': [
      STORAGE,
      CONFIGURATION,
      running(
        'Deployment',
        'logs',
        'example/logs:1.0.0',
        '      volumes: [{ name: s, configMap: { name: fluent-bit } }]\n',
      ),
    ],
  };
  for (const [what, documents] of Object.entries(near)) {
    it(`is not seen where ${what}`, () => assert.deepEqual(uses(...documents), []));
  }
});
