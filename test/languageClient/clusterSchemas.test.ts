import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readOpenApi } from '../../client/src/adapters/kubernetesOpenApi.ts';
import { Failure } from '../../client/src/cluster/failure.ts';
import { ClusterSchemas } from '../../client/src/languageClient/clusterSchemas.ts';

const NEVER = new AbortController().signal;

describe('schemas of the chosen cluster', () => {
  it('are read group by group, and a group whose server is down costs only itself', async () => {
    const asked: string[] = [];
    const index = {
      paths: {
        'api/v1': { serverRelativeURL: '/openapi/v3/api/v1?hash=1' },
        'apis/apps/v1': {},
        'apis/metrics.k8s.io/v1beta1': {},
        version: {},
        '.well-known/openid-configuration': {},
      },
    };
    const documents = await readOpenApi(async (path) => {
      asked.push(path);
      if (path.includes('metrics')) throw new Failure('unreachable', 'The server is down.');
      return path === '/openapi/v3' ? index : { path };
    }, NEVER);
    assert.deepEqual(documents, [{ path: '/openapi/v3/api/v1?hash=1' }, { path: '/openapi/v3/apis/apps/v1' }]);
    assert.deepEqual(asked.length, 4, asked.join(', '));
  });

  /** The parts with what happens to them written down. */
  const watched = (wanted: () => string | undefined, read: () => Promise<readonly unknown[]>) => {
    const told: string[] = [];
    const log: string[] = [];
    const schemas = new ClusterSchemas({
      wanted,
      read,
      tell: async (context, documents) => {
        told.push(`${context}: ${documents.length}`);
        return documents.length;
      },
      log: (message) => log.push(message),
    });
    return { schemas, told, log };
  };

  it('are asked of no cluster before the user wants it, once for each, and forgotten when it is no longer wanted', async () => {
    let wanted: string | undefined;
    let reads = 0;
    const { schemas, told } = watched(
      () => wanted,
      async () => {
        reads++;
        return [{}];
      },
    );
    await schemas.refresh();
    assert.deepEqual([reads, told], [0, []]);
    wanted = 'staging';
    await schemas.refresh();
    await schemas.refresh();
    assert.deepEqual([reads, told], [1, ['staging: 1']]);
    await schemas.again();
    assert.equal(reads, 2, 'the server was started anew');
    wanted = undefined;
    await schemas.refresh();
    assert.deepEqual(told, ['staging: 1', 'staging: 1', ': 0']);
  });

  it('leave the bundled ones in place when the cluster does not answer, and say so', async () => {
    const { log, schemas, told } = watched(
      () => 'gone',
      async () => {
        throw new Error('nobody there');
      },
    );
    await schemas.refresh();
    assert.deepEqual(told, []);
    assert.match(log[0] ?? '', /The schemas of gone cannot be read: nobody there/);
  });

  it('of an earlier choice do not arrive after those of the later one', async () => {
    let wanted = 'slow';
    let release: (() => void) | undefined;
    const { schemas, told } = watched(
      () => wanted,
      () => (wanted === 'slow' ? new Promise((resolve) => (release = () => resolve([{}, {}]))) : Promise.resolve([{}])),
    );
    const first = schemas.refresh();
    wanted = 'quick';
    await schemas.refresh();
    release?.();
    await first;
    assert.deepEqual(told, ['quick: 1']);
    schemas.dispose();
  });
});
