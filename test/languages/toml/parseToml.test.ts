import assert from 'node:assert/strict';
import { parseToml } from '../../../server/src/languages/toml/parseToml.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

function parse(text: string) {
  return parseToml(new SourceText('file:///Cargo.toml', text));
}

describe('a TOML document', () => {
  it('is one tree, wherever its tables are written', () => {
    const { root, problems } = parse(
      'name = "a"\n[b.c]\nx = 1\n[b]\ny = [1, 2]\n[[bin]]\nname = "one"\n[[bin]]\nname = "two"\n[bin.deep]\nz = true\n',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(root.value, {
      name: 'a',
      b: { c: { x: 1 }, y: [1, 2] },
      bin: [{ name: 'one' }, { name: 'two', deep: { z: true } }],
    });
  });

  it('joins dotted keys and inline tables', () => {
    const { root } = parse(
      '[dependencies]\nsqlx.version = "0.8"\nsqlx.features = ["postgres"]\nserde = { version = "1", a.b = 2 }\n',
    );
    assert.deepEqual(root.value, {
      dependencies: { sqlx: { version: '0.8', features: ['postgres'] }, serde: { version: '1', a: { b: 2 } } },
    });
  });

  it('knows the place of each key and value', () => {
    const text = '[package]\r\n"name" = "cart" # here\r\n';
    const { root } = parse(text);
    const name = root.find('package', 'name')!;
    assert.equal(text.slice(name.span.start, name.span.end), '"cart"');
    assert.equal(text.slice(name.keySpan!.start, name.keySpan!.end), '"name"');
  });

  it('keeps what stands around a half-typed line, and is open there', () => {
    const { root, problems } = parse('[package]\nname = "cart"\nversion = \n[dependencies]\nsqlx = "0.8"\n');
    assert.equal(problems.length, 1);
    assert.equal(problems[0]!.span.start >= 24 && problems[0]!.span.end <= 34, true);
    assert.equal(root.text('dependencies', 'sqlx'), '0.8');
    assert.equal(root.text('package', 'name'), 'cart');
    assert.equal(root.lacks('package', 'version'), false);
  });

  it('reads a byte order mark, dates and nothing at all', () => {
    assert.equal(parse('\ufeffa = 1979-05-27\n').root.text('a'), '1979-05-27');
    assert.deepEqual(parse('').root.value, {});
  });

  it('never throws, wherever it is cut', () => {
    const text = '[a]\nb = { c = [1, "x"], d = """\nmany\n""" }\n[[e.f]]\ng = 0x1F\n';
    for (let end = 0; end <= text.length; end++) parse(text.slice(0, end));
    for (const odd of ['\0', '[[', ']', '= 1', '"', "a = '''", '[a]\n[a]\n', 'a = 1\na = 2', '\\']) parse(odd);
  });
});
