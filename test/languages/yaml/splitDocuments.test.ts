import assert from 'node:assert/strict';
import { splitDocuments } from '../../../server/src/languages/yaml/splitDocuments.ts';

function parts(text: string): string[] {
  return splitDocuments(text).map(({ start, end }) => text.slice(start, end));
}

describe('the documents of a stream', () => {
  it('begin at the markers', () => {
    assert.deepEqual(parts('# first\n---\na: 1\n---\nb: 2\n'), ['# first\n---\na: 1\n', '---\nb: 2\n']);
  });

  it('are JSON objects one after another, as kubectl reads them', () => {
    assert.deepEqual(parts('{"a": 1}\n{"b": {"c": [{}]}}\n'), ['{"a": 1}\n', '{"b": {"c": [{}]}}\n']);
    assert.deepEqual(parts('\uFEFF{"a": 1}{"b": 2}'), ['\uFEFF{"a": 1}', '{"b": 2}']);
    assert.deepEqual(parts('{"a": 1}\r\n---\r\n{"b": 2}\r\n\r\n{"c": 3}'), [
      '{"a": 1}\r\n',
      '---\r\n{"b": 2}\r\n\r\n',
      '{"c": 3}',
    ]);
  });

  it('are not cut within texts that look like JSON', () => {
    assert.deepEqual(parts('{"a": "}{", "b": "\\"}{"}\n'), ['{"a": "}{", "b": "\\"}{"}\n']);
    assert.deepEqual(parts('a: {b: 1}\n'), ['a: {b: 1}\n']);
  });

  it('are left alone where only YAML writes them', () => {
    for (const text of ["{a: '}{'}\n", '{a: 1} # {"b": 2}\n', '{"a": 1\n', '{"a": [}\n{"b": 2}'])
      assert.deepEqual(parts(text), [text]);
  });
});
