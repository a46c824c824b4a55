import assert from 'node:assert/strict';
import { needsProviders } from '../schema/terraform/providers.ts';
import { CURSOR, terraformWorkspace } from './terraformWorkspace.ts';

const CLUSTER = `resource "aws_eks_cluster" "main" {
  name = "a"
  vpc_config {
    subnet_ids = []
  }
  tags = {
    team = "b"
  }
  dynamic "encryption_config" {
    for_each = []
    content {
      resources = []
    }
  }
}
`;

describe('attributes of references', () => {
  const places = (reference: string) =>
    terraformWorkspace({ 'cluster.tf': CLUSTER, 'main.tf': `output "x" {\n  value = ${reference}\n}\n` }).definitions();

  it('lead to where the resource sets them, nested ones too', () => {
    assert.deepEqual(places(`aws_eks_cluster.main.na${CURSOR}me`), ['cluster.tf:2 name']);
    assert.deepEqual(places(`aws_eks_cluster.main.vpc_con${CURSOR}fig[0].subnet_ids`), ['cluster.tf:3 vpc_config']);
    assert.deepEqual(places(`aws_eks_cluster.main.vpc_config[0].subnet${CURSOR}_ids`), ['cluster.tf:4 subnet_ids']);
    assert.deepEqual(places(`aws_eks_cluster.main.tags.te${CURSOR}am`), ['cluster.tf:7 team']);
    assert.deepEqual(places(`aws_eks_cluster.main.encryption_config[0].res${CURSOR}ources`), [
      'cluster.tf:12 resources',
    ]);
  });

  it('lead nowhere where the provider computes them', () => {
    assert.deepEqual(places(`aws_eks_cluster.main.end${CURSOR}point`), []);
    assert.deepEqual(places(`aws_eks_cluster.ma${CURSOR}in.name`), []);
  });
});

describe('links to the registry', () => {
  before(needsProviders);

  it('stand on types, providers and modules', () => {
    const text = `terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}
resource "aws_vpc" "main" {}
data "aws_ami" "a" {}
resource "unheard_of" "x" {}
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.1.0"
}
module "local" {
  source = "./network"
}
module "git" {
  source = "git::https://example.org/network.git"
}
`;
    const links = terraformWorkspace({ 'main.tf': text })
      .links('main.tf')
      .map((link) => link.replace(/\/\d+\.\d+\.\d+\/docs/, '/N/docs'));
    const registry = 'https://registry.terraform.io';
    assert.deepEqual(links, [
      `hashicorp/aws → ${registry}/providers/hashicorp/aws/latest/docs`,
      `aws_vpc → ${registry}/providers/hashicorp/aws/N/docs/resources/vpc`,
      `aws_ami → ${registry}/providers/hashicorp/aws/N/docs/data-sources/ami`,
      `terraform-aws-modules/vpc/aws → ${registry}/modules/terraform-aws-modules/vpc/aws/5.1.0`,
    ]);
  });
});
