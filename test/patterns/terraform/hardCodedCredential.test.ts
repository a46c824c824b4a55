import assert from 'node:assert/strict';
import { said } from './said.ts';

const KEY = 'AKIA' + 'Q3EGUXJ7LK2MWPZ4';
const provider = (body: string): string => `provider "aws" {\n${body}\n}\n`;
const instance = (userData: string): string => `resource "aws_instance" "a" {\n  user_data = ${userData}\n}\n`;

describe('terraform/hard-coded-credential', () => {
  it('finds credentials of providers and passwords of databases', () => {
    assert.equal(said('hard-coded-credential', provider(`  access_key = "${KEY}"\n  secret_key = "abc"`)).length, 2);
    const database = 'resource "aws_db_instance" "a" {\n  password = var.password\n}\n';
    assert.deepEqual(said('hard-coded-credential', `${database}variable "password" {}\n`), []);
    assert.deepEqual(said('hard-coded-credential', `${database}variable "password" {\n  default = "postgres"\n}\n`), [
      'aws_db_instance.a has its password in plain text; it belongs into a store of secrets.',
    ]);
    assert.deepEqual(said('hard-coded-credential', database.replace('var.password', 'random_password.a.result')), []);
  });

  it('never shows them', () => {
    const messages = said('hard-coded-credential', provider('  secret_key = "very-secret"'));
    assert.equal(messages.length, 1);
    assert.ok(!messages.join().includes('very-secret'));
  });

  it('reads what machines and functions are given', () => {
    assert.equal(said('hard-coded-credential', instance(`"export AWS_ACCESS_KEY_ID=${KEY}"`)).length, 1);
    assert.equal(said('hard-coded-credential', instance(`<<-EOF\n  echo \${var.name}\n  KEY=${KEY}\n  EOF`)).length, 1);
    const encoded = Buffer.from('-----BEGIN RSA PRIVATE KEY-----\nabc').toString('base64');
    assert.equal(
      said(
        'hard-coded-credential',
        instance('"x"').replace('user_data', 'user_data_base64').replace('"x"', JSON.stringify(encoded)),
      ).length,
      1,
    );
    const lambda = `resource "aws_lambda_function" "a" {\n  environment {\n    variables = {\n      KEY = "${KEY}"\n      NAME = "shop"\n    }\n  }\n}\n`;
    assert.deepEqual(said('hard-coded-credential', lambda), [
      'aws_lambda_function.a has a credential in its KEY; it belongs into a store of secrets.',
    ]);
  });

  it('sees a secret key by the name of its variable', () => {
    const lambda = (name: string, value: string): string[] =>
      said(
        'hard-coded-credential',
        `resource "aws_lambda_function" "a" {\n  environment {\n    variables = {\n      ${name} = "${value}"\n    }\n  }\n}\n`,
      );
    const secret = 'a1B2c3D4e5'.repeat(4);
    assert.equal(lambda('AWS_SECRET_ACCESS_KEY', secret).length, 1);
    assert.deepEqual(lambda('RELEASE', secret), []);
    assert.deepEqual(lambda('AWS_SECRET_ACCESS_KEY', 'arn:aws:secretsmanager:eu-west-1:1:secret:a'), []);
  });

  it('leaves the keys of manuals to the strict profile', () => {
    assert.deepEqual(said('hard-coded-credential', instance('"AKIAIOSFODNN7EXAMPLE"')), [
      'strict: aws_instance.a has a credential in its user_data; it belongs into a store of secrets.',
    ]);
    const both = `"KEY=AKIAIOSFODNN7EXAMPLE OTHER=${KEY}"`;
    assert.ok(!said('hard-coded-credential', instance(both)).join().startsWith('strict'));
  });

  it('is silent of stand-ins and plain texts', () => {
    assert.deepEqual(said('hard-coded-credential', instance('"#!/bin/sh"')), []);
    assert.deepEqual(
      said('hard-coded-credential', provider('  access_key = "test"\n  skip_credentials_validation = true')),
      [],
    );
    assert.deepEqual(said('hard-coded-credential', provider('  access_key = ""')), []);
  });
});
