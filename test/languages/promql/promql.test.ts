import assert from 'node:assert/strict';
import { promqlProblems } from '../../../server/src/languages/promql/checkPromql.ts';
import { metricTypeOf } from '../../../server/src/languages/promql/metricType.ts';
import { parsePromql } from '../../../server/src/languages/promql/parsePromql.ts';
import { readPromqlDuration } from '../../../server/src/languages/promql/promqlDuration.ts';
import { labelsGroupedBy, resultLabels } from '../../../server/src/languages/promql/promqlLabels.ts';
import { readPromqlString } from '../../../server/src/languages/promql/promqlString.ts';

/** Each fault as `text it stands at: message`. */
function faults(text: string): string[] {
  return promqlProblems(parsePromql(text)).map(
    ({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`,
  );
}

describe('PromQL', () => {
  for (const text of [
    'up',
    'sum by (job) (rate(http_requests_total{code=~"5..", job!="a"}[5m])) > 0.1',
    'sum(rate(a[5m])) / on (pod) group_left (node) kube_pod_info',
    'histogram_quantile(0.95, sum without (pod) (rate(x_bucket[5m])))',
    'max_over_time(rate(a[1m])[1h:5m]) offset 1d',
    'a @ end() and b or c unless d',
    'label_replace(up, "a", "$1", "b", "(.*)")',
    'label_join(up, "a", "-", "b", "c")',
    'time() - process_start_time_seconds > bool 3600',
    'round(a)',
    'hour() > 8',
    'count_values("version", build_info)',
    'a > -1e3 # a remark',
    "{__name__=~'a.+'}",
    '{"http.requests", job="a"}',
    'x{a=~"(?i)ab|c", b=~"[[:alpha:]]+"}',
    'vector(0)',
    'rate(a[5m:])',
    'holt_winters(a[5m], 0.1, 0.2)',
    '1 > bool 2',
    'sum(a) by (b)',
    'quantile(0.9, a)',
    'absent(up{job="a"})',
    '-a ^ 2',
    'sort_by_label(a, "b")',
  ])
    it(`takes ${text}`, () => assert.deepEqual(faults(text), []));

  for (const [text, ...expected] of [
    ['', ': the query is empty'],
    ['rate(x[5m]', ']: something is missing behind "]"'],
    ['foo{', '{: something is missing behind "{"'],
    ['a + ', '+: something is missing behind "+"'],
    ['x{a="b" c="d"}', 'c: "c" is not expected here'],
    ['avarage(x)', 'avarage: Prometheus has no function avarage'],
    ['x[5q]', 'q: "q" is not expected here'],
    ['rate(x)', 'x: rate takes a range here, not an instant vector, as in x[5m]'],
    ['rate(sum(x))', 'sum(x): rate takes a range here, not an instant vector'],
    ['sum(x[5m])', 'x[5m]: sum takes an instant vector here, not a range'],
    ['rate(x[5m])[5m]', '5m: a range of what was computed needs a step, as in [5m:1m]'],
    ['x[5m]', 'x[5m]: the query gives a range, not one value for each series'],
    ['"a"', '"a": the query gives a text, not one value for each series'],
    ['topk(x)', 'topk: topk takes a number and a vector'],
    ['clamp(x, 1)', 'clamp: clamp takes 3 arguments, not 2'],
    ['1 > 2', '>: two numbers are compared with > bool'],
    ['x and 1', 'and: and joins vectors, and there is a number on one side'],
    ['x + on (a) 1', 'on'],
    ['x + bool y', '+: bool goes with comparisons, not with +'],
    ['{a=""}', '{a=""}: this would select every series: at least one label must be matched by a text'],
    ['{a=~".*"}', '{a=~".*"}: this would select every series: at least one label must be matched by a text'],
    ['x{a=~"(b"}', '"(b": (b is no regular expression'],
    ['x{a=~"(?!b)"}', '"(?!b)": regular expressions of Prometheus do not look around ((?!)'],
    ['x[5m] > 1', 'x[5m]: > is not defined for a range'],
  ] as const)
    it(`refuses ${text === '' ? 'nothing' : text}`, () => {
      if (expected[0] === 'on') assert.match(faults(text)[0] ?? '', /on matches the labels of two vectors/);
      else assert.deepEqual(faults(text), expected);
    });

  it('survives whatever is typed', () => {
    const whole =
      'sum by (a) (rate(x_total{b=~"5..", c!=\'d\'}[5m] offset 1h)) / on (a) group_left (e) y{} > bool 0.2 @ end()';
    for (let offset = 0; offset <= whole.length; offset++) {
      const cuts = [whole.slice(0, offset), whole.slice(offset), `${whole.slice(0, offset)} ) "${whole.slice(offset)}`];
      for (const text of cuts)
        for (const { span } of promqlProblems(parsePromql(text)))
          assert.ok(span.start >= 0 && span.end <= text.length && span.start <= span.end, text);
    }
    assert.doesNotThrow(() => promqlProblems(parsePromql('('.repeat(15_000))));
    assert.doesNotThrow(() => promqlProblems(parsePromql(`${'-('.repeat(5000)}x${')'.repeat(5000)}`)));
  });

  it('follows labels through aggregations, matchings and functions', () => {
    const labels = (text: string) => {
      const result = resultLabels(parsePromql(text).expression);
      return result.kind === 'only' ? [...result.labels] : ['*', ...[...result.dropped].map((name) => `-${name}`)];
    };
    assert.deepEqual(labels('up'), ['*']);
    assert.deepEqual(labels('sum by (a, b) (x)'), ['a', 'b']);
    assert.deepEqual(labels('sum(x)'), []);
    assert.deepEqual(labels('sum without (a) (x)'), ['*', '-a']);
    assert.deepEqual(labels('topk by (a) (3, sum by (a, b) (x))'), ['a', 'b']);
    assert.deepEqual(labels('histogram_quantile(0.9, sum by (le, a) (x_bucket))'), ['a']);
    assert.deepEqual(labels('label_replace(sum by (a) (x), "c", "$1", "a", "(.*)")'), ['a', 'c']);
    assert.deepEqual(labels('sum by (a) (x) / sum by (a, b) (y)'), ['a']);
    assert.deepEqual(labels('sum by (a, b) (x) / on (a) sum by (a) (y)'), ['a']);
    assert.deepEqual(labels('sum by (a, b) (x) * on (a) group_left (c) y'), ['a', 'b', 'c']);
    assert.deepEqual(labels('sum by (a) (x) or sum by (b) (y)'), ['a', 'b']);
    assert.deepEqual(labels('sum by (a) (x) > 5'), ['a']);
    assert.deepEqual(labels('count_values("v", x)'), ['v']);
    const grouped = labelsGroupedBy(parsePromql('sum by (a, c) (sum by (a, b) (x))').expression);
    assert.deepEqual(
      grouped.map(({ name, by }) => [name, by]),
      [['c', 'sum']],
    );
  });

  it('reads durations, texts and the types of metrics', () => {
    assert.deepEqual(['5m', '1h30m', '90s', '1.5', 15, '5 m', 'm', '', undefined].map(readPromqlDuration), [
      300_000,
      5_400_000,
      90_000,
      1500,
      15_000,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    assert.equal(readPromqlString('"a\\"b\\n\\u00e4"'), 'a"b\nä');
    assert.equal(readPromqlString('`a\\b`'), 'a\\b');
    assert.equal(readPromqlString('"unclosed'), 'unclosed');
    assert.deepEqual(
      [
        'http_requests_total',
        'up',
        'x_bucket',
        'x_count',
        'kube_pod_container_status_restarts_total',
        'anything',
        'a:b:rate5m',
      ].map(metricTypeOf),
      ['counter', 'gauge', 'buckets', 'sum or count', 'counter', undefined, 'gauge'],
    );
  });
});
