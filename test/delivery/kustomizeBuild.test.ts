import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildKustomization } from '../../client/src/adapters/kustomizeBuild.ts';
import { readManifests } from '../../client/src/adapters/manifestFiles.ts';
import { Failure, type FailureKind } from '../../client/src/cluster/failure.ts';
import type { ManifestDocument } from '../../client/src/delivery/manifest.ts';
import { manifestRange } from '../../client/src/delivery/manifest.ts';
import { needTier } from '../environment/needTier.ts';
import { toolPath } from '../environment/tools/tools.ts';

const WEB = `# the shop's front
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: web
          image: shop/web:1
`;

describe('The manifests of a path', () => {
  let folder: string;
  const signal = new AbortController().signal;
  /** No program is on this PATH. */
  const bare = { environment: { PATH: '/nowhere' }, trusted: true };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-manifests-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  const read = (path: string): Promise<ManifestDocument[]> => readManifests(join(folder, path), bare, signal);
  const kindOf = async (reading: Promise<unknown>): Promise<FailureKind> => {
    try {
      await reading;
    } catch (error) {
      if (error instanceof Failure) return error.kind;
      throw error;
    }
    return assert.fail('it was read');
  };
  const names = (documents: readonly ManifestDocument[]): string[] =>
    documents.map(({ object }) => `${object.kind} ${object.metadata.name}`);

  it('are those of a file, or of the files directly in a folder', async () => {
    write({ 'deploy/web.yaml': WEB, 'deploy/notes.yaml': 'a: 1\n', 'deploy/more/other.yaml': WEB, 'deploy/x.txt': '' });
    assert.deepEqual(names(await read('deploy/web.yaml')), ['Service web', 'Deployment web']);
    assert.deepEqual(names(await read('deploy')), ['Service web', 'Deployment web']);
  });

  it('are refused where there are none, by what is there instead', async () => {
    write({ 'empty/notes.yaml': 'a: 1\n', 'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n' });
    write({ 'bad/web.yaml': 'apiVersion: v1\nkind: [\n', 'plain.yaml': 'a: 1\n' });
    assert.equal(await kindOf(read('empty')), 'not-found');
    assert.equal(await kindOf(read('none')), 'not-found');
    assert.equal(await kindOf(read('chart')), 'unsupported');
    assert.equal(await kindOf(read('bad')), 'invalid');
    assert.equal(await kindOf(read('plain.yaml')), 'invalid');
  });

  it('of an overlay are built without any program, and point to the file and the document of the base', async () => {
    write({
      'base/web.yaml': WEB,
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'parts/labels/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: { team: shop }\n',
      'live/kustomization.yaml':
        'resources: [../base]\ncomponents: [../parts/labels]\nnamespace: live\nimages: [{ name: shop/web, newTag: "2" }]\npatches: [{ path: replicas.yaml }]\n',
      'live/replicas.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 3 }\n',
    });
    for (const path of ['live', 'live/kustomization.yaml']) {
      const documents = await read(path);
      assert.deepEqual(names(documents), ['Service web', 'Deployment web']);
      const [service, deployment] = documents.map(({ object }) => object);
      assert.equal(service?.metadata.namespace, 'live');
      assert.deepEqual(deployment?.['spec'], {
        replicas: 3,
        template: {
          metadata: { annotations: { team: 'shop' } },
          spec: { containers: [{ name: 'web', image: 'shop/web:2' }] },
        },
      });
      const { documentIndex, file } = documents[1] ?? assert.fail();
      assert.deepEqual([file, documentIndex], [join(folder, 'base/web.yaml'), 1]);
      const range = manifestRange(WEB, documentIndex, ['spec', 'template', 'spec', 'containers', 0, 'image']);
      assert.equal(WEB.split('\n')[range?.start.line ?? -1]?.trim(), 'image: shop/web:1');
    }
  });

  it('count as the person sees them: what is in an editor comes before what is on disk', async () => {
    write({ 'live/web.yaml': WEB, 'live/kustomization.yaml': 'resources: [web.yaml]\n' });
    const readText = async (file: string): Promise<string> =>
      file.endsWith('web.yaml') ? WEB.replace('shop/web:1', 'shop/web:typed') : 'resources: [web.yaml]\n';
    const documents = await readManifests(join(folder, 'live'), { ...bare, readText }, signal);
    assert.match(JSON.stringify(documents), /shop\/web:typed/);
  });

  const foreign: readonly [what: string, files: Readonly<Record<string, string>>, unknown: RegExp][] = [
    [
      'a generator',
      { 'live/kustomization.yaml': 'configMapGenerator: [{ name: c, literals: [a=1] }]\n' },
      /configMapGenerator/,
    ],
    [
      'a remote base',
      { 'live/kustomization.yaml': 'resources: ["github.com/shop/deploy//base?ref=v1"]\n' },
      /brings in|a path/,
    ],
    ['a path to nothing', { 'live/kustomization.yaml': 'resources: [none.yaml]\n' }, /brings in|a path/],
    [
      'a patch that fits nothing',
      {
        'live/web.yaml': WEB,
        'live/kustomization.yaml':
          'resources: [web.yaml]\npatches: [{ target: { kind: StatefulSet }, patch: "- { op: remove, path: /spec }" }]\n',
      },
      /a patch/,
    ],
    [
      'a file that is half typed',
      { 'live/web.yaml': `${WEB}  broken: [\n`, 'live/kustomization.yaml': 'resources: [web.yaml]\n' },
      /a part of .*web\.yaml/,
    ],
    [
      'a circle',
      { 'live/kustomization.yaml': 'resources: [../other]\n', 'other/kustomization.yaml': 'resources: [../live]\n' },
      /brings in|what .* builds/,
    ],
  ];
  for (const [what, files, unknown] of foreign) {
    it(`with ${what} are Kustomize’s own to build, and without it nothing half-known is given`, async () => {
      write(files);
      await assert.rejects(read('live'), (error: Failure) => {
        assert.equal(error.kind, 'tool-missing');
        assert.match(error.report.message, unknown);
        return true;
      });
      const untrusted = buildKustomization(join(folder, 'live'), { ...bare, trusted: false }, signal);
      assert.equal(await kindOf(untrusted), 'untrusted');
    });
  }

  it('that only Kustomize can build come from kubectl, in its own words where it refuses', async function () {
    this.timeout(60_000);
    await needTier(this, 'kubernetes');
    const programs = join(folder, 'bin');
    mkdirSync(programs);
    symlinkSync(toolPath('kubectl'), join(programs, 'kubectl'));
    const tools = { environment: { PATH: programs, HOME: folder }, trusted: true };
    write({
      'live/web.yaml': WEB,
      'live/kustomization.yaml': 'resources: [web.yaml]\nconfigMapGenerator: [{ name: settings, literals: [a=1] }]\n',
      'bad/kustomization.yaml': 'resources: [none.yaml]\n',
    });
    const documents = await readManifests(join(folder, 'live'), tools, signal);
    assert.match(names(documents).join(), /ConfigMap settings-[a-z0-9]{10}/);
    const deployment = documents.find(({ object }) => object.kind === 'Deployment');
    assert.deepEqual([deployment?.file, deployment?.documentIndex], [join(folder, 'live/web.yaml'), 1]);
    await assert.rejects(readManifests(join(folder, 'bad'), tools, signal), (error: Failure) => {
      assert.equal(error.kind, 'invalid');
      assert.match(error.report.said, /none\.yaml/);
      assert.deepEqual(error.report.places, [{ file: join(folder, 'bad/kustomization.yaml') }]);
      return true;
    });
  });
});
