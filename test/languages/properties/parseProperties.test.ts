import assert from 'node:assert/strict';
import { parseProperties } from '../../../server/src/languages/properties/parseProperties.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

function entries(text: string): [string, string | undefined][] {
  return parseProperties(new SourceText('file:///application.properties', text)).flatMap(({ root }) =>
    root.entries.map((entry): [string, string | undefined] => [entry.key!, entry.text()]),
  );
}

describe('a file of properties', () => {
  it('is read as java.util.Properties reads it', () => {
    assert.deepEqual(
      entries(
        '# a\n! b\n\na=1\nb : 2\nc 3\n  d.e\t=\t4 \nf\\ g=\\u0041\\t\\=\\\\\nempty=\nalone\nlong=one,\\\n    two,\\\n    three\n',
      ),
      [
        ['a', '1'],
        ['b', '2'],
        ['c', '3'],
        ['d.e', '4 '],
        ['f g', 'A\t=\\'],
        ['empty', ''],
        ['alone', ''],
        ['long', 'one,two,three'],
      ],
    );
  });

  it('reads CRLF, a byte order mark, and a colon in the value', () => {
    assert.deepEqual(entries('\ufeffurl=jdbc:postgresql://db:5432/x\r\nb=2\r\n'), [
      ['url', 'jdbc:postgresql://db:5432/x'],
      ['b', '2'],
    ]);
  });

  it('ends no line at an even number of backslashes', () => {
    assert.deepEqual(entries('a=x\\\\\nb=2'), [
      ['a', 'x\\'],
      ['b', '2'],
    ]);
  });

  it('parts documents as Spring Boot does', () => {
    const documents = parseProperties(new SourceText('file:///application.properties', 'a=1\n#---\nb=2\n!---\nc=3\n'));
    assert.deepEqual(
      documents.map(({ root }) => root.value),
      [{ a: '1' }, { b: '2' }, { c: '3' }],
    );
  });

  it('knows the places, and what a build fills in', () => {
    const text = 'server.port = 8080\nversion=@project.version@\n';
    const [document] = parseProperties(new SourceText('file:///application.properties', text));
    const port = document!.root.find('server.port')!;
    assert.equal(text.slice(port.span.start, port.span.end), '8080');
    assert.equal(text.slice(port.keySpan!.start, port.keySpan!.end), 'server.port');
    assert.equal(document!.root.find('version')!.kind, 'unknown');
  });

  it('never throws, wherever it is cut', () => {
    const text = 'a\\\n b=\\u00e9\\\n  c\n#---\n=x\n\\';
    for (let end = 0; end <= text.length; end++) entries(text.slice(0, end));
  });
});
