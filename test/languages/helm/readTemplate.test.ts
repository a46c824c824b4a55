import assert from 'node:assert/strict';
import { parseTemplate } from '../../../server/src/languages/helm/parseTemplate.ts';
import { readTemplate } from '../../../server/src/languages/helm/readTemplate.ts';
import { FUNCTIONS } from '../../../server/src/languages/helm/templateFunctions.ts';
import { type Shape, shapeKey } from '../../../server/src/languages/helm/templateShape.ts';

const ROOT: Shape = { kind: 'root', chart: 'file:///shop/' };

/** Each use of a value as `path role "where each segment is written"`. */
function usesIn(text: string): string[] {
  const { uses } = readTemplate(parseTemplate(text).nodes, ROOT);
  return uses.map(({ path, role, names }) => {
    const written = names.map((span) => (span ? text.slice(span.start, span.end) : '-')).join(' ');
    return `${path.map((segment) => segment ?? '*').join('.')} ${role} ${written}`.trim();
  });
}

/** What the dot is where `{{ .here }}` stands. */
function dotIn(text: string): string {
  const template = parseTemplate(text);
  const action = template.actions.find(({ start }) => text.startsWith('{{ .here }}', start));
  assert.ok(action);
  return shapeKey(readTemplate(template.nodes, ROOT).scopes.get(action)!.dot).replaceAll(' file:///shop/', '');
}

describe('readTemplate', () => {
  it('follows the dot', () => {
    assert.equal(dotIn('{{ .here }}'), 'root');
    assert.equal(dotIn('{{ with .Values.a }}{{ .here }}{{ end }}'), 'value ["a"]');
    assert.equal(dotIn('{{ with .Values.a }}{{ else }}{{ .here }}{{ end }}'), 'root');
    assert.equal(dotIn('{{ if .Values.a }}{{ .here }}{{ end }}'), 'root');
    assert.equal(dotIn('{{ range .Values.a }}{{ with .b }}{{ .here }}{{ end }}{{ end }}'), 'value ["a",null,"b"]');
    assert.equal(dotIn('{{ range list .Values.a .Values.a }}{{ .here }}{{ end }}'), 'value ["a"]');
    assert.equal(dotIn('{{ with .Values.a | default dict }}{{ .here }}{{ end }}'), 'value ["a"]?');
    assert.equal(dotIn('{{ with deepCopy .Values.a }}{{ .here }}{{ end }}'), 'value ["a"]');
    assert.equal(dotIn('{{ with first .Values.a }}{{ .here }}{{ end }}'), 'value ["a",null]');
    assert.equal(dotIn('{{ with .Subcharts.redis }}{{ .here }}{{ end }}'), 'object ["Subcharts","redis"]');
    assert.equal(dotIn('{{ with .Files.Get "a" }}{{ .here }}{{ end }}'), '?');
    assert.equal(dotIn('{{ with merge (dict "a" 1) . }}{{ .here }}{{ end }}'), '{"a":scalar "1",...root}');
    assert.equal(dotIn('{{ with dict "a" .Values.b }}{{ .here }}{{ end }}'), '{"a":value ["b"]}');
  });

  it('says what is used, how, and where it is written', () => {
    assert.deepEqual(usesIn('{{ .Values.a.b }}'), ['a.b read a b']);
    assert.deepEqual(usesIn('{{ with .Values.a }}{{ .b }}{{ end }}'), ['a test a', 'a.b read - b']);
    assert.deepEqual(usesIn('{{ index .Values.a "b" "c" }}'), ['a bind a', 'a.b.c read a b c']);
    assert.deepEqual(usesIn('{{ index .Values.a 0 "b" }}'), ['a bind a', 'a.*.b read a - b']);
    assert.deepEqual(usesIn('{{ get .Values "a" }}'), ['bind', 'a default a']);
    assert.deepEqual(usesIn('{{ dig "a" "b" 1 .Values }}'), ['bind', 'a.b default a b']);
    assert.deepEqual(usesIn('{{ if hasKey .Values "a" }}{{ end }}'), ['bind', 'a test a']);
    assert.deepEqual(usesIn('{{ .Values.a | default .Values.b }}'), ['b bind b', 'a default a', 'a default a']);
    assert.deepEqual(usesIn('{{ required "x" .Values.a }}'), ['a required a', 'a read a']);
    assert.deepEqual(usesIn('{{ if eq .Values.a "x" }}{{ end }}'), ['a compare a']);
    assert.deepEqual(usesIn('{{ ternary 1 2 .Values.a }}'), ['a test a']);
    assert.deepEqual(usesIn('{{ (.Values.a).b }}'), ['a test a', 'a.b default a b']);
    assert.deepEqual(usesIn('{{ .Subcharts.redis.Values.port }}'), ['redis.port read - port']);
    assert.deepEqual(usesIn('{{ $x := .Values.a }}{{ $x.b }}{{ $.Values.c }}'), [
      'a bind a',
      'a.b read - b',
      'c read c',
    ]);
    assert.deepEqual(usesIn('{{ set .Values "a" 1 }}').slice(0, 2), ['bind', 'a set a']);
    assert.deepEqual(usesIn('{{ toString .Values.a }}{{ .Values.b | valueOf }}'), ['a read a', 'b read b']);
  });

  it('forgets what a variable is where a block may assign something else', () => {
    const text = '{{ $x := .Values.a }}{{ if .Values.c }}{{ $x = .Values.b }}{{ end }}{{ $x.d }}';
    assert.deepEqual(usesIn(text), ['a bind a', 'c test c', 'b bind b']);
    const same = '{{ $x := .Values.a }}{{ $x = .Values.b }}{{ $x.d }}';
    assert.deepEqual(usesIn(same).at(-1), 'b.d read - d');
  });

  it('notes the calls of templates with their arguments', () => {
    const text =
      '{{ include "a" . }}{{ template "b" (dict "x" .Values.y) }}{{ block "c" .Values }}{{ end }}{{ template "d" }}';
    assert.deepEqual(
      readTemplate(parseTemplate(text).nodes, ROOT).calls.map(({ name, argument }) => [
        name,
        argument && shapeKey(argument).replaceAll(' file:///shop/', ''),
      ]),
      [
        ['a', 'root'],
        ['b', '{"x":value ["y"]}'],
        ['c', 'value []'],
        ['d', undefined],
      ],
    );
  });
});

describe('the functions of templates', () => {
  it('have parameters of which only the last repeats, and a sentence', () => {
    assert.ok(FUNCTIONS.size >= 240);
    for (const { name, parameters, documentation } of FUNCTIONS.values()) {
      assert.match(documentation, /^[A-Z`].*[.…]$/, name);
      assert.ok(
        parameters.slice(0, -1).every(({ isRepeated }) => !isRepeated),
        name,
      );
      assert.equal(new Set(parameters.map((parameter) => parameter.name)).size, parameters.length, name);
    }
  });
});
