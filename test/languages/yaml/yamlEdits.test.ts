import assert from 'node:assert/strict';
import { addEntry, addItem, removeEntry, renameKey, setValue } from '../../../server/src/languages/yaml/yamlEdits.ts';
import { parseYaml } from '../../../server/src/languages/yaml/yamlFile.ts';
import type { SourceNode } from '../../../server/src/text/sourceNode.ts';
import { applyEdits, SourceText, type TextEdit } from '../../../server/src/text/sourceText.ts';

function edited(text: string, edit: (root: SourceNode) => TextEdit | readonly TextEdit[]): string {
  const root = parseYaml(new SourceText('file:///a.yaml', text), false).roots[0]!;
  return applyEdits(text, [edit(root)].flat());
}

describe('YAML edits', () => {
  it('adds an entry behind the last one and keeps comments', () => {
    const text = 'spec:\n  replicas: 2 # two\n  # why\n  strategy:\n    type: RollingUpdate # ok\nother: 1\n';
    assert.equal(
      edited(text, (root) => setValue(root, ['spec', 'strategy', 'rollingUpdate', 'maxSurge'], 1)),
      'spec:\n  replicas: 2 # two\n  # why\n  strategy:\n    type: RollingUpdate # ok\n    rollingUpdate:\n      maxSurge: 1\nother: 1\n',
    );
  });

  it('replaces a value and keeps what stands behind it', () => {
    assert.equal(
      edited('a: 1 # one\nb: 2\n', (root) => setValue(root, ['a'], '10%')),
      'a: 10% # one\nb: 2\n',
    );
  });

  it('gives a key without a value its first entry', () => {
    assert.equal(
      edited('a:\n  b:\nc: 1\n', (root) => setValue(root, ['a', 'b', 'd'], true)),
      'a:\n  b:\n    d: true\nc: 1\n',
    );
  });

  it('extends flow maps and lists on their line', () => {
    assert.equal(
      edited('a: {b: 1} # x\n', (root) => setValue(root, ['a', 'c'], 'd')),
      'a: {b: 1, c: d} # x\n',
    );
    assert.equal(
      edited('a: {}\n', (root) => setValue(root, ['a', 'c'], 1)),
      'a: { c: 1 }\n',
    );
    assert.equal(
      edited('a: []\n', (root) => addItem(root.find('a')!, 'x')),
      'a: [x]\n',
    );
  });

  it('adds an item at the indent of its neighbours, indented or not', () => {
    assert.equal(
      edited('a:\n- b: 1\n  c: 2\nd: 1\n', (root) => addItem(root.find('a')!, { b: 3 })),
      'a:\n- b: 1\n  c: 2\n- b: 3\nd: 1\n',
    );
    assert.equal(
      edited('a:\n  - b\n', (root) => addItem(root.find('a')!, 'c')),
      'a:\n  - b\n  - c\n',
    );
  });

  it('writes into an item of a list', () => {
    assert.equal(
      edited('a:\n  - name: x\n    image: y\n', (root) => addEntry(root.find('a', 0)!, 'z', { k: 1 })),
      'a:\n  - name: x\n    image: y\n    z:\n      k: 1\n',
    );
  });

  it('keeps CRLF', () => {
    assert.equal(
      edited('a:\r\n  b: 1\r\n', (root) => setValue(root, ['a', 'c', 'd'], 2)),
      'a:\r\n  b: 1\r\n  c:\r\n    d: 2\r\n',
    );
  });

  it('adds behind a block scalar', () => {
    assert.equal(
      edited('a:\n  b: |\n    text\n    more\n', (root) => setValue(root, ['a', 'c'], 2)),
      'a:\n  b: |\n    text\n    more\n  c: 2\n',
    );
  });

  it('removes entries and items with their lines', () => {
    assert.equal(
      edited('a: 1\nb:\n  c: 2 # x\n  d: 3\ne: 4\n', (root) => removeEntry(root.find('b', 'c')!)),
      'a: 1\nb:\n  d: 3\ne: 4\n',
    );
    assert.equal(
      edited('a:\n  - b: 1\n    c: 2\n  - d: 3\n', (root) => removeEntry(root.find('a', 0)!)),
      'a:\n  - d: 3\n',
    );
    assert.equal(
      edited('a:\n  - b: 1\n    c: 2\n', (root) => removeEntry(root.find('a', 0, 'b')!)),
      'a:\n  - c: 2\n',
    );
    assert.equal(
      edited('a: {b: 1, c: 2}\n', (root) => removeEntry(root.find('a', 'c')!)),
      'a: {b: 1}\n',
    );
  });

  it('renames a key', () => {
    assert.equal(
      edited('a: 1 # x\n', (root) => renameKey(root.find('a')!, 'b')),
      'b: 1 # x\n',
    );
  });
});
