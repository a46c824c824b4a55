import assert from 'node:assert/strict';
import { buildMounts } from '../../client/src/delivery/buildMounts.ts';

const mounts = (dockerfile: string): string[] =>
  buildMounts(dockerfile).map(({ id, isRequired, kind }) => `${kind} ${id}${isRequired ? ' required' : ''}`);

describe('What a Dockerfile wants to be given', () => {
  it('are the secrets and connections of its mounts, each once', () => {
    const dockerfile = [
      '# syntax=docker/dockerfile:1',
      'FROM node:22 AS build',
      'RUN --mount=type=cache,target=/root/.npm \\',
      '    --mount=type=secret,id=npm,target=/root/.npmrc \\',
      '    npm ci',
      'RUN --mount=type=ssh git clone git@example.com:shop/cart',
      'RUN --mount=type=ssh,id=deploy,required true',
      'FROM node:22',
      'run --mount=required=true,type=secret,id=npm npm publish',
      '# RUN --mount=type=secret,id=comment true',
    ];
    const found = ['secret npm required', 'ssh default', 'ssh deploy required'];
    assert.deepEqual(mounts(dockerfile.join('\n')), found);
    assert.deepEqual(mounts(dockerfile.join('\r\n')), found);
  });

  it('names a secret after its file where it has no id, and is silent on what only the build knows', () => {
    const run = (mount: string): string[] => mounts(`FROM a\nRUN --mount=${mount} true\n`);
    assert.deepEqual(run('type=secret,target=/run/secrets/token'), ['secret token']);
    assert.deepEqual(run('type=secret,dst=/etc/aws,required=false'), ['secret aws']);
    assert.deepEqual(run('type=secret,env=TOKEN,id=t,required=TRUE'), ['secret t required']);
    assert.deepEqual(run('"type=secret,id=q"'), ['secret q'], 'in quotes');
    assert.deepEqual(
      mounts('# escape=`\nFROM a\nRUN --mount=type=secret,`\nid=w true\n'),
      ['secret w'],
      'cut by an escape',
    );
    for (const mount of ['type=secret', 'type=secret,id=$NAME', 'type=bind,target=/x', 'id=x', '', ',,=,']) {
      assert.deepEqual(run(mount), [], mount);
    }
  });

  it('knows the connection of an ADD from a repository, and takes any text', () => {
    assert.deepEqual(mounts('FROM a\nADD --keep-git-dir=true git@example.com:shop/cart.git /src\n'), [
      'ssh default required',
    ]);
    assert.deepEqual(mounts('FROM a\nADD https://example.com/cart.git /src\nCOPY a b\n'), []);
    for (const text of [
      '',
      '\uFEFF',
      'RUN',
      'RUN --mount',
      'RUN --mount=',
      'ADD',
      '\0\u0001',
      'nonsense --mount=type=ssh',
    ]) {
      assert.deepEqual(mounts(text), [], JSON.stringify(text));
    }
  });
});
