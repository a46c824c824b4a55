import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const DOCS = path.resolve(import.meta.dirname, '../../docs');

describe('docs/comparison.md', () => {
  const text = readFileSync(path.join(DOCS, 'comparison.md'), 'utf8');
  const rows = text.split('\n').flatMap((line) => {
    const match = /^\| (.+?) \| (yes|no) \| (.*?) \|/.exec(line);
    return match ? [{ feature: match[1]!, isOurs: match[2] === 'yes', evidence: match[3]! }] : [];
  });

  it('names a test for each thing that Slipway gives', () => {
    assert.ok(rows.length > 60, `${rows.length} rows`);
    const unproven = rows.filter(({ isOurs, evidence }) => isOurs !== isTest(evidence));
    assert.deepEqual(unproven, []);
  });

  it('links what it says of others to their documentation, with a date', () => {
    for (const heading of text.match(/^\| feature .*$/gm) ?? []) {
      for (const cell of heading.split(' | ').slice(3)) assert.match(cell, /^\[[^\]]+\]\(https:\/\/[^)]+\)/);
    }
    assert.match(text, /\b\d{4}-\d{2}-\d{2}\b/);
  });
});

/** Whether `[file](../path): title` names a test that is there. */
function isTest(evidence: string): boolean {
  const [, file, title] = /^\[.+\]\((.+)\): (.+)$/.exec(evidence) ?? [];
  if (file === undefined || title === undefined) return false;
  const source = path.join(DOCS, file);
  if (!existsSync(source)) return false;
  const tests = [...readFileSync(source, 'utf8').matchAll(/\bit\(\s*(['"])(.*?)\1,/g)];
  return tests.some(([, , name]) => name!.replaceAll("\\'", "'") === title);
}
