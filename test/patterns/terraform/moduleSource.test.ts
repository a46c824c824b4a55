import assert from 'node:assert/strict';
import { readModuleSource } from '../../../server/src/patterns/terraform/versions/moduleSource.ts';
import { compareVersions, lowestVersion } from '../../../server/src/patterns/terraform/versions/versionConstraint.ts';
import { said } from './said.ts';

describe('the source of a module', () => {
  const kinds: readonly (readonly [string, string])[] = [
    ['./network', 'local'],
    ['../shared/network', 'local'],
    ['terraform-aws-modules/vpc/aws', 'registry'],
    ['app.terraform.io/shop/vpc/aws', 'registry'],
    ['hashicorp/consul/aws//modules/cluster', 'registry'],
    ['github.com/hashicorp/example', 'git'],
    ['github.com/hashicorp/example//modules/a?ref=v1', 'git'],
    ['bitbucket.org/hashicorp/example', 'git'],
    ['git@github.com:hashicorp/example.git', 'git'],
    ['git::https://example.com/vpc.git?ref=v1.2.0', 'git'],
    ['git::ssh://username@example.com/storage.git', 'git'],
    ['hg::http://example.com/vpc.hg?rev=default', 'mercurial'],
    ['s3::https://s3-eu-west-1.amazonaws.com/examplecorp/vpc.zip', 'other'],
    ['git://example.com/vpc.git', 'git'],
    ['localhost:8080/shop/vpc/aws', 'registry'],
    ['https://example.com/vpc-module.zip', 'other'],
  ];
  for (const [source, kind] of kinds)
    it(`is ${kind} for ${source}`, () => assert.equal(readModuleSource(source).kind, kind));

  it('is pinned by a revision', () => {
    const call = (source: string): string[] => said('module-unpinned', `module "a" {\n  source = "${source}"\n}\n`);
    assert.deepEqual(call('github.com/hashicorp/example'), [
      'The module a comes from a repository without ?ref=, so its newest commit is used.',
    ]);
    assert.deepEqual(call('github.com/hashicorp/example?ref=master'), [
      'The module a follows the branch master, which moves.',
    ]);
    assert.deepEqual(call('github.com/hashicorp/example?depth=1&ref=v1'), []);
    assert.deepEqual(call('hg::http://example.com/vpc.hg'), [
      'The module a comes from a repository without ?rev=, so its newest commit is used.',
    ]);
    assert.deepEqual(call('https://example.com/vpc-module.zip'), []);
    assert.deepEqual(call('hashicorp/consul/aws"\n  version = "'), [
      'The module a comes from a registry without a version.',
    ]);
    assert.deepEqual(call('hashicorp/consul/aws"\n  version = "~> 1.0'), []);
    assert.deepEqual(
      call('git::https://example.com/vpc.git?ref=${local.version}'),
      [],
      'What is computed is not known.',
    );
  });
});

describe('the lowest version of a constraint', () => {
  const lowest = (text: string): string | undefined => lowestVersion(text)?.join('.');
  it('is the highest of its bounds from below', () => {
    assert.equal(lowest('~> 1.5'), '1.5.0');
    assert.equal(lowest('>= 0.13, < 2.0.0'), '0.13.0');
    assert.equal(lowest('>= 1.0, >= 1.3.2'), '1.3.2');
    assert.equal(lowest('< 2'), '0.0.0');
    assert.equal(lowest('1.2.3'), '1.2.3');
    assert.equal(lowest('newest'), undefined);
  });
  it('compares number by number', () => assert.ok(compareVersions([1, 10, 0], [1, 9, 9]) > 0));
});
