import assert from 'node:assert/strict';
import { embeddedDocuments } from '../../../server/src/languages/yaml/embeddedDocuments.ts';
import { readDocument } from '../../../server/src/languages/yaml/readDocument.ts';
import { scalarText } from '../../../server/src/languages/yaml/scalarText.ts';
import { SourceNode } from '../../../server/src/text/sourceNode.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

function scalar(text: string, ...path: (string | number)[]): SourceNode {
  const node = new SourceNode(new SourceText('file:///a.yaml', text), readDocument(text).root!).find(...path);
  assert.ok(node, text);
  return node;
}

describe('text in YAML', () => {
  for (const [style, text] of Object.entries({
    plain: 'expr: sum(rate(x[5m])) > 1',
    'plain, folded': 'expr: sum(rate(x[5m]))\n  >\n  1',
    double: 'expr: "sum(rate(x{a=\\"b\\", c=\\u0022d\\"}[5m])) > 1"',
    'double, folded': 'expr: "sum(rate(x[5m]))\n  > \\\n  1"',
    single: "expr: 'sum(rate(x{a=''b''}[5m])) > 1'",
    literal: 'expr: |\n  sum(\n    rate(x[5m])\n  )\n\n  > 1\n',
    'literal, stripped': 'a:\n  expr: |-\n    sum(rate(x[5m]))\n    > 1\n',
    'literal with an indentation': 'expr: |2\n    sum(rate(x[5m]))\n  > 1\n',
    'literal with CRLF': 'expr: |\r\n  sum(\r\n    rate(x[5m])) > 1\r\n',
    folded: 'expr: >-\n  sum(\n    rate(x[5m])\n  )\n\n  > 1\n',
  })) {
    it(`places each character of a text that is ${style}`, () => {
      const path = text.startsWith('a:') ? ['a', 'expr'] : ['expr'];
      const read = scalarText(scalar(text, ...path))!;
      for (const word of ['sum', 'rate', 'x', '5m', '>', '1']) {
        const start = read.text.indexOf(word);
        assert.ok(start >= 0, `${word} in ${JSON.stringify(read.text)}`);
        const span = read.spanOf({ start, end: start + word.length });
        assert.equal(text.slice(span.start, span.end), word);
      }
    });
  }

  it('places the values of a file that a literal block holds, and lets them be edited', () => {
    const text = 'data:\n  a.yaml: |\n    list:\n      - name: "b"\n        more: |\n          c\n          d\n';
    const [document] = embeddedDocuments(scalar(text, 'data', 'a.yaml'));
    const name = document!.find('list', 0, 'name')!;
    assert.equal(text.slice(name.span.start, name.span.end), '"b"');
    assert.equal(name.derived, false);
    const more = scalarText(document!.find('list', 0, 'more')!)!;
    const at = more.offsetOf(more.text.indexOf('d'));
    assert.equal(text.slice(at, at + 1), 'd');
    assert.equal(text.slice(document!.find('list')!.keySpan!.start, document!.find('list')!.keySpan!.end), 'list');
  });

  it('says that what stands in quotes cannot be edited as a file', () => {
    const text = 'data:\n  a.json: "{\\"a\\": [1, 2]}"\n';
    const [document] = embeddedDocuments(scalar(text, 'data', 'a.json'));
    const item = document!.find('a', 1)!;
    assert.equal(text.slice(item.span.start, item.span.end), '2');
    assert.equal(item.derived, true);
  });

  it('has nothing for a scalar without text', () => {
    assert.deepEqual(embeddedDocuments(scalar('a:\n', 'a')), []);
    assert.deepEqual(embeddedDocuments(scalar('a: text\n', 'a')), []);
  });
});
