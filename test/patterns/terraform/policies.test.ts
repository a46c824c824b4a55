import assert from 'node:assert/strict';
import { covers } from '../../../server/src/patterns/terraform/identity/policyStatement.ts';
import { said } from './said.ts';

const json = (statement: string, type = 'aws_iam_policy', argument = 'policy'): string =>
  `resource "${type}" "a" {\n  ${argument} = jsonencode({\n    Statement = [{ ${statement} }]\n  })\n}\n`;
const heredoc = (text: string, type = 'aws_iam_policy'): string =>
  `resource "${type}" "a" {\n  policy = <<-EOF\n    ${text}\n  EOF\n}\n`;
const document = (body: string): string => `data "aws_iam_policy_document" "a" {\n  statement {\n${body}\n  }\n}\n`;

describe('policies in Terraform', () => {
  it('are read as jsonencode, heredoc, string and data source', () => {
    const all = 'Effect = "Allow", Action = "*", Resource = "*"';
    const message = ['aws_iam_policy.a allows every action on every resource.'];
    assert.deepEqual(said('full-privileges', json(all)), message);
    assert.deepEqual(said('full-privileges', json('Effect = "Allow", Action = ["*"], Resource = ["*"]')), message);
    assert.deepEqual(said('full-privileges', json('Effect = "Allow", Action = "*:*", Resource = "*"')), message);
    const text = '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}';
    assert.deepEqual(said('full-privileges', heredoc(text)), message);
    assert.deepEqual(
      said('full-privileges', `resource "aws_iam_policy" "a" {\n  policy = ${JSON.stringify(text)}\n}\n`),
      message,
    );
    assert.deepEqual(said('full-privileges', document('actions = ["*"]\nresources = ["*"]')), [
      'data.aws_iam_policy_document.a allows every action on every resource.',
    ]);
  });

  it('say nothing where a part that matters is not known', () => {
    assert.deepEqual(said('full-privileges', json('Effect = var.effect, Action = "*", Resource = "*"')), []);
    assert.deepEqual(said('full-privileges', json('Effect = "Deny", Action = "*", Resource = "*"')), []);
    assert.deepEqual(
      said(
        'full-privileges',
        heredoc('{"Statement": [{"Effect": "Allow", "Action": "${var.action}", "Resource": "*"}]}'),
      ),
      [],
    );
    assert.deepEqual(said('full-privileges', heredoc('{"Statement": [{"Effect"')), []);
    assert.deepEqual(said('full-privileges', 'resource "aws_iam_policy" "a" {\n  policy = file("a.json")\n}\n'), []);
    assert.deepEqual(said('full-privileges', json('Effect = "Allow", Action = "*", Resource = aws_s3_bucket.a.arn')), [
      'strict: aws_iam_policy.a allows every action.',
    ]);
  });

  it('know the rest of a text with an interpolation', () => {
    const text = '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Sid": "${var.name}"}]}';
    assert.equal(said('full-privileges', heredoc(text)).length, 1);
  });

  it('let everybody in, unless a condition names who', () => {
    const open = 'Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", Principal = ';
    assert.deepEqual(said('public-policy', json(`${open}"*"`, 'aws_sqs_queue_policy')), [
      'aws_sqs_queue_policy.a lets everybody call sqs:SendMessage.',
    ]);
    assert.equal(said('public-policy', json(`${open}{ AWS = ["*"] }`, 'aws_sqs_queue_policy')).length, 1);
    assert.deepEqual(said('public-policy', json(`${open}{ AWS = "111122223333" }`, 'aws_sqs_queue_policy')), []);
    assert.deepEqual(said('public-policy', json(`${open}{ Service = "*" }`, 'aws_sqs_queue_policy')), []);
    const condition = 'Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } }';
    assert.deepEqual(said('public-policy', json(`${open}"*", ${condition}`, 'aws_sqs_queue_policy')), []);
    const vague = 'Condition = { Bool = { "aws:SecureTransport" = "true" } }';
    assert.deepEqual(said('public-policy', json(`${open}"*", ${vague}`, 'aws_sqs_queue_policy')), [
      'strict: aws_sqs_queue_policy.a lets everybody call sqs:SendMessage.',
    ]);
    const site = 'Effect = "Allow", Action = "s3:GetObject", Resource = "*", Principal = "*"';
    assert.deepEqual(said('public-policy', json(site, 'aws_s3_bucket_policy')), [
      'strict: aws_s3_bucket_policy.a lets everybody call s3:GetObject.',
    ]);
    assert.deepEqual(said('public-policy', json(site.replace('Allow', 'Deny'), 'aws_s3_bucket_policy')), []);
  });

  it('escalate only on every resource', () => {
    const escalate = (actions: string, resources = '["*"]'): string[] =>
      said('privilege-escalation', document(`actions = ${actions}\nresources = ${resources}`));
    assert.equal(escalate('["iam:Attach*"]').length, 1);
    assert.equal(escalate('["iam:PassRole", "ec2:RunInstances"]').length, 1);
    assert.deepEqual(escalate('["iam:PassRole"]'), []);
    assert.deepEqual(escalate('["iam:AttachUserPolicy"]', '["arn:aws:iam::111122223333:user/a"]'), []);
    assert.deepEqual(escalate('["s3:ListBucket"]'), []);
    assert.equal(escalate('["s3:Get*"]').length, 1);
  });

  it('leave the account its keys', () => {
    const key = document(
      'actions = ["kms:*"]\nresources = ["*"]\nprincipals {\n  type = "AWS"\n  identifiers = ["arn:aws:iam::111122223333:root"]\n}',
    );
    assert.deepEqual(said('wildcard-actions', key), []);
    assert.deepEqual(said('trust-unbounded', key), []);
  });

  it('want a repository of GitHub to be named', () => {
    const trust = (variable: string): string =>
      document(
        `actions = ["sts:AssumeRoleWithWebIdentity"]\nprincipals {\n  type = "Federated"\n  identifiers = ["arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"]\n}\ncondition {\n  test = "StringLike"\n  variable = "token.actions.githubusercontent.com:${variable}"\n  values = ["a"]\n}`,
      );
    assert.equal(said('trust-unbounded', trust('aud')).length, 1);
    assert.deepEqual(said('trust-unbounded', trust('sub')), []);
  });
});

describe('covers', () => {
  it('reads asterisks and question marks, and takes everything else as it is', () => {
    assert.ok(covers('s3:Get*', 's3:GetObject'));
    assert.ok(covers('S3:getobject', 's3:GetObject'));
    assert.ok(covers('s3:?etObject', 's3:GetObject'));
    assert.ok(!covers('s3:Get', 's3:GetObject'));
    assert.ok(!covers('s3.GetObject', 's3:GetObject'));
    assert.ok(!covers('s3:Get.*', 's3:GetObject'));
  });
});
