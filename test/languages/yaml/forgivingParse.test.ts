import assert from 'node:assert/strict';
import { parseYaml } from '../../../server/src/languages/yaml/yamlFile.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

function read(...lines: readonly string[]) {
  const { roots, problems } = parseYaml(new SourceText('file:///a.yaml', lines.join('\n')), false);
  return { value: roots[0]?.value, problems: problems.map(({ code }) => code) };
}

describe('YAML as the tools of Kubernetes read it', () => {
  it('takes quoted texts and brackets whose lines begin in any column', () => {
    for (const [lines, value] of [
      [['a:', "  b: ['", '    echo 1;', "  ']", 'c: 2'], { a: { b: [' echo 1; '] }, c: 2 }],
      [['a:', '  - b: "one', '  two', ' three"', '    c: 1'], { a: [{ b: 'one two three', c: 1 }] }],
      [['a: [', '1,', '2', ']', 'b: 1'], { a: [1, 2], b: 1 }],
      [['a: {', '"b": [1,', '2]}'], { a: { b: [1, 2] } }],
    ] as const) {
      assert.deepEqual(read(...lines), { value, problems: [] }, lines.join('\n'));
    }
  });

  it('still tells what is not closed, at its place, and reads what follows', () => {
    const { value, problems } = read('a: [1,', 'b: 2', 'c: "x', 'd: 1');
    assert.notDeepEqual(problems, []);
    assert.equal((value as { b?: number }).b, 2);
  });

  it('has nothing to say of tags of other tools', () => {
    assert.deepEqual(read('a: !ENV [B, c]', 'd: !Ref e').problems, []);
  });

  it('leaves alone what another program fills in', () => {
    for (const line of [
      'ip: {PREFIX}.16',
      '  __MOUNTS__ - a: 1: 2',
      'a: @HOST@',
      '<% if a %>: b: c',
      '{% if a %}: b: c',
    ]) {
      assert.deepEqual(read('a: 1', line).problems, [], line);
    }
    assert.notDeepEqual(read('a: 1', 'b: {c}.16').problems, []);
  });
});
