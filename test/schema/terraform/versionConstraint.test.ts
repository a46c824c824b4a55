import assert from 'node:assert/strict';
import { compareVersions, isSameMajor, meets } from '../../../server/src/schema/terraform/versionConstraint.ts';

describe('version constraints of Terraform', () => {
  const cases: readonly (readonly [version: string, constraint: string, expected: boolean | undefined])[] = [
    ['6.66.0', '~> 6.0', true],
    ['6.66.0', '~> 6.0.0', false],
    ['6.0.9', '~> 6.0.0', true],
    ['6.66.0', '~> 5.0', false],
    ['6.66.0', '>= 5.0', true],
    ['6.66.0', '>= 5.0, < 6.0', false],
    ['6.66.0', '6.66', true],
    ['6.66.0', '= 6.66.0', true],
    ['6.66.0', 'v6.66.0', true],
    ['6.66.0', '!= 6.66.0', false],
    ['6.66.0', '> 6.66.0', false],
    ['6.66.0', '<= 6.66.0', true],
    ['6.66.0', '~> 6', true],
    ['6.66.0', 'latest', undefined],
    ['6.66.0', '', undefined],
  ];
  for (const [version, constraint, expected] of cases) {
    it(`${version} and "${constraint}": ${expected ?? 'not known'}`, () => {
      assert.equal(meets(version, constraint), expected);
    });
  }

  it('compares versions by their numbers', () => {
    assert.ok(compareVersions('6.9.0', '6.10.0')! < 0);
    assert.equal(compareVersions('1.0', '1.0.0'), 0);
    assert.equal(compareVersions('x', '1.0.0'), undefined);
    assert.ok(isSameMajor('6.1.0', '6.66.0'));
    assert.ok(!isSameMajor('5.1.0', '6.66.0'));
  });
});
