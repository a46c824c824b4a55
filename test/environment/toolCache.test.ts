import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildkitModule, kubernetesModule, readVersion } from './tools/goModules.ts';
import { moduleKey, toolCacheFolder } from './tools/toolCache.ts';
import { findTool } from './tools/tools.ts';

describe('the cache of built tools', () => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'slipway-key-'));
    cpSync(kubernetesModule.folder, copy, { recursive: true });
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  const key = (folder: string, linkerFlags = kubernetesModule.linkerFlags) => moduleKey({ folder, linkerFlags });

  it('has the same key for the same sources, wherever they lie', () => {
    assert.equal(key(copy), key(kubernetesModule.folder));
  });

  for (const file of ['go.mod', 'go.sum', 'cmd/kube-all/main.go', 'cmd/another/new.go']) {
    it(`has another key when ${file} changes`, () => {
      cpSync(join(copy, 'cmd/pause'), join(copy, 'cmd/another'), { recursive: true });
      const before = key(copy);
      writeFileSync(join(copy, file), '// changed\n');
      assert.notEqual(key(copy), before);
    });
  }

  it('has another key for other linker flags, and not for a file that is not compiled', () => {
    const before = key(copy);
    assert.notEqual(key(copy, '-s'), before);
    writeFileSync(join(copy, 'notes.md'), 'text');
    assert.equal(key(copy), before);
  });

  it('lies in XDG_CACHE_HOME, or else in ~/.cache', () => {
    assert.equal(toolCacheFolder({ XDG_CACHE_HOME: '/caches' }), '/caches/slipway/test-environment');
    for (const environment of [{}, { XDG_CACHE_HOME: '' }]) {
      assert.equal(toolCacheFolder(environment), join(homedir(), '.cache/slipway/test-environment'));
    }
  });

  it('is used only for what KUBEBUILDER_ASSETS lacks', () => {
    writeFileSync(join(copy, 'etcd'), '#!/bin/sh\n', { mode: 0o755 });
    writeFileSync(join(copy, 'kubectl'), 'not executable', { mode: 0o644 });
    const environment = { KUBEBUILDER_ASSETS: copy, XDG_CACHE_HOME: join(copy, 'empty') };
    assert.equal(findTool('etcd', environment), join(copy, 'etcd'));
    assert.equal(findTool('kubectl', environment), undefined);
    assert.equal(findTool('etcd', { XDG_CACHE_HOME: join(copy, 'empty') }), undefined);
  });
});

describe('the Go modules', () => {
  it('give the version of a required module, in a block or alone', () => {
    assert.equal(readVersion('require (\n\tk8s.io/kubernetes v1.36.3\n)\n', 'k8s.io/kubernetes'), 'v1.36.3');
    assert.equal(readVersion('require a.b/c v1.2.3 // indirect\n', 'a.b/c'), 'v1.2.3');
    assert.throws(() => readVersion('require a.b/cd v1.2.3\n', 'a.b/c'), /no version of a\.b\/c/);
  });

  it('put the versions into the programs', () => {
    assert.match(kubernetesModule.linkerFlags, /client-go\/pkg\/version\.gitVersion=v1\.\d+\.\d+ .*gitMinor=\d+/);
    assert.match(buildkitModule.linkerFlags, /moby\/buildkit\/version\.Version=v\d+\.\d+\.\d+/);
  });
});
