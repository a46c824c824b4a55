import assert from 'node:assert/strict';
import { loginAdvice } from '../../client/src/adapters/loginAdvice.ts';
import { describeText } from '../../client/src/cluster/describeText.ts';
import { isLater, logFilter, parseTimedLine } from '../../client/src/cluster/logs/logLine.ts';
import { LogRecord } from '../../client/src/cluster/logs/logRecord.ts';
import { mergePatch } from '../../client/src/cluster/mergePatch.ts';
import { offeredPorts } from '../../client/src/cluster/offeredPorts.ts';
import type { Pod } from '../../client/src/cluster/pod.ts';
import { objectState } from '../../client/src/cluster/tree/objectState.ts';
import { containerState, podState } from '../../client/src/cluster/tree/podState.ts';
import { pod } from '../delivery/shopObjects.ts';

describe('What the cluster view says', () => {
  it('tells pods and containers in words', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const words = (...given: Parameters<typeof pod>): string => podState(pod(...given), now).words;
    assert.equal(words('a', 1), 'running');
    assert.equal(words('a', 1, {}, { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }), 'terminating');
    assert.equal(words('a', 1, {}, { status: { phase: 'Succeeded' } }), 'completed');
    const evicted = { phase: 'Failed', reason: 'Evicted', conditions: [], containerStatuses: [] };
    assert.equal(words('a', 1, {}, { status: evicted }), 'failed: Evicted');
    assert.equal(containerState({ name: 'c', state: { waiting: { reason: 'ContainerCreating' } } }).tone, 'busy');
    assert.equal(
      containerState({ name: 'c', state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }).words,
      'OOMKilled, ended with exit code 137',
    );
    assert.equal(podState({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bare' } }, now).words, 'pending');
  });

  it('reads objects of which anything may be missing or of another type', () => {
    const kinds = ['Service', 'Node', 'PersistentVolumeClaim', 'Event', 'ConfigMap', 'Secret', 'Thing'];
    for (const kind of kinds) {
      for (const more of [
        {},
        { spec: null, status: null },
        { spec: { ports: 'x', rules: 3 }, status: { conditions: {} } },
      ]) {
        assert.equal(
          typeof objectState({ apiVersion: 'v1', kind, metadata: { name: 'n' }, ...more }).words,
          'string',
          kind,
        );
      }
    }
  });

  it('filters lines by text, by expression, and the other way round', () => {
    assert.ok(logFilter('ERROR')('an error occurred'));
    assert.ok(!logFilter('/ERROR/')('an error occurred'));
    assert.ok(logFilter('/ERR[a-z]+/i')('an error occurred'));
    assert.ok(!logFilter('!error')('an error occurred'));
    assert.ok(logFilter('!')('wow!'));
    assert.throws(() => logFilter('/(/'), SyntaxError);
  });

  it('keeps the lines of a log, shows them otherwise, and stays as it was for a wrong expression', () => {
    const record = new LogRecord({ hasPrefixes: true, hasTimes: false, filter: 'paid' });
    const line = (text: string) => ({ pod: 'cart-1', container: 'cart', time: '2026-01-01T00:00:00Z', text });
    assert.equal(record.take(line('order 17 paid')), '[cart-1/cart] order 17 paid');
    assert.equal(record.take(line('ping')), undefined);
    assert.throws(() => record.show({ filter: '/[/' }), SyntaxError);
    assert.equal(record.text(), '[cart-1/cart] order 17 paid\n');
    record.show({ filter: '', hasPrefixes: false, hasTimes: true });
    assert.equal(record.text(), '2026-01-01T00:00:00Z order 17 paid\n2026-01-01T00:00:00Z ping\n');
  });

  it('reads times with more and fewer digits', () => {
    assert.deepEqual(parseTimedLine('2026-01-01T00:00:00.5Z a b'), { time: '2026-01-01T00:00:00.5Z', text: 'a b' });
    assert.deepEqual(parseTimedLine('no time'), { time: '', text: 'no time' });
    assert.ok(isLater('2026-01-01T00:00:00.51Z', '2026-01-01T00:00:00.509Z'));
    assert.ok(!isLater('2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.500000000Z'));
  });

  it('makes a merge patch of what changed, and of nothing else', () => {
    assert.equal(mergePatch({ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 2 }] } }), undefined);
    assert.deepEqual(
      mergePatch(
        { a: 1, gone: { x: 1 }, list: [1, 2], deep: { same: 1, other: 2 } },
        { a: 2, list: [2], deep: { same: 1, other: 3 }, fresh: {} },
      ),
      { a: 2, gone: null, list: [2], deep: { other: 3 }, fresh: {} },
    );
  });

  it('offers the ports behind a Service, named ones through the pod', () => {
    const ports = [
      { containerPort: 8080, name: 'http' },
      { containerPort: 53, protocol: 'UDP' },
    ];
    const of = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'c', ports }] } };
    assert.deepEqual(offeredPorts(of as unknown as Pod, undefined), [{ port: 8080, name: 'http' }]);
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's' },
      spec: { ports: [{ port: 80, targetPort: 'http', name: 'web' }, { port: 9090 }, { port: 1, targetPort: 'none' }] },
    };
    assert.deepEqual(offeredPorts(of as unknown as Pod, service), [
      { port: 8080, name: 'Service port web (80)' },
      { port: 9090, name: 'Service port 9090' },
    ]);
  });

  it('says how to log in again', () => {
    assert.equal(loginAdvice(undefined), '');
    assert.match(loginAdvice({ command: '/usr/bin/aws', arguments: ['eks'], installHint: '' }), /aws sso login/);
    const own = loginAdvice({ command: 'corp-login', arguments: ['token'], installHint: 'Ask IT.' });
    assert.equal(own, 'Log in with the program that gives the credentials (corp-login token), then refresh. Ask IT.');
  });

  it('never lets the text of a cluster become Markdown', () => {
    const crash = pod('a', 1, {
      ready: false,
      state: { waiting: { reason: 'ErrImagePull', message: '![x](http://e) |' } },
    });
    const text = describeText({ context: 'kind', object: crash, events: [], pods: [], nowMilliseconds: 0 });
    const [prose = ''] = text.split('## YAML');
    assert.ok(prose.includes('\\!\\[x\\]'), prose);
    assert.ok(!prose.includes('![x]'));
  });
});
