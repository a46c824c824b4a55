import assert from 'node:assert/strict';
import { maskTemplate } from '../../../server/src/languages/helm/maskTemplate.ts';
import { parseTemplate } from '../../../server/src/languages/helm/parseTemplate.ts';
import type { Template } from '../../../server/src/languages/helm/templateSyntax.ts';
import { allNodes } from '../../../server/src/languages/helm/walkTemplate.ts';
import type { Span } from '../../../server/src/text/sourceText.ts';
import { chartTemplates } from './chartTemplates.ts';
import { TEMPLATE_PIECES } from './templatePieces.ts';
import { templateSoup } from './templateSoup.ts';

/** Every problem as `code "text at its place"`. */
function problemsOf(text: string): string[] {
  return parseTemplate(text).problems.map(
    ({ code, span }) => `${code} ${JSON.stringify(text.slice(span.start, span.end))}`,
  );
}

/** Every span of a template, from whatever depth. */
function* spansOf(value: unknown): Generator<Span> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) yield* spansOf(item);
    return;
  }
  const { start, end } = value as Partial<Span>;
  if (typeof start === 'number' && typeof end === 'number') yield { start, end };
  for (const part of Object.values(value)) yield* spansOf(part);
}

function assertSound(template: Template): void {
  const { text, nodes } = template;
  for (const { start, end } of spansOf(template)) {
    assert.ok(start >= 0 && start <= end && end <= text.length, `${start}–${end} in ${JSON.stringify(text)}`);
  }
  // Texts and actions together are the whole file.
  const pieces: Span[] = [...template.actions];
  for (const node of allNodes(nodes)) if (node.kind === 'text') pieces.push(node.span);
  pieces.sort((a, b) => a.start - b.start || a.end - b.end);
  assert.equal(pieces.map(({ start, end }) => text.slice(start, end)).join(''), text);
}

describe('parseTemplate', () => {
  it('reports each fault at its place', () => {
    assert.deepEqual(problemsOf('{{ .Values. }}'), ['missing-field "."']);
    assert.deepEqual(problemsOf('a: {{ .Values.b\nc: d'), ['unclosed-action "{{"']);
    assert.deepEqual(problemsOf('{{ if .a }}x'), ['missing-end "if"']);
    assert.deepEqual(problemsOf('x{{ end }}'), ['unexpected-end "{{ end }}"']);
    assert.deepEqual(problemsOf('{{ include (list 1 }}'), ['unclosed-parenthesis "("']);
    assert.deepEqual(problemsOf('{{ include "a }}'), ['unclosed-quote "\\"a"']);
    assert.deepEqual(problemsOf('{{ .a | "b" }}'), ['not-a-function "\\"b\\""']);
    assert.deepEqual(problemsOf('{{ if }}{{ end }}'), ['missing-value ""']);
    assert.deepEqual(problemsOf('{{ break }}'), ['outside-range "break"']);
    assert.deepEqual(problemsOf('{{ /* note */ }}'), ['misplaced-comment "{{ /*"']);
    assert.deepEqual(problemsOf('{{ a(b) }}'), ['missing-space "("']);
    assert.deepEqual(problemsOf('{{ 08 }}'), ['bad-number "08"']);
    assert.deepEqual(problemsOf('{{ define "a" }}x{{ end }}{{ define "a" }}y{{ end }}'), ['defined-twice "a"']);
  });

  it('goes on behind a fault', () => {
    const text =
      '{{ if .Values. }}\na: {{ .b }}\n{{ else }}\n{{ include "c }}\n{{ end }}{{ define "d" }}{{ .e }}{{ end }}';
    const { nodes, definitions, problems } = parseTemplate(text);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['missing-field', 'unclosed-quote'],
    );
    assert.equal(nodes.find((node) => node.kind === 'control')?.branches.length, 2);
    assert.equal(definitions[0]?.name?.value, 'd');
  });

  it('closes what a forgotten end left open before the next definition, and says so once', () => {
    const text = '{{ define "a" }}{{ if .x }}1{{ end }}\n{{ define "b" }}2{{ end }}';
    assert.deepEqual(problemsOf(text), ['missing-end "define"']);
    assert.deepEqual(
      parseTemplate(text).definitions.map(({ name }) => name?.value),
      ['a', 'b'],
    );
  });

  it('ends an action that is not closed with its line, or before the next one', () => {
    const { actions } = parseTemplate('a: {{ .b {{ .c }}\nd: {{ .e\nf: {{ .g }}');
    assert.deepEqual(
      actions.map(({ start, end, isClosed }) => [start, end, isClosed]),
      [
        [3, 9, false],
        [9, 17, true],
        [21, 26, false],
        [30, 38, true],
      ],
    );
  });

  it('keeps trim markers, comments, raw strings and actions of several lines', () => {
    const text = '{{- /* a }} b */ -}}{{- `x }} "` -}}{{ printf\n  "%s"\n  .a }}';
    const { actions, problems } = parseTemplate(text);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      actions.map(({ isComment, trimsBefore, trimsAfter }) => [isComment, trimsBefore, trimsAfter]),
      [
        [true, true, true],
        [false, true, true],
        [false, false, false],
      ],
    );
  });

  it('never throws and keeps every offset, whatever is cut off or thrown together', () => {
    const texts = [
      ...chartTemplates().flatMap(({ text }) =>
        Array.from({ length: text.length + 1 }, (_, end) => text.slice(0, end)),
      ),
      ...TEMPLATE_PIECES.map((piece) => `{{ ${piece} }}`),
      ...templateSoup(3, 2000),
      '{{'.repeat(2000),
      `{{ ${'('.repeat(5000)} }}`,
      '{{ if a }}'.repeat(3000),
      '{{ ` '.repeat(3000),
      '{{/* '.repeat(3000),
      '\ufeff{{ .a }}\r\n{{ "é😀" }}\r{{ $é }}',
    ];
    let checked = 0;
    for (const [index, text] of texts.entries()) {
      const template = parseTemplate(text);
      // Looking at every span of every cut takes long; each length is still parsed.
      if (index % 23 === 0 || index > texts.length - 8) {
        assertSound(template);
        checked++;
      }
    }
    assert.ok(checked > 400);
  }).timeout(120_000);

  it('reads a megabyte of actions in well under a second or two', () => {
    const text = 'key: {{ include "a.b" (dict "c" .Values.d) | nindent 4 }}\n'.repeat(20_000);
    const started = performance.now();
    assert.equal(parseTemplate(text).actions.length, 20_000);
    assert.ok(performance.now() - started < 4000);
  });
});

describe('maskTemplate', () => {
  it('keeps the length of every line, and what is no action', () => {
    for (const { text } of chartTemplates()) {
      const { text: masked, actions } = maskTemplate(text);
      assert.equal(masked.length, text.length);
      assert.deepEqual(
        masked.split('\n').map((line) => line.length),
        text.split('\n').map((line) => line.length),
      );
      let position = 0;
      for (const { start, end } of actions) {
        assert.equal(masked.slice(position, start), text.slice(position, start));
        position = end;
      }
    }
  });

  it('leaves the action behind one that is not closed alone', () => {
    const { actions } = maskTemplate('a: {{ .b {{ end }}');
    assert.deepEqual(
      actions.map(({ role, keyword }) => `${role} ${keyword}`),
      ['output .b', 'close end'],
    );
  });
});
