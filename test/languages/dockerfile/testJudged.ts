import assert from 'node:assert/strict';
import { saidByRule } from './saidByRule.ts';

/** Lines that the recommended profile speaks of, those that only the strict one does, and those that are as they should be. */
export interface Judged {
  readonly recommended?: readonly string[];
  readonly strict?: readonly string[];
  readonly silent?: readonly string[];
}

/** One test for each line of each rule. */
export function testJudged(judged: Readonly<Record<string, Judged>>): void {
  for (const [rule, { recommended = [], strict = [], silent = [] }] of Object.entries(judged)) {
    for (const text of recommended) {
      it(`${rule} speaks of ${JSON.stringify(text)}`, () =>
        assert.notDeepEqual(saidByRule(rule, text, 'recommended'), []));
    }
    for (const text of strict) {
      it(`${rule} speaks of ${JSON.stringify(text)} in the strict profile alone`, () => {
        assert.deepEqual(saidByRule(rule, text, 'recommended'), []);
        assert.notDeepEqual(saidByRule(rule, text), []);
      });
    }
    for (const text of silent) {
      it(`${rule} says nothing of ${JSON.stringify(text)}`, () => assert.deepEqual(saidByRule(rule, text), []));
    }
  }
}
