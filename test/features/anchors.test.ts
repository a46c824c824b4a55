import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { highlightsAt } from '../../server/src/features/highlightsAt.ts';
import { yamlAnchors } from '../../server/src/features/manifests/yamlAnchors.ts';
import { yamlSource } from '../../server/src/features/yamlSource.ts';
import { applyEdits } from '../../server/src/text/sourceText.ts';
import { cursorIn, stateOf } from './markedWorkspace.ts';

const TEXT = `# &no
base: &labels
  app: cart # *no
  text: "&no *no"
  block: |
    *no
copy: *labels
more: { <<: *labels, b: [*labels] }
---
base: &labels { app: other }
copy: *labels
unknown: *gone
`;

/** The text with the cursor inside the nth occurrence of a word. */
function inside(word: string, nth: number): string {
  let at = -1;
  for (let count = 0; count <= nth; count++) at = TEXT.indexOf(word, at + 1);
  return `${TEXT.slice(0, at + 2)}¦${TEXT.slice(at + 2)}`;
}

describe('anchors of YAML', () => {
  it('are told from comments and texts', () => {
    assert.deepEqual(
      yamlAnchors(TEXT).map(({ document, kind, name }) => `${document} ${kind} ${name}`),
      [
        '0 anchor labels',
        '0 alias labels',
        '0 alias labels',
        '0 alias labels',
        '1 anchor labels',
        '1 alias labels',
        '1 alias gone',
      ],
    );
    for (const { name, span } of yamlAnchors(TEXT)) assert.equal(TEXT.slice(span.start, span.end), name);
  });

  it('lead from alias to anchor within their document, and back', () => {
    const cursor = cursorIn('a.yaml', { 'a.yaml': inside('*labels', 1) });
    const [definition] = yamlSource.definitions!(cursor);
    assert.equal(definition?.span.start, TEXT.indexOf('&labels') + 1);
    assert.equal([...yamlSource.references!(cursor)].length, 3);
    const second = cursorIn('a.yaml', { 'a.yaml': inside('&labels', 1) });
    assert.equal([...yamlSource.references!(second)].length, 1);
    assert.deepEqual(
      highlightsAt(second, [yamlSource], () => assert.fail()).map(({ kind }) => kind),
      ['write', 'read'],
    );
    assert.deepEqual([...yamlSource.definitions!(cursorIn('a.yaml', { 'a.yaml': inside('*gone', 0) }))], []);
  });

  it('are renamed with their aliases, in one document', () => {
    const cursor = cursorIn('a.yaml', { 'a.yaml': inside('*labels', 0) });
    const renamed = yamlSource.rename!(cursor, 'common');
    assert.ok(renamed?.status === 'edits');
    const [first, second] = TEXT.split('---\n') as [string, string];
    const wanted = `${first.replaceAll('&labels', '&common').replaceAll('*labels', '*common')}---\n${second}`;
    assert.equal(applyEdits(TEXT, renamed.edits), wanted);
    assert.equal(yamlSource.rename!(cursor, 'a b')?.status, 'refused');
  });

  it('are offered behind a star', () => {
    const offers = (text: string): string[] =>
      [...yamlSource.completions!(cursorIn('a.yaml', { 'a.yaml': text }))].map(({ label }) => label);
    assert.deepEqual(offers('a: &one 1\nb: &two 2\nc: *¦\n'), ['one', 'two']);
    assert.deepEqual(offers('a: &one 1\nc: *o¦\nb: &two 2\n'), ['one']);
    assert.deepEqual(offers('a: &one 1\nc: 2 ¦\n'), []);
  });

  it('mean nothing in JSON and survive every cut', () => {
    for (let end = 0; end <= TEXT.length; end++) yamlAnchors(TEXT.slice(0, end));
    const json = stateOf('a.json', { 'a.json': '{"apiVersion": "v1", "kind": "Service", "a": "*b"}' });
    assert.deepEqual([...yamlSource.tokens!(json)], []);
  });
});
