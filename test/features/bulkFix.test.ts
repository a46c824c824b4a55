import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { bulkFix } from '../../server/src/features/bulkFix.ts';
import type { ReportedFinding } from '../../server/src/rules/runRules.ts';
import { applyEdits, SourceText } from '../../server/src/text/sourceText.ts';

const source = new SourceText('file:///a.yaml', 'one two three');

/** A finding on the first `word`, whose fix writes it in capitals. */
function shouted(word: string, safe = true): ReportedFinding {
  const start = source.text.indexOf(word);
  const span = { start, end: start + word.length };
  const edits = () => [{ uri: source.uri, span, newText: word.toUpperCase() }];
  const finding = { at: { source, span }, message: word, fixes: [{ title: 'Shout', safe, edits }] };
  return { rule: { id: 'suite/quiet' }, severity: 'warning', finding };
}

describe('fixing in bulk', () => {
  const apply = (...findings: ReportedFinding[]): string => applyEdits(source.text, bulkFix(findings));

  it('makes every safe fix', () => {
    assert.equal(apply(shouted('one'), shouted('three')), 'ONE two THREE');
  });

  it('leaves what is not safe to a person', () => {
    assert.equal(apply(shouted('one', false), shouted('two')), 'one TWO three');
  });

  it('leaves out a fix that touches what an earlier one changes', () => {
    assert.equal(apply(shouted('one two'), shouted('two three')), 'ONE TWO three');
    assert.equal(apply(shouted('one'), shouted('one')), 'ONE two three');
  });
});
