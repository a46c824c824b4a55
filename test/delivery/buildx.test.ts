import assert from 'node:assert/strict';
import { buildArguments } from '../../client/src/adapters/buildx.ts';

describe('The command line of a build', () => {
  it('names secrets and never holds them', () => {
    const line = buildArguments(
      {
        reference: 'cart:1',
        moreTags: ['cart:latest'],
        contextFolder: '/app',
        dockerfile: '/app/Dockerfile',
        target: 'run',
        buildArguments: { VERSION: '1 2' },
        secrets: [
          { id: 'npm', file: '/home/me/.npmrc' },
          { id: 'token', environmentVariable: 'TOKEN' },
          { id: 'key', file: '/home/me/a, "b".key' },
        ],
        ssh: ['default'],
        platforms: ['linux/amd64', 'linux/arm64'],
        builder: 'remote',
        cacheFrom: ['type=registry,ref=c'],
        noCache: true,
        output: 'registry',
      },
      '/m.json',
    );
    assert.deepEqual(line, [
      'build',
      '--progress=rawjson',
      '--metadata-file=/m.json',
      ...['--builder', 'remote', '--file', '/app/Dockerfile', '--tag', 'cart:1', '--tag', 'cart:latest'],
      ...['--target', 'run', '--build-arg', 'VERSION=1 2'],
      ...['--secret', 'id=npm,src=/home/me/.npmrc', '--secret', 'id=token,env=TOKEN'],
      ...['--secret', 'id=key,"src=/home/me/a, ""b"".key"', '--ssh', 'default'],
      ...[
        '--platform',
        'linux/amd64,linux/arm64',
        '--cache-from',
        'type=registry,ref=c',
        '--no-cache',
        '--push',
        '/app',
      ],
    ]);
  });
});
