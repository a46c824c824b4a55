import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseIni } from '../../../server/src/languages/python/iniLanguage.ts';
import { parseRequirements } from '../../../server/src/languages/python/requirementsLanguage.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

function parse(text: string) {
  return parseRequirements(new SourceText('file:///requirements.txt', text));
}

describe('a file of requirements', () => {
  it('names packages, versions, extras, markers and URLs', () => {
    const { requirements, problems } = parse(
      'Flask_SQLAlchemy==3.1.1  # comment\nredis[hiredis, ocsp]>=5,<7 ; python_version < "3.13"\nours @ https://example.com/ours.whl\nplain\nold (>=1.0)\n',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      requirements.map(({ name, specifier, extras, marker, url }) => [name, specifier, extras, marker, url]),
      [
        ['flask-sqlalchemy', '==3.1.1', [], undefined, undefined],
        ['redis', '>=5,<7', ['hiredis', 'ocsp'], 'python_version < "3.13"', undefined],
        ['ours', '', [], undefined, 'https://example.com/ours.whl'],
        ['plain', '', [], undefined, undefined],
        ['old', '>=1.0', [], undefined, undefined],
      ],
    );
  });

  it('joins continued lines and passes over options, hashes, paths and archives', () => {
    const text =
      '\ufeffredis==6.4.0 \\\r\n    --hash=sha256:aa \\\r\n    --hash=sha256:bb\r\n--index-url https://example.com\r\n-e .\r\n./local\r\ngit+https://example.com/a.git\r\nflask==3.1.2\r\n';
    const { requirements, problems, source } = parse(text);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      requirements.map(({ name, nameSpan }) => [name, source.slice(nameSpan)]),
      [
        ['redis', 'redis'],
        ['flask', 'flask'],
      ],
    );
  });

  it('leads to other files', () => {
    const { includes } = parse('-r base.txt\n--constraint=limits.txt\n-cother.txt\n');
    assert.deepEqual(
      includes.map(({ kind, path }) => [kind, path]),
      [
        ['requirements', 'base.txt'],
        ['constraints', 'limits.txt'],
        ['constraints', 'other.txt'],
      ],
    );
  });

  it('says what is no requirement, at its place, unless a template writes it', () => {
    const { problems, source } = parse('redis==\nflask => 3\n{{ extra }}\n');
    assert.deepEqual(
      problems.map(({ span }) => source.slice(span)),
      ['redis==', 'flask => 3'],
    );
  });

  it('is none where prose stands in it', () => {
    const file = parse('The shop must be fast.\nIt must not lose orders.\nUsers must be safe.\npython\n');
    assert.deepEqual([file.requirements, file.problems], [[], []]);
  });

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a=<>[],;# \\\n@-r.\ufeff\r') }), (text) => void parse(text)),
    );
  });
});

describe('an alembic.ini', () => {
  it('is a map of sections with texts, continued lines joined', () => {
    const text = '# top\n[alembic]\nscript_location = %(here)s\nversion_locations: a\n    b\n[empty]\n';
    const [root] = parseIni(new SourceText('file:///alembic.ini', text)).roots;
    assert.equal(root?.text('alembic', 'script_location'), '%(here)s');
    assert.equal(root?.text('alembic', 'version_locations'), 'a\nb');
    const place = root!.find('alembic', 'script_location')!;
    assert.equal(text.slice(place.span.start, place.span.end), '%(here)s');
  });

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'[a]=: \n\r;#\t%') }), (text) => {
        parseIni(new SourceText('file:///alembic.ini', text));
      }),
    );
  });
});
