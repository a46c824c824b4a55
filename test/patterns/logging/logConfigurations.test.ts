import assert from 'node:assert/strict';
import { logConfigurationOf } from '../../../server/src/patterns/logging/logConfigurations.ts';
import { everyTag, globsMeet, meets } from '../../../server/src/patterns/logging/tags.ts';
import { readAddress } from '../../../server/src/rules/parts/serviceAddress.ts';
import { exampleSnapshot } from '../../catalog/exampleWorkspace.ts';

function configurationOf(file: string, text: string) {
  const body = text.trimEnd().replaceAll('\n', '\n    ');
  const manifest = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: logs\ndata:\n  ${file}: |\n    ${body}\n`;
  const { graph } = exampleSnapshot([{ name: 'logs.yaml', text: manifest }]);
  return logConfigurationOf(graph.all('ConfigMap')[0]!);
}

describe('configurations of log collectors', () => {
  it('reads Fluentd, with its parts, and says where it breaks off', () => {
    const read = configurationOf(
      'fluent.conf',
      '<source>\n  @type tail\n  tag kube.*\n  <parse>\n    @type json\n  </parse>\n</source>\n<match kube.**>\n  @type elasticsearch\n  host logs\n  <buffer>\n    path /buffer\n  </buffer>\n</match>\n',
    );
    assert.deepEqual(
      read?.sections.map(({ kind, plugin, settings }) => [kind, plugin, settings.map(({ key }) => key)]),
      [
        ['input', 'tail', ['@type', 'tag', '@type']],
        ['output', 'elasticsearch', ['match', '@type', 'host', 'path']],
      ],
    );
    assert.deepEqual(
      read?.files.flatMap(({ faults }) => faults),
      [],
    );
    const broken = configurationOf('fluent.conf', '<source>\n  @type tail\n</sources>\n');
    assert.deepEqual(
      broken?.files.flatMap(({ faults }) => faults.map(({ message }) => message)),
      ['<source> is closed by </sources>'],
    );
  });

  it('reads Fluent Bit in YAML as in its own format', () => {
    const yaml = configurationOf(
      'fluent-bit.yaml',
      'pipeline:\n  inputs:\n    - name: tail\n      tag: kube.*\n  outputs:\n    - name: es\n      match: kube.*\n',
    );
    const own = configurationOf(
      'fluent-bit.conf',
      '[INPUT]\n    Name tail\n    Tag kube.*\n[OUTPUT]\n    Name es\n    Match kube.*\n',
    );
    for (const read of [yaml, own]) {
      assert.deepEqual(
        read?.sections.map(({ kind, plugin }) => [kind, plugin]),
        [
          ['input', 'tail'],
          ['output', 'es'],
        ],
      );
      assert.deepEqual(everyTag(read!), ['kube.*']);
    }
  });

  it('does not take other files for configurations, and survives any of them', () => {
    assert.equal(configurationOf('application.conf', 'a = b\n[section]\nc = d\n'), undefined);
    const whole = '[SERVICE]\n  Flush 5\n[INPUT]\n  Name tail\n<source>\n@type x\n</source>\n@INCLUDE a.conf\n';
    for (let offset = 0; offset <= whole.length; offset++)
      assert.doesNotThrow(() => configurationOf('fluent-bit.conf', whole.slice(0, offset)));
  });

  it('knows which tags a pattern picks', () => {
    assert.equal(globsMeet('kube.*', '*'), true);
    assert.equal(globsMeet('kube.*', 'kube.var.*.log'), true);
    assert.equal(globsMeet('kube.*', 'host.*'), false);
    assert.equal(meets('kube.*', 'host.** kube.**', 'Fluentd'), true);
    assert.equal(meets('kube.*', '{host,node}.**', 'Fluentd'), false);
  });

  it('reads addresses with and without scheme, port and path', () => {
    const seen = (text: string) => {
      const { scheme, host, port } = readAddress(text) ?? {};
      return [scheme, host, port];
    };
    assert.deepEqual(seen('http://otel:4318/v1/traces'), ['http', 'otel', 4318]);
    assert.deepEqual(seen('jaeger.tracing.svc.cluster.local:4317'), [
      undefined,
      'jaeger.tracing.svc.cluster.local',
      4317,
    ]);
    assert.deepEqual(seen('https://user:secret@logs.example.com'), ['https', 'logs.example.com', undefined]);
    assert.deepEqual(seen('/var/run/socket'), [undefined, undefined, undefined]);
    assert.deepEqual(seen(''), [undefined, undefined, undefined]);
  });
});
