import assert from 'node:assert/strict';
import { ignoredByComments } from '../../../server/src/languages/terraform/ignoreComments.ts';
import { parseHcl } from '../../../server/src/languages/terraform/parseHcl.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

/** Whether the comments of `text` silence a finding at the text `at` that another tool calls by `id`. */
function isIgnored(text: string, at: string, id: string): boolean {
  const start = text.indexOf(at);
  assert.ok(start >= 0);
  const file = parseHcl(new SourceText('file:///main.tf', text));
  return ignoredByComments(file)({ equivalents: [id], span: { start, end: start + at.length } });
}

const BUCKETS = (inside = '', above = '', behind = ''): string =>
  `${above}resource "aws_s3_bucket" "a" {\n  ${inside}\n  acl = "public-read" ${behind}\n  policy = "x"\n}\n\nresource "aws_s3_bucket" "b" {\n  acl = "website"\n}\n`;

describe('comments for other tools in Terraform', () => {
  it('of checkov silence their block', () => {
    const text = BUCKETS('# checkov:skip=CKV_AWS_20:It is public.');
    assert.ok(isIgnored(text, '"a"', 'checkov:CKV_AWS_20'));
    assert.ok(isIgnored(text, '"public-read"', 'checkov:CKV_AWS_20'));
    assert.ok(!isIgnored(text, '"a"', 'checkov:CKV_AWS_18'));
    assert.ok(!isIgnored(text, '"website"', 'checkov:CKV_AWS_20'));
  });

  it('of trivy silence a line, or the block below', () => {
    assert.ok(isIgnored(BUCKETS('', '#trivy:ignore:AVD-AWS-0092\n'), '"public-read"', 'trivy:AWS-0092'));
    assert.ok(isIgnored(BUCKETS('', '# tfsec:ignore:*\n'), '"public-read"', 'trivy:AWS-0092'));
    assert.ok(!isIgnored(BUCKETS('', '#trivy:ignore:AVD-AWS-0092\n'), '"website"', 'trivy:AWS-0092'));
    const behind = BUCKETS('', '', '# trivy:ignore:AWS-0092 trivy:ignore:AWS-0001');
    assert.ok(isIgnored(behind, '"public-read"', 'trivy:AWS-0092'));
    assert.ok(isIgnored(behind, '"public-read"', 'trivy:AWS-0001'));
    assert.ok(!isIgnored(behind, '"x"', 'trivy:AWS-0092'));
  });

  it('of tflint silence a line or a file', () => {
    const above = BUCKETS('# tflint-ignore: some_rule, terraform_naming_convention');
    assert.ok(isIgnored(above, '"public-read"', 'tflint:terraform_naming_convention'));
    assert.ok(!isIgnored(above, '"x"', 'tflint:terraform_naming_convention'));
    assert.ok(isIgnored(BUCKETS('', '# tflint-ignore-file: some_rule\n'), '"website"', 'tflint:some_rule'));
    assert.ok(isIgnored(BUCKETS('# tflint-ignore: all'), '"public-read"', 'tflint:some_rule'));
  });

  it('of kics silence a file, a block or a line', () => {
    assert.ok(isIgnored(BUCKETS('', '# kics-scan ignore\n'), '"website"', 'kics:a'));
    assert.ok(isIgnored(BUCKETS('', '# kics-scan ignore-block\n'), '"public-read"', 'kics:a'));
    assert.ok(!isIgnored(BUCKETS('', '# kics-scan ignore-block\n'), '"website"', 'kics:a'));
    assert.ok(isIgnored(BUCKETS('# kics-scan ignore-line'), '"public-read"', 'kics:a'));
    assert.ok(!isIgnored(BUCKETS('# kics-scan ignore-line'), '"x"', 'kics:a'));
    assert.ok(!isIgnored(BUCKETS('# kics-scan ignore-line'), '"public-read"', 'checkov:a'));
  });

  it('are no texts', () => {
    assert.ok(!isIgnored(BUCKETS('name = "# checkov:skip=CKV_AWS_20"'), '"a"', 'checkov:CKV_AWS_20'));
  });
});
