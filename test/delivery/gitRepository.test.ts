import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitRepository, isSameRepository } from '../../client/src/adapters/gitRepository.ts';

describe('A git repository', () => {
  const signal = new AbortController().signal;
  let folder: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-git-')));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the same by any of its addresses, and another by any other', () => {
    const same = [
      'https://git.example.com/shop/deploy',
      'https://git.example.com/shop/deploy.git',
      'https://robot:token@git.example.com:8443/shop/deploy/',
      'ssh://git@git.example.com:2222/shop/deploy.git',
      'git@git.example.com:shop/deploy.git',
      'git.example.com:/shop/deploy',
      'https://Git.Example.com/Shop/deploy',
    ];
    for (const one of same) for (const other of same) assert.ok(isSameRepository(one, other), `${one} and ${other}`);
    for (const other of [
      'https://git.example.com/shop/deploy2',
      'https://example.com/shop/deploy',
      'shop/deploy',
      '',
      '/a/b',
    ]) {
      assert.ok(!isSameRepository(same[0]!, other), other);
      assert.ok(!isSameRepository(other, other) || other.includes('://'), other);
    }
  });

  it('tells its root, its remotes, its commit and whether files were changed', async () => {
    assert.equal(await gitRepository(folder, signal), undefined);
    const git = (...words: string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], {
        cwd: folder,
        encoding: 'utf8',
      });
    git('init', '--quiet');
    git('remote', 'add', 'origin', 'git@git.example.com:shop/deploy.git');
    mkdirSync(join(folder, 'deploy'));
    const inside = join(folder, 'deploy');
    const before = await gitRepository(inside, signal);
    assert.deepEqual(before, {
      root: folder,
      remotes: ['git@git.example.com:shop/deploy.git'],
      commit: undefined,
      isDirty: false,
    });
    writeFileSync(join(inside, 'a.yaml'), 'a: 1\n');
    git('add', '.');
    git('commit', '--quiet', '-m', 'Add a');
    const committed = await gitRepository(inside, signal);
    assert.deepEqual([committed?.commit, committed?.isDirty], [git('rev-parse', 'HEAD').trim(), false]);
    writeFileSync(join(inside, 'a.yaml'), 'a: 2\n');
    assert.equal((await gitRepository(inside, signal))?.isDirty, true);
  });
});
