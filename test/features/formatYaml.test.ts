import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { formatYaml } from '../../server/src/features/manifests/formatYaml.ts';
import { applyEdits, SourceText } from '../../server/src/text/sourceText.ts';
import { SHOP } from './shopManifests.ts';

function formatted(text: string, indent = '  '): string {
  return applyEdits(text, formatYaml(new SourceText('file:///a.yaml', text), indent));
}

const UNTIDY = `# Cart
apiVersion:   v1
kind: Service


metadata:
    name: cart   # the name
    # labels of all
    labels:
        app: cart
spec:
   ports:
   -   name: web
       port:  80
   # the second
   -   name: more
       port: 81
   selector:
        app:
            cart
   text: |
        one
          two\x20\x20
   folded: "a
        b"
   list:
       - [1,
          2]
       - - a
         - b
---
kind: Other
`;

const TIDY = `# Cart
apiVersion: v1
kind: Service

metadata:
  name: cart   # the name
  # labels of all
  labels:
    app: cart
spec:
  ports:
  - name: web
    port: 80
  # the second
  - name: more
    port: 81
  selector:
    app:
      cart
  text: |
       one
         two\x20\x20
  folded: "a
       b"
  list:
    - [1,
       2]
    - - a
      - b
---
kind: Other
`;

describe('formatting of YAML', () => {
  it('indents, and leaves comments, quotes, texts and the style of lists', () => {
    assert.equal(formatted(UNTIDY), TIDY);
    assert.equal(formatted(TIDY), TIDY, 'twice changes nothing');
    assert.equal(formatted(UNTIDY.replaceAll('\n', '\r\n')), TIDY.replaceAll('\n', '\r\n'));
  });

  it('indents as the editor is set, and always by blanks', () => {
    assert.equal(
      formatted('a:\n  b:\n    - c: 1\n      d: 2\n', '    '),
      'a:\n    b:\n        - c: 1\n          d: 2\n',
    );
    assert.equal(formatted('a:\n    b: 1\n', '\t'), 'a:\n  b: 1\n');
  });

  it('ends with one line break, and lines without blanks', () => {
    assert.equal(formatted('a: 1  \n\n\n\nb: 2'), 'a: 1\n\nb: 2\n');
  });

  it('leaves alone what cannot be read', () => {
    for (const text of ['a: [1\n', 'a: 1\n  b: 2\n', '', '# only a comment  \n']) assert.equal(formatted(text), text);
  });

  it('changes nothing in what is tidy, and no meaning anywhere', () => {
    for (const text of Object.values(SHOP)) assert.equal(formatted(text), text);
    const root = path.join(import.meta.dirname, '../../examples/shop/deploy');
    let files = 0;
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.yaml')) continue;
      files++;
      const text = readFileSync(path.join(root, name), 'utf8');
      assert.equal(formatted(text), text, name);
      const deeper = formatted(text, '    ');
      assert.notEqual(deeper, text, `${name} could not be indented otherwise`);
      assert.equal(formatted(deeper), text, name);
    }
    assert.ok(files > 50);
  });
});
