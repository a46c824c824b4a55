import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { readPlain } from '../../../server/src/languages/yaml/plainReader.ts';
import { TemplateMarks } from '../../../server/src/languages/yaml/templateMarks.ts';
import { plainDocument } from './plainYaml.ts';
import { compareDocument, compareReaders } from './twoReaders.ts';

const EXAMPLES = fileURLToPath(new URL('../../../examples', import.meta.url));

const FILES = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:ya?ml|json)$/.test(name) && !name.includes('node_modules'))
  .sort()
  .map((name) => ({ name, text: readFileSync(path.join(EXAMPLES, name), 'utf8') }));

/** Pieces of YAML, odd ones among them, which put together make everything from manifests to rubbish. */
const PIECES = [
  ...['a', 'b', 'key', 'a b', '1', 'true', '~', ' ', '  ', '    ', '\n', '\n', '\n', '\r\n', '\n\n', '\t'],
  ...[
    ': ',
    ':',
    ':\n',
    ':\n  ',
    ': # c\n',
    '- ',
    '-',
    '-\n',
    '- - ',
    '- a: ',
    '\n- ',
    '\n  - ',
    '\na: ',
    '\n  b: ',
    '\n    c: ',
  ],
  ...['# c', ' # c', '\n# c\n', '\n  # c\n', '\n     # c\n', '#'],
  ...['"', "'", '"x"', "'y'", "''", '\\n', '\\', '|', '>', '|-\n', '>\n  ', '|\n    t\n', '|+\n', '|2\n'],
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    '{}',
    '[]',
    '{a: b}',
    '[a, b]',
    '{\n',
    '\n}',
    '?',
    '? ',
    '&x ',
    '*x',
    '!t ',
    '<<: ',
    '<<',
  ],
  ...['%', '@', '`', '---', '\n---\n', '...', '\n...\n', '\uFEFF', '\u2028', '\u00a0', '\r', '${x}', '<x>'],
];

function isPlain(text: string): boolean {
  return readPlain(text, new TemplateMarks(text, [])) !== undefined;
}

describe('The plain reader of YAML', () => {
  it('gives the tree of the library for every style of plain YAML, and reads it itself', () => {
    let read = 0;
    let seen = 0;
    fc.assert(
      fc.property(plainDocument, (text) => {
        seen++;
        if (compareDocument(text)) read++;
      }),
      { numRuns: 1000 },
    );
    assert.ok(read > seen * 0.7, `Only ${read} of ${seen} plain documents were read by the plain reader.`);
  });

  it('agrees with the library on whatever it does not leave to it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }), (pieces) => {
        compareDocument(pieces.join(''));
      }),
      { numRuns: 4000 },
    );
  });

  it('agrees with the library on plain documents that somebody is in the middle of changing', () => {
    const change = fc.record({ at: fc.nat(), cut: fc.nat(3), insert: fc.constantFrom('', ...PIECES) });
    fc.assert(
      fc.property(plainDocument, fc.array(change, { minLength: 1, maxLength: 3 }), (document, changes) => {
        let text = document;
        for (const { at, cut, insert } of changes) {
          const offset = at % (text.length + 1);
          text = text.slice(0, offset) + insert + text.slice(offset + cut);
        }
        compareDocument(text);
      }),
      { numRuns: 1500 },
    );
  });

  it('agrees on every file of the examples, as manifests and as templates', () => {
    let documents = 0;
    let plain = 0;
    for (const { name, text } of FILES) {
      for (const template of text.includes('{{') ? [false, true] : [false]) {
        const comparison = compareReaders(text, template);
        documents += comparison.documents;
        plain += comparison.plain;
        assert.ok(comparison.documents > 0, name);
      }
    }
    assert.ok(plain > documents * 0.85, `Only ${plain} of ${documents} documents were read by the plain reader.`);
  });

  it('agrees on every beginning of the templates', () => {
    for (const { text } of FILES.filter((file) => file.text.includes('{{'))) {
      for (let end = 0; end < text.length; end += 23) compareReaders(text.slice(0, end), true);
    }
  });

  it('agrees on templates that are put together at random', () => {
    const actions = [
      '{{ .Values.x }}',
      '{{- if .x }}\n',
      '{{ end }}\n',
      '  {{- include "l" . | nindent 4 }}\n',
      '{{ range .x }}',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES, ...actions, ...actions), { maxLength: 14 }), (pieces) => {
        compareReaders(pieces.join(''), true);
      }),
      { numRuns: 1500 },
    );
  });

  it('leaves to the library what is not plain', () => {
    const texts = [
      ...[
        'a: &x 1',
        'a: *x',
        'a: !t 1',
        '<<: {a: 1}',
        '? a\n: b',
        '%YAML 1.2\n---\na: 1',
        'a: 1\n...\n',
        '\ta: 1',
        'a:\tb',
      ],
      ...[
        'a: 1\na: 2',
        'a: 1\n b: 2',
        'a: b: c',
        'a: "x',
        "a: 'x",
        'a: "\\q"',
        'a: [1',
        'a: {b}',
        'a: |+\n  x\n',
        'a: |2\n  x\n',
      ],
      ...['text', '', '# only', '---\n', 'a: 1\rb: 2', '[a: 1]', 'a: - b', 'a: @b', 'a: "x" y', 'a\n b: 1'],
    ];
    for (const text of texts) assert.equal(isPlain(text), false, JSON.stringify(text));
  });

  it('leaves deep nesting to the library instead of exhausting the stack', () => {
    assert.equal(isPlain(`a: ${'['.repeat(50_000)}`), false);
    assert.equal(isPlain('- '.repeat(50_000)), false);
    assert.equal(isPlain(Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')), false);
  });
});
