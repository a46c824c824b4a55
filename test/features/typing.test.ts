import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { yamlTyping } from '../../server/src/features/manifests/yamlTyping.ts';
import { selectionSpans } from '../../server/src/features/selectionSpans.ts';
import { applyEdits, SourceText } from '../../server/src/text/sourceText.ts';
import { cursorIn } from './markedWorkspace.ts';
import { SHOP } from './shopManifests.ts';

/** The document after what stands before the cursor was typed. */
function typed(marked: string, character: string): string {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  return applyEdits(text, yamlTyping(new SourceText('file:///a.yaml', text), offset, character));
}

describe('typing in YAML', () => {
  it('indents below an open key, level with the first key of an item, and inside a text', () => {
    assert.equal(typed('spec:\n¦', '\n'), 'spec:\n  ');
    assert.equal(typed('spec: # all\n¦\nstatus: 1\n', '\n'), 'spec: # all\n  \nstatus: 1\n');
    assert.equal(typed('a:\n  - name: x\n  ¦\n', '\n'), 'a:\n  - name: x\n    \n');
    assert.equal(typed('a:\n  - env:\n  ¦\n', '\n'), 'a:\n  - env:\n      \n');
    assert.equal(typed('a: |\n¦\n', '\n'), 'a: |\n  \n');
    assert.equal(typed('"a b":\r\n¦\r\n', '\n'), '"a b":\r\n  \r\n');
  });

  it('leaves every other line as it is', () => {
    for (const text of [
      'a: 1\n¦',
      'a: |\n  key:\n  ¦\n',
      '# key:\n¦',
      'a: "b:\n¦',
      'a:\n¦- b\n',
      'url: http://x:80\n¦',
      '¦',
    ]) {
      assert.equal(typed(text, '\n'), text.replace('¦', ''), text);
    }
  });

  it('puts a closing bracket below what opened it, and a dash at the column of the items', () => {
    assert.equal(typed('  a: {\n      b: 1\n      }¦\n', '}'), '  a: {\n      b: 1\n  }\n');
    assert.equal(typed('a: [\n  [1], ]¦\n', ']'), 'a: [\n  [1], ]\n');
    assert.equal(typed('a:\n  - b\n   -¦\n', '-'), 'a:\n  - b\n  -\n');
    assert.equal(typed('a:\n  - b: 1\n    c:\n    -¦\n', '-'), 'a:\n  - b: 1\n    c:\n    -\n');
  });
});

describe('growing selections', () => {
  it('go from the word over value, entry and object to the file', () => {
    const marked = SHOP['cart.yaml'].replace('shop/cart:1', 'sh¦op/cart:1');
    const { file, offset } = cursorIn('cart.yaml', { 'cart.yaml': marked });
    const texts = selectionSpans(file.parsed, offset).map((span) => file.parsed.source.slice(span));
    assert.deepEqual(texts.slice(0, 3), [
      'shop',
      'registry.example.com/shop/cart:1.0.0',
      'image: registry.example.com/shop/cart:1.0.0',
    ]);
    assert.match(texts[3] ?? '', /^name: web\n[\s\S]*port: http }$/);
    assert.ok(
      texts.some((text) => text.startsWith('containers:')) && texts.some((text) => text.startsWith('template:')),
    );
    assert.equal(texts.at(-1), file.parsed.source.text);
  });

  it('hold one another at every offset of every file', () => {
    for (const [name, text] of Object.entries(SHOP)) {
      for (let offset = 0; offset <= text.length; offset++) {
        const { file } = cursorIn(name, { [name]: `${text.slice(0, offset)}¦${text.slice(offset)}` });
        const spans = selectionSpans(file.parsed, offset);
        for (const [index, span] of spans.entries()) {
          const inner = spans[index - 1];
          assert.ok(span.start <= offset && offset <= span.end);
          assert.ok(
            !inner ||
              (span.start <= inner.start && inner.end <= span.end && span.end - span.start > inner.end - inner.start),
          );
        }
        if (offset % 7 !== 0) offset += 3;
      }
    }
  });
});
