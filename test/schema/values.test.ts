import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatFault, numberFormatFault } from '../../server/src/schema/formats.ts';
import { matchesPattern } from '../../server/src/schema/patterns.ts';
import { nearestName } from '../../server/src/text/nearestName.ts';

describe('schema: formats', () => {
  const cases: Record<string, { good: string[]; bad: string[] }> = {
    quantity: {
      good: ['0', '1', '+1', '-1', '1.', '.5', '1.5Gi', '100m', '1e3', '1E-3', '1E', '10k', '5n', '7u'],
      bad: ['', ' 1', '1 Gi', '1GB', '1gi', '1K', '1mi', 'Gi', '1e', '--1', '1.2.3', '0x10'],
    },
    duration: { good: ['0', '1s', '1.5h', '1h2m3s', '-5ms', '10µs'], bad: ['', '1', '1d', 's', '1 s', '1sec'] },
    date: { good: ['2026-01-31', '2024-02-29'], bad: ['2026-02-29', '2026-13-01', '2026-1-1', '20260101'] },
    'date-time': {
      good: ['2026-01-31T15:04:05Z', '2026-01-31T15:04:05.123456+01:00'],
      bad: [
        '2026-01-31',
        '2026-01-31 15:04:05Z',
        '2026-02-30T00:00:00Z',
        '2026-01-31T24:00:00Z',
        '2026-01-31T15:04:05',
      ],
    },
    byte: { good: ['', 'YQ==', 'YWI=', 'YWJj', 'YWJj\nYWJj\n'], bad: ['Y', 'YQ', 'YQ=', 'a b=', 'YW-_', '===='] },
    ipv4: { good: ['10.0.0.1'], bad: ['10.0.0', '10.0.0.256', '::1', '010.0.0.1x'] },
    ipv6: { good: ['::1', 'fe80::1'], bad: ['10.0.0.1', ':::1', 'g::1'] },
    ip: {
      good: ['10.0.0.1', '::1', '2001:db8::1'],
      bad: ['', '10.0.0', '10.0.0.256', 'localhost', '::g', '10.0.0.1/8'],
    },
    'cluster-ip': { good: ['', 'None', '10.0.0.1', 'fd00::1'], bad: ['none', '10.0.0', '300.1.1.1'] },
    cidr: {
      good: ['10.0.0.0/8', '0.0.0.0/0', '::/0', '2001:db8::/32'],
      bad: ['10.0.0.0', '10.0.0.0/33', '10.0.0/8', '/8'],
    },
    uuid: { good: ['6ba7b810-9dad-11d1-80b4-00c04fd430c8'], bad: ['6ba7b810'] },
    'dns-label': { good: ['a', 'a-1', '1a', 'a'.repeat(63)], bad: ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a'.repeat(64)] },
    'dns-subdomain': { good: ['a', 'a.b-c.1'], bad: ['', 'a..b', '.a', 'A.b', 'a'.repeat(254)] },
    'label-value': { good: ['', 'a', 'A_b.c-1'], bad: ['-a', 'a.', 'a b', 'a/b', 'a'.repeat(64)] },
    'qualified-name': {
      good: ['a', 'A_b.c', 'example.com/a', 'app.kubernetes.io/name'],
      bad: ['', '/a', 'a/', 'a/b/c', 'Example.com/a', 'a b', `${'a'.repeat(64)}`],
    },
    'path-segment': { good: ['system:node', 'A b'], bad: ['a/b', 'a%b', '.', '..'] },
    'port-name': { good: ['http', 'http-2', 'a'], bad: ['80', 'Http', 'a--b', 'http-metrics-admin', ''] },
  };
  for (const [format, { good, bad }] of Object.entries(cases)) {
    it(`knows ${format}`, () => {
      for (const text of good) assert.equal(formatFault(format, text), undefined, `${format}: ${text}`);
      for (const text of bad) assert.notEqual(formatFault(format, text), undefined, `${format}: ${text}`);
    });
  }

  it('says nothing about formats that it does not know', () => {
    assert.equal(formatFault('hostname', '!'), undefined);
    assert.equal(numberFormatFault('float', 1e300), undefined);
    assert.notEqual(numberFormatFault('int32', 2 ** 31), undefined);
    assert.equal(numberFormatFault('int32', 2 ** 31 - 1), undefined);
  });
});

describe('schema: patterns', () => {
  it('match as in Go', () => {
    assert.equal(matchesPattern('^(?i)(abort|warn)?$', 'Warn'), true);
    assert.equal(matchesPattern('^[a-z]+$', 'A'), false);
    assert.equal(matchesPattern('^a\\.b$', 'a.b'), true);
  });

  it('know what only Go has', () => {
    assert.equal(matchesPattern('^[[:alpha:]]+$', 'aZ'), true);
    assert.equal(matchesPattern('^[[:^alpha:]x]+$', '1x'), true);
    assert.equal(matchesPattern('\\Aa\\z', 'a'), true);
    assert.equal(matchesPattern('^(?P<name>a)(?i:b)c$', 'aBc'), true);
    assert.equal(matchesPattern('^(?P<name>a)(?i:b)c$', 'aBC'), false);
    assert.equal(matchesPattern('^((?i)mon|tues)day$', 'TuesDAY'), false);
    assert.equal(matchesPattern('^((?i)mon|tues)day$', 'TUESday'), true);
    assert.equal(matchesPattern('^.{2}$', '\u{1F600}\u{1F600}'), true);
  });

  it('say nothing when they cannot be read', () => {
    for (const pattern of [
      '\\pL+',
      '(',
      'a)',
      '[z-a]',
      '[a',
      'a{2,1}',
      'a**',
      '*a',
      '\\',
      'a{2000}',
      '(?=a)',
      '(?<!a)',
      '\\1',
      '((a{999}){999})',
    ]) {
      assert.equal(matchesPattern(pattern, 'a'), undefined, pattern);
    }
  });

  it('agree with the matcher of JavaScript where both know the syntax', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '[a-c-]',
      '\\d',
      '\\w',
      '-',
      '\\.',
      '(?:a|b)',
      '(ab?)',
      '(a|)',
      '(?:\\b)',
      '\\{',
      ']',
    );
    const repeated = fc
      .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '{0,}', '*?'))
      .map((pair) => pair.join(''));
    const sequence = fc.array(repeated, { maxLength: 4 }).map((parts) => parts.join(''));
    const pattern = fc
      .tuple(fc.constantFrom('', '^'), sequence, fc.constantFrom('', '|b', '$'))
      .map((parts) => parts.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '-', '.', '{', ']'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        assert.equal(matchesPattern(source, value), new RegExp(source).test(value), `${source} on ${value}`);
      }),
      { numRuns: 5000 },
    );
  });

  it('end in time, whatever a definition says', () => {
    const started = performance.now();
    for (const pattern of [
      '^(a+)+$',
      '^(a|a)*$',
      '^(a*)*b$',
      '^([a-z]+.?)+$',
      '^(.*)*x$',
      '^((a|b)+c?)+$',
      '^(a|aa)+$',
    ]) {
      matchesPattern(pattern, `${'a'.repeat(60)}!`);
      matchesPattern(pattern, `${'a'.repeat(250)}!`);
    }
    const milliseconds = performance.now() - started;
    assert.ok(milliseconds < 500, `${milliseconds} ms`);
  });
});

describe('schema: nearest name', () => {
  const near = (name: string, ...candidates: string[]) => nearestName(name, candidates);

  it('forgives case, hyphens, plurals and few letters', () => {
    assert.equal(near('Replicas', 'replicas', 'paused'), 'replicas');
    assert.equal(near('restart-policy', 'restartPolicy'), 'restartPolicy');
    assert.equal(near('port', 'ports', 'host'), 'ports');
    assert.equal(near('contianers', 'containers', 'initContainers'), 'containers');
    assert.equal(near('imagePulPolicy', 'image', 'imagePullPolicy'), 'imagePullPolicy');
  });

  it('prefers the nearest, and none to a far one', () => {
    assert.equal(near('selectr', 'selectors', 'selector'), 'selector');
    assert.equal(near('foo', 'bar', 'selector'), undefined);
    assert.equal(near('x', 'y'), undefined);
    assert.equal(near('same', 'same'), undefined);
  });

  it('finds a name from which one letter was taken', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{6,20}$/), fc.nat(), (name, at) => {
        const index = at % name.length;
        const shorter = name.slice(0, index) + name.slice(index + 1);
        assert.equal(near(shorter, name, 'UNRELATED-0123456789'), name);
      }),
    );
  });
});
