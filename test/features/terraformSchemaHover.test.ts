import assert from 'node:assert/strict';
import { needsProviders } from '../schema/terraform/providers.ts';
import { CURSOR, terraformWorkspace } from './terraformWorkspace.ts';

function hover(text: string): string | undefined {
  return terraformWorkspace({ 'main.tf': text }).hover()?.markdown;
}

describe('hover of Terraform by schemas', () => {
  before(needsProviders);

  it('says of an argument its type, whether it is needed, and what the provider says of it', () => {
    const text = hover(`resource "aws_eks_cluster" "m" {\n  role_${CURSOR}arn = "x"\n}\n`)!;
    assert.match(text, /^\*\*role_arn\*\* \(string, required\)/);
    assert.match(text, /IAM role/);
    assert.match(
      text,
      /registry\.terraform\.io\/providers\/hashicorp\/aws\/[\d.]+\/docs\/resources\/eks_cluster#role_arn/,
    );
  });

  it('says of a block what it demands', () => {
    const text = hover(`resource "aws_eks_cluster" "m" {\n  vpc_${CURSOR}config {\n  }\n}\n`)!;
    assert.match(text, /^\*\*vpc_config\*\* \(block, required\)/);
    assert.match(text, /Required: `subnet_ids`/);
  });

  it('says of an argument in a nested and in a dynamic block', () => {
    assert.match(
      hover(`resource "aws_eks_cluster" "m" {\n  vpc_config {\n    subnet${CURSOR}_ids = []\n  }\n}\n`)!,
      /set\(string\)/,
    );
    const made = `resource "aws_security_group" "m" {\n  dynamic "ing${CURSOR}ress" {\n    for_each = []\n    content {}\n  }\n}\n`;
    assert.match(hover(made)!, /^\*\*ingress\*\*/);
  });

  it('says of a type which provider has it and what it demands', () => {
    const text = hover(`resource "aws_${CURSOR}subnet" "m" {\n}\n`)!;
    assert.match(text, /^\*\*aws_subnet\*\* \(resource of hashicorp\/aws [\d.]+\)/);
    assert.match(text, /Required: `vpc_id` \(string\)/);
    assert.match(hover(`data "aws_${CURSOR}ami" "m" {\n}\n`)!, /data source/);
    assert.match(hover(`provider "a${CURSOR}ws" {\n}\n`)!, /provider of hashicorp\/aws/);
  });

  it('says of an attribute of a reference, behind indexes too', () => {
    const cluster = 'resource "aws_eks_cluster" "main" {}\n';
    assert.match(
      hover(`${cluster}output "x" {\n  value = aws_eks_cluster.main.end${CURSOR}point\n}\n`)!,
      /^\*\*endpoint\*\* \(string, computed\)/,
    );
    assert.match(
      hover(`${cluster}output "x" {\n  value = aws_eks_cluster.main.vpc_config[0].vpc${CURSOR}_id\n}\n`)!,
      /^\*\*vpc_id\*\*/,
    );
  });

  it('says of a block of addresses what it holds', () => {
    assert.equal(
      hover(`resource "aws_vpc" "m" {\n  cidr_block = "10.1.0.0/${CURSOR}16"\n}\n`),
      '**10.1.0.0/16**: 10.1.0.0 to 10.1.255.255, 65,536 addresses, mask 255.255.0.0',
    );
    assert.match(
      hover(`locals {\n  a = "fd00:${CURSOR}:/8"\n}\n`)!,
      /^\*\*fd00::\/8\*\*: fd00:: to fdff:.*, 2\^120 addresses$/,
    );
    assert.match(hover(`locals {\n  a = "10.0.0.1${CURSOR}/32"\n}\n`)!, /1 address, mask/);
  });

  it('says of parts of Terraform itself', () => {
    assert.match(
      hover(`resource "aws_vpc" "m" {\n  lifecycle {\n    prevent_${CURSOR}destroy = true\n  }\n}\n`)!,
      /Refuse any plan/,
    );
    assert.match(hover(`vari${CURSOR}able "x" {\n}\n`)!, /An input of this module/);
    assert.match(
      hover(
        `terraform {\n  required_providers {\n    aws = {\n      sou${CURSOR}rce = "hashicorp/aws"\n    }\n  }\n}\n`,
      )!,
      /Address of the provider/,
    );
  });

  it('says nothing where no schema is known', () => {
    assert.equal(hover(`resource "unheard_of" "m" {\n  na${CURSOR}me = "x"\n}\n`), undefined);
    assert.equal(hover(`locals {\n  na${CURSOR}me = "x"\n}\n`), undefined);
  });
});
