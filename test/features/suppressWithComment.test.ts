import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { suppressWithComment } from '../../server/src/features/suppressWithComment.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { applyEdits } from '../../server/src/text/sourceText.ts';
import { World } from '../../server/src/workspace/world.ts';

/** The text after the finding at the first `mark` was silenced; undefined where no comment can stand. */
function silenced(name: string, text: string, mark: string): string | undefined {
  const uri = `file:///shop/${name}`;
  const world = new World(LANGUAGES);
  world.apply([{ uri, text }]);
  const file = world.snapshot().files.get(uri);
  assert.ok(file, `${name} is read by no language`);
  const start = text.indexOf(mark);
  const edit = suppressWithComment(
    file,
    { source: file.parsed.source, span: { start, end: start + mark.length } },
    'a/b',
  );
  return edit && applyEdits(text, [edit]);
}

describe('a comment that silences a finding', () => {
  it('stands on the line above, as deep as the line itself', () => {
    const text = 'kind: Pod\nspec:\n  containers:\n    - name: x # kept\n';
    const expected = text.replace('    - name', '    # slipway-disable-next-line a/b\n    - name');
    assert.equal(silenced('pod.yaml', text, 'x #'), expected);
  });

  it('keeps the line breaks of the file', () => {
    assert.equal(silenced('pod.yaml', 'a: 1\r\nb: 2\r\n', 'b'), 'a: 1\r\n# slipway-disable-next-line a/b\r\nb: 2\r\n');
  });

  it('is not offered inside a text of several lines, where it would be text', () => {
    assert.equal(silenced('map.yaml', 'data:\n  page: |\n    one\n    two\n', 'two'), undefined);
    assert.equal(silenced('Dockerfile', 'FROM scratch\nRUN <<EOF\nfirst\nsecond\nEOF\n', 'second'), undefined);
  });

  it('is not offered above the directives of a Dockerfile', () => {
    assert.equal(silenced('Dockerfile', '# escape=`\nFROM scratch\nRUN a `\n  b\n', 'escape'), undefined);
    assert.ok(silenced('Dockerfile', '# escape=`\nFROM scratch\nRUN a `\n  b\n', 'FROM')?.includes('slipway-disable'));
  });

  it('is not offered in JSON', () => {
    const text = '{\n  "apiVersion": "v1",\n  "kind": "Pod",\n  "metadata": { "name": "x" }\n}\n';
    assert.equal(silenced('pod.json', text, '"kind"'), undefined);
  });
});
