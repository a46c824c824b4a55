import assert from 'node:assert/strict';
import { parseXml } from '../../../server/src/languages/xml/parseXml.ts';
import { xmlNode } from '../../../server/src/languages/xml/xmlNode.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

function parse(text: string) {
  return parseXml(new SourceText('file:///pom.xml', text));
}

describe('an XML document', () => {
  it('gives elements, texts and attributes with their places', () => {
    const text =
      '<?xml version="1.0"?>\n<!-- x -->\n<m:project a=\'1 &lt; 2\'>\n  <name>\n    a &amp; b\n  </name>\n  <empty/>\n</m:project>\n';
    const { root, fault } = parse(text);
    assert.equal(fault, undefined);
    assert.equal(root?.name, 'project');
    assert.deepEqual(
      root?.attributes.map(({ name, value }) => [name, value]),
      [['a', '1 < 2']],
    );
    const [name, empty] = root!.children;
    assert.equal(name!.text, 'a & b');
    assert.equal(text.slice(name!.textSpan.start, name!.textSpan.end), 'a &amp; b');
    assert.equal(empty!.text, '');
  });

  it('reads CDATA and characters by number', () => {
    assert.equal(parse('<a><![CDATA[<x>]]>&#65;&#x42;</a>').root?.text, '<x>AB');
  });

  it('ends a half-typed element where its parent ends, and says so', () => {
    const { root, fault } = parse('<a><b>1</b><c>2</a>');
    assert.deepEqual(
      root?.children.map(({ name, text }) => [name, text]),
      [
        ['b', '1'],
        ['c', '2'],
      ],
    );
    assert.equal(fault?.message, 'This element is not closed.');
  });

  it('is a tree in which elements of one name are a list', () => {
    const source = new SourceText('file:///a.csproj', '<P><I><R V="1">x</R><R V="2"/></I></P>');
    const node = xmlNode(source, parseXml(source).root!);
    assert.equal(node.text('I', 0, 'R', 1, '@V'), '2');
  });

  it('never throws, wherever it is cut', () => {
    const text = '<?xml version="1.0"?><a b="c"><!-- d --><e>&amp;<![CDATA[f]]></e><g/></a>';
    for (let end = 0; end <= text.length; end++) parse(text.slice(0, end));
    parse('<a>'.repeat(5000));
    assert.equal(parse('').root, undefined);
  });
});
