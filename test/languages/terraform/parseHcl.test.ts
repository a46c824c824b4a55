// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HclBody, HclFile } from '../../../server/src/languages/terraform/hclSyntax.ts';
import { parseHcl } from '../../../server/src/languages/terraform/parseHcl.ts';
import { childrenOf, walkHcl } from '../../../server/src/languages/terraform/walkHcl.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';
import { terraformSamples } from './terraformSamples.ts';

function parse(text: string): HclFile {
  return parseHcl(new SourceText('file:///main.tf', text));
}

/** One line for each item, e.g. `resource a b { x = literal }`. */
function outline(body: HclBody): string {
  return body.items
    .map((item) => {
      if (item.kind === 'attribute') return `${item.name} = ${item.value.kind}`;
      const labels = item.labels.map(({ value }) => ` ${value}`).join('');
      if (item.kind === 'fragment') return `${item.name}${labels}?`;
      return `${item.type}${labels} { ${outline(item.body)} }`;
    })
    .join('; ');
}

function problems(file: HclFile): string[] {
  return file.problems.map(({ code, span }) => {
    const { line, character } = file.source.positionAt(span.start);
    return `${line}:${character} ${code}`;
  });
}

const FOLLOWING = '\nresource "a" "b" {\n  x = 1\n}\n';

describe('parseHcl', () => {
  it('reads the samples without a problem', () => {
    for (const sample of terraformSamples) assert.deepEqual(problems(parse(sample)), []);
  });

  const halfTyped: readonly [name: string, text: string, outline: string, problems: readonly string[]][] = [
    ['a word', 'resource "r" "n" {\n  inst\n}', 'resource r n { inst? }', ['1:6 missing-equals']],
    ['no value', 'resource "r" "n" {\n  a =\n}', 'resource r n { a = missing }', ['1:5 missing-value']],
    ['a dot', 'resource "r" "n" {\n  a = var.\n}', 'resource r n { a = access }', ['1:10 missing-name']],
    ['a template', 'resource "r" "n" {\n  a = "${var.\n}', 'resource r n { a = template }', ['1:6 unclosed-string']],
    [
      'a template without its brace',
      'resource "r" "n" {\n  a = "${var.x"\n  b = 2\n}',
      'resource r n { a = template; b = literal }',
      ['1:6 unclosed-string'],
    ],
    [
      'a quote',
      'resource "r" "n" {\n  a = "x\n  b = 1\n}',
      'resource r n { a = template; b = literal }',
      ['1:6 unclosed-string'],
    ],
    [
      'a call',
      'resource "r" "n" {\n  a = f(var.\n  b = 2\n}',
      'resource r n { a = call; b = literal }',
      ['1:7 unclosed-bracket', '1:12 missing-name'],
    ],
    [
      'a list',
      'resource "r" "n" {\n  a = [1,\n  b = 2\n}',
      'resource r n { a = tuple; b = literal }',
      ['1:6 unclosed-bracket'],
    ],
    [
      'an object',
      'resource "r" "n" {\n  t = {\n    a = 1\n  b = 2\n}',
      'resource r n { t = object; b = literal }',
      ['1:6 unclosed-bracket'],
    ],
    [
      'a nested block',
      'resource "r" "n" {\n  l {\n    a = 1\n  b = 2\n}',
      'resource r n { l { a = literal }; b = literal }',
      ['1:4 unclosed-block'],
    ],
    ['a block', 'resource "r" "n" {\n  a = 1\n', 'resource r n { a = literal }', ['0:17 unclosed-block']],
    ['a label', 'resource "aws_inst', 'resource aws_inst?', ['0:9 unclosed-string', '0:18 missing-brace']],
    ['a header', 'resource "r" "n"', 'resource r n?', ['0:16 missing-brace']],
    [
      'a heredoc',
      'resource "r" "n" {\n  a = <<EOT\n    text\n  b = 1\n}',
      'resource r n { a = template; b = literal }',
      ['1:6 unclosed-heredoc'],
    ],
    [
      'a for',
      'resource "r" "n" {\n  a = [for x in\n}',
      'resource r n { a = for }',
      ['1:6 unclosed-bracket', '1:15 missing-value'],
    ],
    ['an operator', 'resource "r" "n" {\n  a = 1 +\n}', 'resource r n { a = binary }', ['1:9 missing-value']],
    ['a condition', 'resource "r" "n" {\n  a = b ? 1\n}', 'resource r n { a = conditional }', ['1:11 missing-colon']],
    ['a brace too many', 'resource "r" "n" {\n}\n}', 'resource r n {  }', ['2:0 unexpected-brace']],
    ['a colon', 'resource "r" "n" {\n  a : 1\n}', 'resource r n { a = literal }', ['1:4 missing-equals']],
    ['a comment', 'resource "r" "n" {\n  a = 1 /* x\n}', 'resource r n { a = literal }', ['1:8 unclosed-comment']],
  ];
  for (const [name, text, expected, found] of halfTyped) {
    it(`keeps the block that follows ${name}`, () => {
      const file = parse(text + FOLLOWING);
      assert.equal(outline(file.body), `${expected}; resource a b { x = literal }`);
      assert.deepEqual(problems(file), found);
    });
    it(`reads ${name} alike with CRLF and a BOM`, () => {
      const file = parse(`\ufeff${(text + FOLLOWING).replaceAll('\n', '\r\n')}`);
      assert.equal(outline(file.body), `${expected}; resource a b { x = literal }`);
      assert.equal(file.problems.length, found.length);
    });
  }

  it('reads line breaks inside brackets', () => {
    const text = 'a = b[\n  0\n]\nc = d[\n  *\n]\ne = f(\n  1,\n  2...\n)\ng = (\n  1 +\n  2\n)\nh = "${\n  i\n}"\n';
    assert.deepEqual(problems(parse(text)), []);
  });

  it('names the place of a second argument of one name', () => {
    assert.deepEqual(problems(parse('a = 1\nb { a = 1 }\na = 2\n')), ['2:0 duplicate-argument']);
  });

  it('resolves escapes and removes the indentation of <<-', () => {
    const { body } = parse('a = "x\\n\\u0041$${b}%%{c}"\nb = <<-E\n    one\n\n      two\n  E\n');
    const values = body.items.map((item) =>
      item.kind === 'attribute' && item.value.kind === 'template' ? item.value.parts : [],
    );
    assert.deepEqual(
      values.map((parts) => parts.map((part) => part.kind === 'text' && part.value)),
      [['x\nA${b}%{c}'], ['one\n\n  two\n']],
    );
  });

  it('gives operators their precedence', () => {
    const { body } = parse('a = 1 + 2 * 3 == 7 && !b || c\n');
    const operators: string[] = [];
    walkHcl(body.items[0]!, (node) => {
      if (node.kind === 'binary') operators.push(node.operator);
      return true;
    });
    assert.deepEqual(operators, ['||', '&&', '==', '+', '*']);
  });

  it('raises nothing and nests its spans wherever a sample is cut', () => {
    for (const sample of terraformSamples) {
      for (let end = 0; end <= sample.length; end++) checkTree(parse(sample.slice(0, end)));
    }
  }).timeout(60_000);

  it('raises nothing and nests its spans for any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'{}[]()"=.,:?!*-+/%<>&|#\n\r\t $~\\'.split(''),
        '${',
        '%{',
        '<<E\n',
        '<<-E\n',
        'E\n',
        '/*',
        '*/',
        '=>',
        '...',
        '::',
      ),
      fc.constantFrom('for', 'in', 'if', 'else', 'endif', 'endfor', 'resource', 'a', 'b = ', '"x"', '1', '1.2', 'null'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => checkTree(parse(pieces.join('')))),
      { numRuns: 3000 },
    );
  }).timeout(60_000);

  it('raises nothing when samples are cut and joined anywhere', () => {
    const place = fc.tuple(fc.nat({ max: terraformSamples.length - 1 }), fc.nat({ max: 2000 }), fc.nat({ max: 300 }));
    fc.assert(
      fc.property(fc.array(place, { maxLength: 6 }), (places) => {
        checkTree(
          parse(places.map(([sample, from, length]) => terraformSamples[sample]!.slice(from, from + length)).join('')),
        );
      }),
      { numRuns: 2000 },
    );
  }).timeout(60_000);

  it('survives nesting of any depth', () => {
    for (const piece of [
      '[',
      '(',
      '{',
      '{a=',
      'a {\n',
      '"${',
      '!',
      '-',
      'f(',
      'a ? ',
      'a.b[',
      '[for x in ',
      '<<E\n${',
      '%{if ',
    ]) {
      const file = parse(`a = ${piece.repeat(50_000)}`);
      assert.ok(file.problems.length > 0, piece);
      checkTree(file);
    }
    checkTree(parse(`a = ${'1 + '.repeat(50_000)}1\n`));
    checkTree(parse(`a = b${'.c'.repeat(50_000)}\n`));
  }).timeout(60_000);

  it('takes time in proportion to the text', () => {
    const pieces = [
      '/*\n',
      '"',
      '"${',
      '<<E\n',
      '${\n',
      '{',
      '}',
      '[',
      'a = <<X\nb\n',
      'a "b" ',
      '\n',
      '{}',
      '"${{',
      terraformSamples[2]!,
    ];
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(500_000 / piece.length));
      const before = process.cpuUsage();
      parse(text);
      const { user, system } = process.cpuUsage(before);
      const milliseconds = (user + system) / 1000;
      // Twice the text in the square of the time would take minutes.
      assert.ok(
        milliseconds < 4000,
        `${JSON.stringify(piece.slice(0, 20))} took ${Math.round(milliseconds)} ms for 500 kB`,
      );
    }
  }).timeout(60_000);
});

/** Every span lies in its parent's, siblings do not overlap, and the tokens and the blanks between them are the text. */
function checkTree(file: HclFile): void {
  const { text } = file.source;
  walkHcl(file.body, (node) => {
    let end = node.span.start;
    for (const child of childrenOf(node)) {
      if (child.span.start < end || child.span.end > node.span.end || child.span.start > child.span.end) {
        assert.fail(`${child.kind} lies outside its place in ${node.kind}: ${JSON.stringify(text.slice(0, 300))}`);
      }
      end = child.span.end;
    }
    return true;
  });
  let end = 0;
  for (let index = 0; index < file.tokens.length; index++) {
    const between = text.slice(end, file.tokens.start(index));
    if (between !== '' && !/^\ufeff?[ \t]*$/.test(between)) assert.fail(`No token holds ${JSON.stringify(between)}.`);
    end = file.tokens.end(index);
  }
  assert.equal(end, text.length);
  for (const { span } of file.problems) assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
}
