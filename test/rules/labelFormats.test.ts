import assert from 'node:assert/strict';
import { isLicenceExpression } from '../../server/src/patterns/dockerfile/licenceExpression.ts';
import { exampleSnapshot, findingsOf } from '../catalog/exampleWorkspace.ts';

/** Whether a label of a format is taken for what it should be. */
function accepts(format: string, value: string): boolean {
  const files = [
    { name: 'slipway.yaml', text: `policies:\n  dockerfile:\n    labels: { the.label: ${format} }\n` },
    { name: 'Dockerfile', text: `FROM debian:12.12-slim\nLABEL the.label="${value}"\n` },
  ];
  return !findingsOf(exampleSnapshot(files), 'recommended').some(
    ({ rule }) => rule.id === 'dockerfile/label-value-not-agreed',
  );
}

describe('formats of labels', () => {
  const EXAMPLES: Readonly<Record<string, { readonly good: readonly string[]; readonly bad: readonly string[] }>> = {
    text: { good: ['shop'], bad: ['', '  '] },
    url: {
      good: ['https://git.example.com/shop', 'ssh://git@example.com/a'],
      bad: ['', 'git.example.com', 'see wiki'],
    },
    semver: { good: ['1.4.2', '1.0.0-rc.1+build.5'], bad: ['', '1.4', 'v1.4.2', 'newest', '01.2.3'] },
    rfc3339: {
      good: ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.5+02:00'],
      bad: ['', '2026-01-31', '2026-13-01T12:00:00Z', '31.1.2026'],
    },
    spdx: { good: ['Apache-2.0', 'MIT OR (GPL-2.0-only WITH Classpath-exception-2.0)'], bad: ['', 'Apache 2', 'free'] },
    hash: { good: ['1a2b3c4', 'a'.repeat(40), 'b'.repeat(64)], bad: ['', 'main', 'a'.repeat(41), '1A2B3C4'] },
    email: {
      good: ['shop@example.com', 'a.b+c@mail.example.com'],
      bad: ['', 'shop', 'shop@localhost', 'a b@example.com'],
    },
  };
  for (const [format, { good, bad }] of Object.entries(EXAMPLES)) {
    it(`tell a ${format} from what is none`, () => {
      for (const value of good) assert.ok(accepts(format, value), value);
      for (const value of bad) assert.ok(!accepts(format, value), value);
    });
  }

  it('leave a value alone that a build argument gives', () => {
    assert.ok(accepts('semver', '${VERSION}'));
  });
});

describe('licence expressions', () => {
  it('are read as SPDX defines them', () => {
    for (const good of [
      'MIT',
      ' MIT ',
      'GPL-2.0+',
      'LicenseRef-Shop-1',
      'DocumentRef-a:LicenseRef-b',
      '(MIT AND BSD-3-Clause) OR Apache-2.0',
      'GPL-2.0-or-later WITH GCC-exception-3.1 AND MIT',
    ])
      assert.ok(isLicenceExpression(good), good);
    for (const bad of [
      '',
      '()',
      'MIT AND',
      'AND MIT',
      '(MIT',
      'MIT)',
      'MIT MIT',
      'MIT and Apache-2.0',
      'M!T',
      'MIT WITH',
    ])
      assert.ok(!isLicenceExpression(bad), bad);
    assert.ok(!isLicenceExpression('('.repeat(100_000)));
  });
});
