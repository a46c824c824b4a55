import assert from 'node:assert/strict';
import { parse } from 'smol-toml';
import { buildkitConfiguration, withoutInternet } from './engine/engineFiles.ts';
import { imagePlace } from './engine/pushImage.ts';
import { containerdConfiguration, registryHostFiles } from './node/nodeFiles.ts';

describe('names of base images', () => {
  const places: [string, string, string][] = [
    ['busybox', 'library/busybox', 'latest'],
    ['python:3.13-slim', 'library/python', '3.13-slim'],
    ['docker.io/library/python:3.13', 'library/python', '3.13'],
    ['docker.io/node:22', 'library/node', '22'],
    ['bitnami/redis:7', 'bitnami/redis', '7'],
    ['mcr.microsoft.com/dotnet/aspnet:9.0', 'mcr.microsoft.com/dotnet/aspnet', '9.0'],
    ['gcr.io/distroless/static', 'gcr.io/distroless/static', 'latest'],
  ];
  for (const [name, repository, tag] of places) {
    it(`${name} lies in ${repository}`, () => assert.deepEqual(imagePlace(name), { repository, tag }));
  }

  it('of unknown registries and with digests are refused', () => {
    assert.throws(() => imagePlace('registry.example.com/a:1'), /registry\.example\.com is not mirrored/);
    assert.throws(() => imagePlace('localhost:5000/a:1'), /localhost:5000 is not mirrored/);
    assert.throws(() => imagePlace('busybox@sha256:0000'), /digest/);
  });
});

describe('the daemons’ files', () => {
  it('send BuildKit to the test registry for every public name', () => {
    const { registry } = parse(buildkitConfiguration(['127.0.0.1:5000', '10.89.0.2:5000'])) as {
      registry: Record<string, { http?: boolean; mirrors?: string[] }>;
    };
    assert.equal(registry['10.89.0.2:5000']?.http, true);
    assert.deepEqual(registry['docker.io']?.mirrors, ['127.0.0.1:5000']);
    assert.deepEqual(registry['ghcr.io']?.mirrors, ['127.0.0.1:5000/ghcr.io']);
  });

  it('are valid TOML for both generations of containerd', () => {
    const paths = { root: '/r', socket: '/s', cniConfiguration: '/c', cniPlugins: '/p', registryHosts: '/h' };
    assert.equal(parse(containerdConfiguration(1, paths))['version'], 2);
    assert.equal(parse(containerdConfiguration(2, paths))['version'], 3);
    for (const text of registryHostFiles().values()) parse(text);
  });

  it('let nothing but the registry be asked', () => {
    const { HTTPS_PROXY, NO_PROXY } = withoutInternet(['127.0.0.1:5000', '10.89.0.2:5000']);
    assert.equal(HTTPS_PROXY, 'http://127.0.0.1:9');
    assert.equal(NO_PROXY, 'localhost,127.0.0.1,10.89.0.2');
  });
});
