import assert from 'node:assert/strict';
import { said } from './said.ts';

const VPC = 'resource "aws_vpc" "a" {\n  cidr_block = "10.0.0.0/16"\n}\n';

describe('versions of a module', () => {
  it('are asked for once, and of a called module in the strict profile', () => {
    assert.equal(said('required-version-missing', { 'a.tf': VPC, 'b.tf': 'resource "aws_eip" "b" {}\n' }).length, 1);
    assert.deepEqual(
      said('required-version-missing', {
        'a.tf': VPC,
        'versions.tf': 'terraform {\n  required_version = ">= 1.9"\n}\n',
      }),
      [],
    );
    assert.deepEqual(
      said('required-version-missing', 'variable "a" {\n  type = string\n}\n'),
      [],
      'There is nothing to run.',
    );
    const called = said('required-version-missing', {
      'main.tf': 'terraform {\n  required_version = "~> 1.9"\n}\nmodule "a" {\n  source = "./a"\n}\n',
      'a/main.tf': VPC,
    });
    assert.equal(called.length, 1);
    assert.match(called[0] ?? '', /^strict: The module a /);
  });

  it('are asked for each provider that is used', () => {
    assert.deepEqual(said('provider-unpinned', 'data "http" "a" {}\nresource "terraform_data" "b" {}\n'), [
      'The provider http is not among required_providers, so its version and source are left open.',
    ]);
    const aliased =
      'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "~> 6.0"\n    }\n  }\n}\nresource "google_x" "a" {\n  provider = aws.west\n}\nprovider "aws" {\n  alias = "west"\n}\n';
    assert.deepEqual(said('provider-unpinned', aliased), []);
    assert.deepEqual(said('provider-unused', aliased), []);
    assert.deepEqual(
      said('provider-unpinned', 'terraform {\n  required_providers {\n    aws = "~> 6.0"\n  }\n}\n'),
      [],
    );
    assert.deepEqual(said('provider-unpinned', `provider "aws" {\n  version = "~> 2.0"\n}\n${VPC}`), [
      'The version of the provider aws belongs into required_providers; here it is deprecated.',
    ]);
  });

  it('say nothing of half-typed files', () => {
    assert.deepEqual(said('required-version-missing', `${VPC}terraform {\n  requi`), []);
    assert.deepEqual(said('provider-unpinned', `${VPC}terraform {\n  required_providers {\n    aws = `), []);
  });
});

describe('old syntax', () => {
  it('is only what is only an interpolation', () => {
    const value = (text: string): string[] => said('interpolation-only', `locals {\n  a = ${text}\n}\n`);
    assert.equal(value('"${var.a}"').length, 1);
    assert.deepEqual(value('"${var.a}-${var.b}"'), []);
    assert.deepEqual(value('"a"'), []);
    assert.deepEqual(value('"$${var.a}"'), []);
    assert.deepEqual(value('<<-EOF\n${var.a}\nEOF\n'), []);
    assert.equal(value('{ "${var.a}" = 1 }').length, 1);
  });

  it('is not an index after a splat', () => {
    assert.deepEqual(said('legacy-index', 'locals {\n  a = aws_eip.a.*.id[0]\n}\n'), []);
    assert.equal(said('legacy-index', 'locals {\n  a = aws_eip.a.*.id\n}\n').length, 1);
    assert.deepEqual(said('legacy-index', 'locals {\n  a = aws_eip.a[0].id\n}\n'), []);
  });

  it('is lookup with two arguments', () => {
    assert.deepEqual(said('lookup-without-default', 'locals {\n  a = lookup(var.a, "b", "c")\n}\n'), []);
    assert.equal(said('lookup-without-default', 'locals {\n  a = lookup(var.a, "b")\n}\n').length, 1);
  });

  it('is no double slash within a text', () => {
    assert.deepEqual(said('slash-comment', 'locals {\n  a = "https://example.com" # // fine\n}\n'), []);
    assert.equal(said('slash-comment', 'locals {} // old\n').length, 1);
  });

  it('finds equal keys, however they are written', () => {
    assert.equal(said('duplicate-key', 'locals {\n  a = { b = 1, "b" = 2 }\n}\n').length, 1);
    assert.deepEqual(said('duplicate-key', 'locals {\n  a = { b = 1, (var.b) = 2, B = 3 }\n}\n'), []);
  });

  it('finds both sides of a comparison with nothing', () => {
    assert.equal(said('empty-list-comparison', 'locals {\n  a = [] != var.b\n}\n').length, 1);
    assert.deepEqual(said('empty-list-comparison', 'locals {\n  a = var.b == ["c"]\n}\n'), []);
  });
});
