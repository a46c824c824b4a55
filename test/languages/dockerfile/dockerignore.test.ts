import assert from 'node:assert/strict';
import { dockerfileLanguage } from '../../../server/src/languages/dockerfile/dockerfileLanguage.ts';
import {
  dockerignoreLanguage,
  ignoringPattern,
  parseDockerignore,
} from '../../../server/src/languages/dockerfile/dockerignore.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

function ignores(patterns: string, path: string): boolean {
  return ignoringPattern(parseDockerignore(new SourceText('file:///.dockerignore', patterns)), path) !== undefined;
}

describe('.dockerignore', () => {
  const cases: readonly [string, string, boolean][] = [
    ['dist', 'dist', true],
    ['dist', './dist/', true],
    ['/dist/', 'dist/app.js', true],
    ['dist', 'src/dist', false],
    ['**/dist', 'src/dist', true],
    ['**/dist', 'dist', true],
    ['*.md', 'README.md', true],
    ['*.md', 'docs/a.md', false],
    ['*', 'src', true],
    ['*\n!src', 'src', false],
    ['*\n!src/app.js', 'src', false],
    ['*\n!**/*.jar', 'target', false],
    ['!src\nsrc', 'src', true],
    ['# dist\n\n  build  ', 'build', true],
    ['# dist', 'dist', false],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['[a-c]x', 'bx', true],
    ['[z-a]x', 'zx', false],
    ['a/../b', 'b', true],
    ['dist', '.', false],
    ['**', 'x', true],
  ];
  for (const [patterns, path, expected] of cases) {
    it(`${JSON.stringify(patterns)} ${expected ? 'leaves out' : 'keeps'} ${path}`, () =>
      assert.equal(ignores(patterns, path), expected));
  }

  it('is no template of a Dockerfile, and no text about one', () => {
    for (const name of [
      'Dockerfile.md',
      'Dockerfile.template',
      'api.Dockerfile.j2',
      'Dockerfile.in',
      'Dockerfile.orig',
    ])
      assert.equal(dockerfileLanguage.files.test(`file:///a/${name}`), false, name);
    for (const name of ['Dockerfile.alpine', 'Dockerfile.3.12', 'Dockerfile.inner'])
      assert.ok(dockerfileLanguage.files.test(`file:///a/${name}`), name);
  });

  it('is told from Dockerfiles by its name', () => {
    const languageOf = (name: string) =>
      [dockerfileLanguage, dockerignoreLanguage].find(({ files }) => files.test(`file:///a/${name}`))?.id;
    assert.deepEqual(
      [
        'Dockerfile',
        'Dockerfile.dev',
        'api.Dockerfile',
        'Containerfile',
        'dockerfile',
        '.dockerignore',
        'Dockerfile.dockerignore',
        'Dockerfile.md.txt',
        'MyDockerfile.ts',
        'Dockerfiles',
      ].map(languageOf),
      [
        'dockerfile',
        'dockerfile',
        'dockerfile',
        'dockerfile',
        'dockerfile',
        'dockerignore',
        'dockerignore',
        'dockerfile',
        undefined,
        undefined,
      ],
    );
  });
});
