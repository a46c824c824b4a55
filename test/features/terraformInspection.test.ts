import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { needsProviders } from '../schema/terraform/providers.ts';
import { terraformWorkspace } from './terraformWorkspace.ts';

const required = (version: string, source = 'hashicorp/aws') =>
  `terraform {\n  required_providers {\n    aws = {\n      source = "${source}"\n      version = "${version}"\n    }\n  }\n}\n`;
const lock = (version: string) => `provider "registry.terraform.io/hashicorp/aws" {\n  version = "${version}"\n}\n`;

function findings(main: string, others: Readonly<Record<string, string>> = {}): readonly string[] {
  return terraformWorkspace({ 'main.tf': main, ...others }).findings();
}

const SLIP = 'resource "aws_vpc" "m" {\n  cidr_blok = "10.0.0.0/16"\n}\n';
const MADE_UP = 'resource "aws_vpc" "m" {\n  something_else_entirely = "10.0.0.0/16"\n}\n';

describe('inspection of Terraform by schemas', () => {
  before(needsProviders);

  it('finds slips in arguments, blocks and types, with the nearest name', () => {
    assert.match(findings(SLIP)[0]!, /^error unknown-argument: cidr_blok: .*Did you mean `cidr_block`\?$/);
    assert.match(
      findings('resource "aws_subnets" "m" {\n  vpc_id = "x"\n}\n')[0]!,
      /^error unknown-resource-type: "aws_subnets": .*It is a data source\.$/,
    );
    assert.match(
      findings('resource "aws_lb" "m" {\n  acces_logs {\n    bucket = "x"\n  }\n}\n')[0]!,
      /^error block-unknown: acces_logs: .*`access_logs`/,
    );
  });

  it('says what is missing, unless a dynamic block or a half-typed line may hold it', () => {
    const cluster = (inner: string) => `resource "aws_eks_cluster" "m" {\n  name = "a"\n  role_arn = "b"\n${inner}}\n`;
    assert.deepEqual(findings(cluster('')), [
      'error argument-missing: "m": The resource aws_eks_cluster m needs `vpc_config`.',
    ]);
    assert.deepEqual(
      findings(
        cluster('  dynamic "vpc_config" {\n    for_each = []\n    content {\n      subnet_ids = []\n    }\n  }\n'),
      ),
      [],
    );
    assert.deepEqual(findings(cluster('  vpc_con\n')), []);
    assert.deepEqual(findings('resource "aws_subnet" "m" {\n', {}), []);
  });

  it('finds constants and references that do not fit', () => {
    assert.match(
      findings('resource "aws_vpc" "m" {\n  enable_dns_support = "maybe"\n}\n')[0]!,
      /^error argument-type: "maybe"/,
    );
    assert.deepEqual(findings('resource "aws_vpc" "m" {\n  enable_dns_support = "true"\n}\n'), []);
    const subnet = 'resource "aws_subnet" "a" {\n  vpc_id = "x"\n}\n';
    const cluster = (value: string) =>
      `${subnet}resource "aws_eks_cluster" "m" {\n  name = "a"\n  role_arn = "b"\n  vpc_config {\n    subnet_ids = ${value}\n  }\n}\n`;
    assert.match(findings(cluster('aws_subnet.a.id'))[0]!, /takes set\(string\); aws_subnet\.a\.id is a string/);
    assert.deepEqual(findings(cluster('[aws_subnet.a.id]')), []);
    assert.deepEqual(findings(cluster('aws_subnet.a[*].id')), []);
  });

  it('is silent on what it cannot know', () => {
    for (const text of [
      'resource "unheard_of" "m" {\n  anything = 1\n}\n',
      'resource "google_thing" "m" {\n  provider = google-beta\n  x = 1\n}\n',
      'module "x" {\n  source = "far/away/aws"\n  anything = 1\n}\n',
      'resource "aws_vpc" "m" {\n  cidr_block = var.cidr\n  instance_tenancy = var.tenancy\n}\n',
      'locals {\n  anything = 1\n}\n',
      'component "x" {\n  a = 1\n}\n',
      'resource "aws_security_group" "m" {\n  ingress = []\n}\nresource "aws_security_group" "n" {\n  ingress {\n    from_port = 1\n  }\n}\n',
    ])
      assert.deepEqual(findings(text), [], text);
  });

  it('has nothing to say of what is well written, with resources of all six providers', () => {
    const text = readFileSync(new URL('terraformClouds.tf', import.meta.url), 'utf8');
    assert.deepEqual(findings(text), []);
    // The same with a slip in the name of every third argument is full of findings.
    let count = 0;
    const slips = text.replace(/^( {4,}\w{5,})( +=)/gm, (all, name: string, rest: string) =>
      count++ % 3 === 0 ? `${name}xq${rest}` : all,
    );
    assert.ok(findings(slips).filter((line) => line.includes('unknown-argument')).length > 10);
  });

  it('says a slip once, not as something missing as well', () => {
    const found = findings('resource "aws_subnet" "m" {\n  vpcid = "x"\n}\n');
    assert.deepEqual(
      found.map((line) => line.split(':')[0]),
      ['error unknown-argument'],
    );
  });

  it('leaves alone a provider of the same name from elsewhere', () => {
    assert.deepEqual(findings(required('~> 6.0', 'example/aws') + SLIP), []);
  });

  it('is sure where the lock file names a version that the schema covers', () => {
    assert.match(findings(MADE_UP, { '.terraform.lock.hcl': lock('6.1.0') })[0]!, /^error unknown-argument/);
    assert.match(findings(MADE_UP)[0]!, /^warning unknown-argument/);
  });

  it('only informs where the module uses another version', () => {
    for (const main of [required('~> 5.0') + SLIP, required('>= 7.0') + SLIP]) {
      assert.match(findings(main)[0]!, /^information unknown-argument/, main);
    }
    assert.match(findings(SLIP, { '.terraform.lock.hcl': lock('99.0.0') })[0]!, /^information/);
    assert.match(findings(SLIP, { '.terraform.lock.hcl': lock('5.9.0') })[0]!, /^information/);
  });

  it('reads the lock file and the constraint of the root for a module that it calls', () => {
    const found = findings('module "net" {\n  source = "./net"\n}\n', {
      'net/main.tf': MADE_UP,
      '.terraform.lock.hcl': lock('6.1.0'),
    });
    assert.match(found[0]!, /^error unknown-argument/);
  });

  it('checks what Terraform itself gives a resource whose provider is not known', () => {
    const text = 'resource "unheard_of" "m" {\n  lifecycle {\n    prevent_destory = true\n  }\n}\n';
    assert.match(findings(text)[0]!, /`prevent_destory` is not an argument of lifecycle/);
  });
});
