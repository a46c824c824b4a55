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
    const required = (entry: string): string[] =>
      said('provider-unpinned', `terraform {\n  required_providers {\n    aws = ${entry}\n  }\n}\n`);
    const sourceless = 'strict: The provider aws names no source, so hashicorp/aws is taken.';
    assert.deepEqual(required('"~> 6.0"'), [sourceless]);
    assert.deepEqual(required('{ version = "~> 6.0" }'), [sourceless]);
    assert.deepEqual(required('{ source = "hashicorp/aws", version = "" }'), [
      'The provider aws has no version constraint.',
    ]);
    assert.deepEqual(required('{ source = "hashicorp/aws", version = local.version }'), []);
    assert.deepEqual(said('provider-unpinned', `provider "aws" {\n  version = "~> 2.0"\n}\n${VPC}`), [
      'The version of the provider aws belongs into required_providers; here it is deprecated.',
    ]);
    assert.deepEqual(
      said('deprecated-argument', `provider "aws" {\n  version = "~> 2.0"\n}\n${VPC}`),
      [],
      'Said once.',
    );
  });

  it('are asked for where there is nothing but settings', () =>
    assert.equal(said('required-version-missing', 'terraform {}\n').length, 1));

  it('see the use of a provider in its functions and in quotes', () => {
    const module = (use: string): string[] =>
      said(
        'provider-unused',
        `terraform {\n  required_providers {\n    time = {\n      source  = "hashicorp/time"\n      version = "~> 0.13"\n    }\n  }\n}\n${use}`,
      );
    assert.deepEqual(module(''), ['Nothing in this module uses the provider time.']);
    assert.deepEqual(module('locals {\n  a = "at ${provider::time::rfc3339_parse(var.at).hour}"\n}\n'), []);
    assert.deepEqual(module('resource "x_y" "z" {\n  provider = "time.utc"\n}\n'), []);
    assert.deepEqual(module('ephemeral "time_a" "b" {}\n'), []);
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
    assert.equal(said('duplicate-key', 'locals {\n  a = { (var.b) = 1, (var.b) = 2 }\n}\n').length, 1);
    assert.equal(said('duplicate-key', 'locals {\n  a = { "${var.b}-c" = 1, "${var.b}-c" = 2 }\n}\n').length, 1);
    assert.deepEqual(said('duplicate-key', 'locals {\n  a = { "${var.b}" = 1, "${var.c}" = 2 }\n}\n'), []);
    assert.deepEqual(said('duplicate-key', 'locals {\n  a = { (uuid()) = 1, (uuid()) = 2 }\n}\n'), []);
  });

  it('finds both sides of a comparison with nothing', () => {
    assert.equal(said('empty-list-comparison', 'locals {\n  a = [] != var.b\n}\n').length, 1);
    assert.equal(said('empty-list-comparison', 'locals {\n  a = var.b == ([])\n}\n').length, 1);
    assert.deepEqual(said('empty-list-comparison', 'locals {\n  a = var.b == ["c"]\n}\n'), []);
    assert.deepEqual(said('empty-list-comparison', 'locals {\n  a = var.b == tolist([])\n}\n'), []);
  });
});

describe('names', () => {
  const name = (text: string): number => said('name-not-snake-case', `variable "${text}" {}\n`).length;
  it('are words of small letters with one underscore between two of them', () => {
    for (const right of ['a', 'vpc_id', 'a1_2', 'ipv6']) assert.equal(name(right), 0, right);
    for (const wrong of ['vpcId', 'vpc-id', 'VPC', 'vpc__id', '_vpc', 'vpc_']) assert.equal(name(wrong), 1, wrong);
  });
  it('of providers are given by others', () =>
    assert.deepEqual(said('name-not-snake-case', 'provider "google-beta" {}\n'), []));
});
