import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scanImage } from '../../client/src/adapters/vulnerabilityScanner.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import { baseImages } from '../../client/src/delivery/images/baseImages.ts';
import { digestEdits } from '../../client/src/delivery/images/digestEdits.ts';
import {
  bytesInWords,
  compareRegistryVersions,
  type RegistryVersion,
} from '../../client/src/delivery/images/registryVersion.ts';
import { parseVulnerabilities, vulnerabilitiesInWords } from '../../client/src/delivery/images/vulnerabilities.ts';
import { withReplacements } from '../../client/src/delivery/manifestEdit.ts';

const trivyReport = {
  SchemaVersion: 2,
  ArtifactName: 'shop/cart:1',
  Results: [
    { Target: 'debian', Class: 'os-pkgs' },
    {
      Target: 'shop/cart:1 (debian 12)',
      Vulnerabilities: [
        { VulnerabilityID: 'CVE-1', PkgName: 'zlib', InstalledVersion: '1', Severity: 'MEDIUM' },
        {
          VulnerabilityID: 'CVE-2',
          PkgName: 'openssl',
          InstalledVersion: '3.0.1',
          FixedVersion: '3.0.2, 3.1.0',
          Severity: 'CRITICAL',
          Title: 'Overflow',
          PrimaryURL: 'https://example.com/2',
        },
        {
          VulnerabilityID: 'CVE-2',
          PkgName: 'openssl',
          InstalledVersion: '3.0.1',
          FixedVersion: '3.0.2, 3.1.0',
          Severity: 'CRITICAL',
        },
        { VulnerabilityID: 'CVE-3', PkgName: 'curl', InstalledVersion: '8', Severity: 'CRITICAL' },
      ],
    },
  ],
};

describe('the vulnerabilities of an image', () => {
  it('are read from a report of trivy, the worst that has a fix first, each once', () => {
    const found = parseVulnerabilities('trivy', JSON.stringify(trivyReport));
    assert.deepEqual(
      found.map(({ id, packageName }) => `${id} ${packageName}`),
      ['CVE-2 openssl', 'CVE-3 curl', 'CVE-1 zlib'],
    );
    assert.deepEqual(found[0]?.fixed, ['3.0.2', '3.1.0']);
    assert.equal(vulnerabilitiesInWords(found), '2 critical and 1 medium');
    assert.equal(vulnerabilitiesInWords([]), 'no known vulnerabilities');
  });

  it('are read from a report of grype', () => {
    const match = (id: string, severity: string, versions: string[] | null) => ({
      vulnerability: {
        id,
        severity,
        description: 'first\nsecond',
        dataSource: 'https://example.com',
        fix: { versions, state: 'fixed' },
      },
      artifact: { name: 'lodash', version: '4.0.0' },
    });
    const found = parseVulnerabilities(
      'grype',
      JSON.stringify({ matches: [match('GHSA-1', 'Negligible', null), match('GHSA-2', 'High', ['4.0.1'])] }),
    );
    assert.deepEqual(
      found.map(({ fixed, id, severity, title }) => [id, severity, fixed, title]),
      [
        ['GHSA-2', 'high', ['4.0.1'], 'first'],
        ['GHSA-1', 'low', [], 'first'],
      ],
    );
  });

  it('are never taken for none where the report is not understood', () => {
    for (const [scanner, report] of [
      ['trivy', ''],
      ['trivy', '{}'],
      ['trivy', 'null'],
      ['grype', '{"matches":3}'],
      ['grype', '[]'],
      ['grype', '<html>'],
    ] as const) {
      assert.throws(
        () => parseVulnerabilities(scanner, report),
        (error: Failure) => error.kind === 'invalid',
        `${scanner} ${report}`,
      );
    }
    assert.deepEqual(parseVulnerabilities('trivy', '{"SchemaVersion":2,"ArtifactName":"a","Results":null}'), []);
  });

  describe('by the person’s own scanner', () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'slipway-scanner-'));
    });
    after(() => rmSync(folder, { recursive: true }));

    const installed = (name: string, script: string): void => {
      writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, name), 0o755);
    };
    const scan = () =>
      scanImage('shop/cart:1', { environment: { PATH: `${folder}:/bin:/usr/bin` } }, new AbortController().signal);

    it('are asked for where none is there, told where it fails, and read where it answers', async () => {
      const search = { environment: { PATH: folder } };
      await assert.rejects(scanImage('a', search, new AbortController().signal), (error: Failure) => {
        assert.equal(error.kind, 'tool-missing');
        assert.match(error.report.advice, /brew install trivy/);
        return true;
      });
      installed('grype', `echo '{"matches":[]}'`);
      assert.deepEqual(await scan(), { scanner: 'grype', vulnerabilities: [] });
      writeFileSync(join(folder, 'report.json'), JSON.stringify(trivyReport));
      installed('trivy', `echo "$@" > ${folder}/arguments; cat ${folder}/report.json`);
      assert.equal((await scan()).vulnerabilities.length, 3);
      installed('trivy', 'echo "FATAL no such image" >&2; exit 1');
      await assert.rejects(
        scan(),
        (error: Failure) => /no such image/.test(error.report.said) && error.kind === 'unsupported',
      );
    });
  });
});

describe('the base images of a Dockerfile', () => {
  const found = (text: string): string[] =>
    baseImages(text).map(({ isShipped, line, reference }) => `${line} ${reference}${isShipped ? ' shipped' : ''}`);

  it('are those of FROM, with the defaults of arguments, and which of them is shipped', () => {
    const text =
      'ARG NODE=22\nARG TAG\nFROM node:${NODE}-slim AS build\nFROM build AS test\nFROM --platform=linux/amd64 nginx:1.27 AS run\nFROM run\nFROM ${TAG}\nFROM scratch\n';
    assert.deepEqual(found(text), ['2 node:22-slim', '4 nginx:1.27']);
    assert.deepEqual(found('FROM a:1 AS x\nFROM b:1 AS y\nFROM x\n'), ['0 a:1 shipped', '1 b:1']);
    assert.deepEqual(found('FROM ${X:-alpine:3}\n'), ['0 alpine:3 shipped']);
    assert.deepEqual(found('ARG A=1\nARG B="$A-slim"\nFROM node:${B}\n'), ['2 node:1-slim shipped'], 'of each other');
    assert.deepEqual(found('ARG TAG\nFROM node:${TAG:-22}\nFROM node:${TAG:+x}${TAG}\n'), ['1 node:22']);
    assert.deepEqual(found('ARG B=base\nFROM a:1 AS base\nFROM $B\n'), ['1 a:1 shipped'], 'a stage by a variable');
  });

  it('stand where the reference stands', () => {
    const [image] = baseImages('# c\nFROM --platform=$BUILDPLATFORM golang:1.23 AS b\n');
    assert.deepEqual([image?.line, image?.startCharacter, image?.endCharacter], [1, 31, 42]);
    assert.deepEqual(baseImages(''), []);
    assert.deepEqual(baseImages('FROM\n'), []);
    assert.deepEqual(baseImages('FROM x AS x\nFROM X\n').length, 1, 'a circle of names ends');
  });
});

describe('writing a digest back', () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  const pushed = { reference: 'registry.example.com/shop/cart:2', digest };
  const edited = (path: string, text: string, image = pushed): string =>
    withReplacements(text, digestEdits(path, text, image));

  it('changes the containers of manifests that run the repository, and keeps comments', () => {
    const text = `apiVersion: apps/v1 # a\nkind: Deployment\nspec:\n  template:\n    spec:\n      initContainers:\n        - { name: i, image: 'registry.example.com/shop/cart:1' }\n      containers:\n        - name: cart\n          image: registry.example.com/shop/cart:1@sha256:${'0'.repeat(64)} # runs\n        - name: other\n          image: registry.example.com/shop/carts:1\n`;
    assert.equal(
      edited('a.yaml', text),
      text
        .replace("'registry.example.com/shop/cart:1'", `'registry.example.com/shop/cart:2@${digest}'`)
        .replace(`cart:1@sha256:${'0'.repeat(64)}`, `cart:2@${digest}`),
    );
  });

  it('changes the images of a Kustomization', () => {
    const text =
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nimages:\n  - name: cart # ours\n    newName: registry.example.com/shop/cart\n    newTag: "1"\n  - name: registry.example.com/shop/other\n    newTag: "1"\n';
    assert.equal(
      edited('kustomization.yaml', text),
      text.replace('newTag: "1"\n  - name: reg', `newTag: "2"\n    digest: ${digest}\n  - name: reg`),
    );
  });

  it('changes values of a chart: with a digest of their own, without one, and whole references', () => {
    assert.equal(
      edited(
        'values.yaml',
        `image:\n  registry: registry.example.com\n  repository: shop/cart\n  tag: "1" # by CI\n  digest: ""\n`,
      ),
      `image:\n  registry: registry.example.com\n  repository: shop/cart\n  tag: "2" # by CI\n  digest: "${digest}"\n`,
    );
    assert.equal(
      edited(
        'values.yaml',
        'image:\n  repository: registry.example.com/shop/cart\n  tag: v1\nworker: { image: registry.example.com/shop/cart }\n',
      ),
      `image:\n  repository: registry.example.com/shop/cart\n  tag: "2@${digest}"\nworker: { image: registry.example.com/shop/cart:2@${digest} }\n`,
    );
  });

  it('leaves alone what names another repository, what a template makes, and what is no reference', () => {
    for (const text of [
      'apiVersion: v1\nkind: ConfigMap\ndata:\n  image: registry.example.com/shop/cart:1\n',
      'image: "{{ .Values.image }}"\n',
      'image:\n  repository: shop/cart\n  tag: 1\n',
      'a: [\nimage: registry.example.com/shop/cart:1\n',
      'image: 3\nrepository: null\n- x\n',
      '',
    ]) {
      assert.deepEqual(digestEdits('a.yaml', text, pushed), [], text);
    }
  });

  it('knows Docker’s short names', () => {
    const text = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: docker.io/library/nginx\n';
    assert.match(
      edited('a.yaml', text, { reference: 'nginx:1.27', digest }),
      new RegExp(`image: docker\\.io/library/nginx:1\\.27@${digest}`),
    );
  });

  it('changes nothing a second time', () => {
    const text = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: registry.example.com/shop/cart\n';
    assert.deepEqual(digestEdits('a.yaml', edited('a.yaml', text), pushed), []);
  });
});

describe('two versions of an image', () => {
  const version = (
    more: Partial<RegistryVersion> = {},
    config: Partial<RegistryVersion['config']> = {},
  ): RegistryVersion => ({
    reference: 'shop/cart:1',
    digest: 'sha256:1',
    platform: 'linux/amd64',
    platforms: ['linux/amd64'],
    createdAt: undefined,
    layers: [
      { digest: 'a', sizeBytes: 1_000_000 },
      { digest: 'b', sizeBytes: 500 },
    ],
    config: {
      environment: {},
      labels: {},
      entrypoint: [],
      command: ['run'],
      exposedPorts: [],
      volumes: [],
      workingFolder: '/',
      user: '',
      ...config,
    },
    ...more,
  });

  it('differ in size, layers, platforms and configuration', () => {
    const after = version(
      {
        digest: 'sha256:2',
        platforms: ['linux/amd64', 'linux/arm64'],
        layers: [
          { digest: 'a', sizeBytes: 1_000_000 },
          { digest: 'c', sizeBytes: 2_500_000 },
        ],
      },
      { user: '10001', environment: { PATH: '/bin', DB_PASSWORD: 'x' } },
    );
    const found = compareRegistryVersions(version({}, { environment: { DB_PASSWORD: 'y' } }), after);
    assert.deepEqual(
      found.map(({ after: right, before: left, what }) => `${what}: ${left} → ${right}`),
      [
        'digest: sha256:1 → sha256:2',
        'platforms: linux/amd64 → linux/amd64, linux/arm64',
        'size: 1.0 MB → 3.5 MB',
        'layers: 2, 1 of them kept → 2, 1 new (2.5 MB to pull)',
        'user:  → 10001',
        'environment DB_PASSWORD: (not shown) → (not shown)',
        'environment PATH: none → /bin',
      ],
    );
    assert.deepEqual(compareRegistryVersions(version(), version()), []);
    assert.deepEqual([999, 1_500, 2_000_000_000].map(bytesInWords), ['999 B', '1.5 kB', '2.0 GB']);
  });
});
