import assert from 'node:assert/strict';
import { yamlLanguage } from '../../../server/src/languages/yaml/yamlLanguage.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

/** The resources of a file, and its problems as the text that they mark. */
function read(text: string, name = 'a.yaml'): { readonly objects: string[]; readonly problems: string[] } {
  const source = new SourceText(`file:///${name}`, text);
  const file = yamlLanguage.parse(source, undefined);
  return {
    objects: yamlLanguage.facts(file).resources.map(({ type, name: own }) => `${type} ${own}`),
    problems: file.problems.map(({ code, span }) => `${code}: ${text.slice(span.start, span.end)}`),
  };
}

const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cart\n';

describe('a document', () => {
  it('is each of several JSON objects in one file, with the faults of each at their place', () => {
    const object = (name: string) => `{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "${name}"}}\n`;
    for (const name of ['a.json', 'a.yaml'])
      assert.deepEqual(read(object('one') + object('two'), name), {
        objects: ['Secret one', 'Secret two'],
        problems: [],
      });
    const cut = read(`${object('one')}${object('two').slice(0, 45)}`, 'a.json');
    assert.equal(cut.objects[0], 'Secret one');
    assert.ok(cut.problems.length > 0);
  });

  it('ends at a line of three dots', () => {
    assert.deepEqual(read(`${HEAD}...\n`).problems, []);
    assert.deepEqual(read(`${HEAD}...\n# The end.\n\n`).problems, []);
    assert.deepEqual(read(`${HEAD}...\n---\n${HEAD}`), { objects: ['ConfigMap cart', 'ConfigMap cart'], problems: [] });
  });

  it('tells what stands below its end, which Kubernetes does not read', () => {
    assert.deepEqual(read(`${HEAD}...\ndata:\n  LEVEL: info\n`), {
      objects: ['ConfigMap cart'],
      problems: ['content-after-end: data:'],
    });
    assert.deepEqual(read('a: 1\n...\nb: 2\n').problems, []);
  });

  it('is read around dots that stand for what was left out, and tells them', () => {
    for (const rest of [
      '  ...\ndata:\n  LEVEL: info\n',
      'data:\n  LEVEL: info\n  ...\n',
      'data:\n  LEVEL: info\n  ...',
    ])
      assert.deepEqual(read(HEAD + rest), { objects: ['ConfigMap cart'], problems: ['parts-left-out: ...'] });
    assert.deepEqual(read(`${HEAD}list:\n  ...\n  - a: 1\n    ...\n  - b: 2\n`), {
      objects: ['ConfigMap cart'],
      problems: ['parts-left-out: ...', 'parts-left-out: ...'],
    });
  });

  it('keeps dots that are text', () => {
    assert.deepEqual(read(`${HEAD}data:\n  a: ...\n  b: |\n    one\n    ...\n  c: one\n    ...\n`).problems, []);
    const other = read(`${HEAD}data:\n  b: |\n    one\n    ...\n  c: [\n`);
    assert.ok(other.problems.length > 0 && other.problems.every((problem) => !problem.startsWith('parts-left-out')));
  });
});
