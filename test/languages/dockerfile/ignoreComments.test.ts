import assert from 'node:assert/strict';
import { ignoredByComments } from '../../../server/src/languages/dockerfile/ignoreComments.ts';
import { parsed } from './exampleDockerfile.ts';

function ignored(text: string, id: string, place = 'RUN'): boolean {
  const start = text.indexOf(place);
  return ignoredByComments(parsed(text))({ equivalents: ['kics:x', id], span: { start, end: start + 1 } });
}

describe('comments of other tools', () => {
  it('silence the instruction below', () => {
    const text = 'FROM a\n# hadolint ignore=DL3008,SC2086 because\n# and this\nRUN a \\\n  b\nUSER c';
    assert.equal(ignored(text, 'hadolint:DL3008'), true);
    assert.equal(ignored(text, 'hadolint:SC2086', 'b\n'), true);
    assert.equal(ignored(text, 'hadolint:DL3009'), false);
    assert.equal(ignored(text, 'kics:DL3008'), false);
    assert.equal(ignored(text, 'hadolint:DL3008', 'USER'), false);
  });

  it('do not reach over a blank line', () => {
    assert.equal(ignored('FROM a\n# hadolint ignore=DL3008\n\nRUN a', 'hadolint:DL3008'), false);
  });

  it('silence the whole file', () => {
    assert.equal(ignored('# hadolint global ignore=DL3008, DL3009\nFROM a\nRUN b', 'hadolint:DL3009'), true);
    assert.equal(
      ignored('# check=skip=UndefinedVar,FromAsCasing;error=true\nFROM a\nRUN b', 'buildkit:FromAsCasing'),
      true,
    );
    assert.equal(ignored('# check=skip=all\nFROM a\nRUN b', 'buildkit:UndefinedVar'), true);
    assert.equal(ignored('# check=skip=all\nFROM a\nRUN b', 'hadolint:DL3009'), false);
  });

  it('silence a build check at one instruction', () => {
    assert.equal(ignored('FROM a\n# check=skip=JSONArgsRecommended\nRUN b', 'buildkit:JSONArgsRecommended'), true);
  });

  it('count for nothing when there are none', () => {
    assert.equal(ignored('FROM a\nRUN b', 'hadolint:DL3008'), false);
  });
});
