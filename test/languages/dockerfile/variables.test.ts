import assert from 'node:assert/strict';
import { expandVariables, type VariableValue } from '../../../server/src/languages/dockerfile/expandVariables.ts';
import { variableScopes } from '../../../server/src/languages/dockerfile/stageRuns.ts';
import { parsed } from './exampleDockerfile.ts';

const KNOWN: Readonly<Record<string, VariableValue>> = {
  A: { kind: 'known', value: 'a' },
  EMPTY: { kind: 'known', value: '' },
  UNKNOWN: { kind: 'unknown' },
};

describe('expandVariables', () => {
  const cases: readonly [string, string | undefined][] = [
    ['x$A/y', 'xa/y'],
    ['${A}b', 'ab'],
    ['"$A b" \'$A\'', 'a b $A'],
    ['\\$A', '$A'],
    ['"\\$A \\b"', '$A \\b'],
    ['$NONE-', '-'],
    ['${NONE:-d}', 'd'],
    ['${NONE-d}', 'd'],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${A:+set}', 'set'],
    ['${EMPTY:+set}', ''],
    ['${NONE:-${A}-${B:-c}}', 'a-c'],
    ['${UNKNOWN:-d}', undefined],
    ['x$UNKNOWN', undefined],
    ['${A#x}', undefined],
    ['100$', '100$'],
    ['$$', ''],
  ];
  for (const [text, value] of cases) {
    it(`makes ${JSON.stringify(value)} of ${text}`, () => {
      assert.equal(expandVariables(text, '\\', (name) => KNOWN[name] ?? { kind: 'unset' }).value, value);
    });
  }

  it('finds every reference with its place, nested ones included', () => {
    const text = 'a$B ${C:-$D}';
    const { references } = expandVariables(text, '\\', () => ({ kind: 'unset' }));
    assert.deepEqual(
      references.map(({ nameSpan, operator }) => [text.slice(nameSpan.start, nameSpan.end), operator]),
      [
        ['B', undefined],
        ['C', ':-'],
        ['D', undefined],
      ],
    );
  });

  it('escapes with the backtick where the file does', () => {
    assert.equal(expandVariables('`$A C:\\x', '`', (name) => KNOWN[name] ?? { kind: 'unset' }).value, '$A C:\\x');
  });
});

describe('variables of a Dockerfile', () => {
  const file = parsed(
    [
      'ARG OUTER=1',
      'ARG BASE=a:$OUTER',
      'FROM $BASE AS one',
      'ARG OUTER',
      'ARG OWN=x',
      'ENV FIXED=/app PATHS=$FIXED:$OWN',
      'ENV LATER=$FIXED/bin',
      'FROM one AS two',
      'ENV OWN=e',
      'LABEL l=x',
      'FROM scratch',
      'LABEL l=x',
    ].join('\n'),
  );
  const scopes = variableScopes(file);
  const inTwo = file.instructions[9]!;
  const inThree = file.instructions[11]!;

  it('sees those of the stages below', () => {
    assert.deepEqual(scopes.fixedValueAt('LATER', inTwo), { kind: 'known', value: '/app/bin' });
    assert.deepEqual(scopes.defaultValueAt('OUTER', inTwo), { kind: 'known', value: '1' });
    assert.deepEqual([...scopes.visibleAt(inTwo).keys()].sort(), ['FIXED', 'LATER', 'OUTER', 'OWN', 'PATHS']);
  });

  it('never takes a build argument for certain', () => {
    assert.deepEqual(scopes.fixedValueAt('OUTER', inTwo), { kind: 'unknown' });
    assert.deepEqual(scopes.fixedValueAt('PATHS', inTwo), { kind: 'unknown' });
    assert.equal(file.stages[0]!.base.kind, 'unknown');
  });

  it('reads the values of one ENV before any of its names is set', () => {
    assert.equal(scopes.named('PATHS')[0]!.value, undefined);
  });

  it('lets ENV win over ARG', () => {
    assert.equal(scopes.definitionAt('OWN', inTwo)?.kind, 'env');
  });

  it('knows that an empty image sets nothing, and that any other may', () => {
    assert.deepEqual(scopes.fixedValueAt('JAVA_HOME', inThree), { kind: 'unset' });
    assert.deepEqual(scopes.fixedValueAt('JAVA_HOME', inTwo), { kind: 'unknown' });
    assert.deepEqual(scopes.fixedValueAt('PATH', inThree), { kind: 'unknown' });
  });

  it('does not grow without end', () => {
    const lines = Array.from({ length: 200 }, () => 'ENV A=$A$A');
    const grown = parsed(['FROM scratch', 'ENV A=xxxxxxxxxx', ...lines, 'LABEL l=$A'].join('\n'));
    assert.deepEqual(variableScopes(grown).fixedValueAt('A', grown.instructions.at(-1)!), { kind: 'unknown' });
  });
});
