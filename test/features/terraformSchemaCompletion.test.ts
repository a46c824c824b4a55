// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL and snippets.
import assert from 'node:assert/strict';
import { needsProviders } from '../schema/terraform/providers.ts';
import { CURSOR, terraformWorkspace } from './terraformWorkspace.ts';

const VERSIONS = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}
`;

function offered(text: string, others: Readonly<Record<string, string>> = {}) {
  const found = terraformWorkspace({ 'versions.tf': VERSIONS, ...others, 'main.tf': text }).completions();
  return {
    labels: found.map(({ label }) => label),
    sorted: [...found].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1)),
    get: (label: string) => found.find((offer) => offer.label === label),
  };
}

describe('completion of Terraform by schemas', () => {
  before(needsProviders);

  it('offers blocks in a file, with their labels and what they demand', () => {
    const { get, labels } = offered(CURSOR);
    assert.ok(
      ['resource', 'data', 'variable', 'output', 'locals', 'module', 'moved'].every((name) => labels.includes(name)),
    );
    assert.equal(get('resource')!.newText, 'resource "${1:type}" "${2:name}" {\n  ${3}\n}');
    assert.equal(get('output')!.newText, 'output "${1:name}" {\n  value = ${2}\n}');
  });

  it('offers the types of the providers that the module names, and no others', () => {
    const { labels, get } = offered(`resource "aws_vp${CURSOR}"`);
    assert.ok(labels.includes('aws_vpc') && labels.includes('terraform_data'));
    assert.ok(!labels.some((label) => label.startsWith('azurerm_')));
    assert.equal(get('aws_vpc')!.newText, 'aws_vpc" "${1:name}" {\n  ${0}\n}');
  });

  it('offers only the type where the block is already there', () => {
    assert.equal(offered(`resource "aws_vp${CURSOR}" "main" {\n}\n`).get('aws_vpc')!.newText, 'aws_vpc');
    assert.equal(offered(`resource ${CURSOR} "main" {\n}\n`).get('aws_vpc')!.newText, '"aws_vpc"');
    assert.ok(offered(`data "${CURSOR}"`).labels.includes('aws_ami'));
  });

  it('offers arguments, required ones first, and leaves out what is set or cannot be', () => {
    const { sorted, labels, get } = offered(`resource "aws_eks_cluster" "main" {\n  role_arn = "x"\n  ${CURSOR}\n}\n`);
    assert.deepEqual(
      sorted.slice(0, 3).map(({ label }) => label),
      ['required arguments', 'name', 'vpc_config'],
    );
    assert.ok(!labels.includes('role_arn') && !labels.includes('arn') && !labels.includes('endpoint'));
    assert.equal(get('name')!.newText, 'name = "${1}"');
    assert.equal(get('vpc_config')!.newText, 'vpc_config {\n    subnet_ids = ["${1}"]\n  }');
    assert.equal(get('required arguments')!.newText, 'name = "${1}"\n  vpc_config {\n    subnet_ids = ["${2}"]\n  }');
    assert.ok(['count', 'for_each', 'lifecycle', 'dynamic'].every((name) => labels.includes(name)));
    assert.match(get('name')!.documentation!()!, /Name of the cluster/);
  });

  it('writes only the name where a value follows', () => {
    assert.equal(
      offered(`resource "aws_vpc" "m" {\n  cidr${CURSOR} = "10.0.0.0/16"\n}\n`).get('cidr_block')!.newText,
      'cidr_block',
    );
  });

  it('offers what a nested block takes, in a dynamic block too', () => {
    const nested = offered(`resource "aws_eks_cluster" "m" {\n  vpc_config {\n    ${CURSOR}\n  }\n}\n`);
    assert.ok(nested.labels.includes('subnet_ids') && !nested.labels.includes('role_arn'));
    const made = offered(
      `resource "aws_security_group" "m" {\n  dynamic "ingress" {\n    for_each = []\n    content {\n      ${CURSOR}\n    }\n  }\n}\n`,
    );
    assert.ok(made.labels.includes('from_port'));
    assert.ok(offered(`resource "aws_security_group" "m" {\n  dynamic "${CURSOR}"\n}\n`).labels.includes('ingress'));
    const dynamic = offered(`resource "aws_security_group" "m" {\n  dynamic "ingress" {\n    ${CURSOR}\n  }\n}\n`);
    assert.deepEqual(dynamic.labels.filter((label) => label === 'for_each' || label === 'content').sort(), [
      'content',
      'for_each',
    ]);
  });

  it('offers values that the documentation names, in quotes where there are none', () => {
    const inQuotes = offered(
      `resource "aws_eks_cluster" "m" {\n  access_config {\n    authentication_mode = "${CURSOR}"\n  }\n}\n`,
    );
    assert.deepEqual(inQuotes.labels, ['CONFIG_MAP', 'API', 'API_AND_CONFIG_MAP']);
    const bare = offered(
      `resource "aws_eks_cluster" "m" {\n  access_config {\n    authentication_mode = ${CURSOR}\n  }\n}\n`,
    );
    assert.equal(bare.get('API')!.newText, '"API"');
    const flag = offered(`resource "aws_vpc" "m" {\n  enable_dns_support = ${CURSOR}\n}\n`);
    assert.deepEqual(flag.labels, ['true', 'false']);
    const word = offered(
      `resource "terraform_data" "m" {\n  provisioner "local-exec" {\n    when = ${CURSOR}\n  }\n}\n`,
    );
    assert.deepEqual(word.labels, ['create', 'destroy']);
    assert.equal(word.get('destroy')!.newText, 'destroy');
  });

  it('offers references that fit an argument by its name', () => {
    const declared = 'variable "vpc_id" {}\nresource "aws_vpc" "main" {}\nresource "aws_subnet" "a" {}\n';
    const one = offered(`${declared}resource "aws_security_group" "m" {\n  vpc_id = ${CURSOR}\n}\n`);
    assert.deepEqual(one.labels, ['var.vpc_id', 'aws_vpc.main.id']);
    const many = offered(`${declared}resource "aws_lb" "m" {\n  subnet_ids = ${CURSOR}\n  subnets = 1\n}\n`);
    assert.deepEqual(many.labels, []);
    const list = offered(
      `${declared}resource "aws_eks_cluster" "m" {\n  vpc_config {\n    subnet_ids = ${CURSOR}\n  }\n}\n`,
    );
    assert.equal(list.get('[aws_subnet.a.id]')?.newText, '[aws_subnet.a.id]');
  });

  it('offers the attributes of a reference with their types, nested ones as well', () => {
    const cluster = 'resource "aws_eks_cluster" "main" {}\n';
    const top = offered(`${cluster}output "x" {\n  value = aws_eks_cluster.main.${CURSOR}\n}\n`);
    assert.equal(top.get('endpoint')!.detail, 'string');
    assert.equal(top.get('vpc_config')!.detail, 'list(object)');
    const nested = offered(
      `${cluster}output "x" {\n  value = aws_eks_cluster.main.certificate_authority[0].${CURSOR}\n}\n`,
    );
    assert.deepEqual(nested.labels, ['data']);
    const data = offered(`data "aws_ami" "x" {}\noutput "x" {\n  value = data.aws_ami.x.${CURSOR}\n}\n`);
    assert.ok(data.labels.includes('image_id'));
    const self = offered(
      `resource "aws_vpc" "x" {\n  provisioner "local-exec" {\n    command = self.${CURSOR}\n  }\n}\n`,
    );
    assert.ok(self.labels.includes('arn'));
  });

  it('follows local values and outputs of modules', () => {
    const network = 'resource "aws_vpc" "main" {}\noutput "vpc" {\n  value = aws_vpc.main\n}\n';
    const call = 'module "network" {\n  source = "./network"\n}\nlocals {\n  vpc = module.network.vpc\n}\n';
    const output = offered(`${call}output "x" {\n  value = module.network.vpc.${CURSOR}\n}\n`, {
      'network/main.tf': network,
    });
    assert.ok(output.labels.includes('cidr_block'));
    const local = offered(`${call}output "x" {\n  value = local.vpc.${CURSOR}\n}\n`, { 'network/main.tf': network });
    assert.ok(local.labels.includes('cidr_block'));
  });

  it('offers the variables of a module that is called, those without a default first', () => {
    const network =
      'variable "cidr" {\n  description = "Where."\n  type = string\n}\nvariable "zones" {\n  type = list(string)\n  default = []\n}\n';
    const { sorted, get } = offered(`module "network" {\n  source = "./network"\n  ${CURSOR}\n}\n`, {
      'network/main.tf': network,
    });
    assert.equal(sorted[0]!.label, 'cidr');
    assert.equal(get('cidr')!.newText, 'cidr = "${1}"');
    assert.equal(get('cidr')!.documentation!(), 'Where.');
    assert.equal(get('zones')!.newText, 'zones = ["${1}"]');
  });

  it('offers the parts of Terraform itself', () => {
    assert.ok(offered(`terraform {\n  backend "${CURSOR}"\n}\n`).labels.includes('s3'));
    assert.ok(offered(`terraform {\n  backend "s3" {\n    ${CURSOR}\n  }\n}\n`).labels.includes('use_lockfile'));
    assert.ok(
      offered(`terraform {\n  cloud {\n    workspaces {\n      ${CURSOR}\n    }\n  }\n}\n`).labels.includes('tags'),
    );
    assert.deepEqual(offered('terraform {\n  required_providers {\n    helm = {\n      ‸\n    }\n  }\n}\n').labels, [
      'source',
      'version',
      'configuration_aliases',
    ]);
    assert.ok(offered(`provider "${CURSOR}"`).labels.includes('aws'));
    assert.ok(offered(`provider "aws" {\n  ${CURSOR}\n}\n`).labels.includes('region'));
    const object = offered('provider "helm" {\n  kubernetes = {\n    ‸\n  }\n}\n');
    assert.equal(object.get('config_path')!.newText, 'config_path = "${1}"');
  });

  it("offers what Terraform's own arguments take", () => {
    const declared =
      'provider "aws" {}\nprovider "aws" {\n  alias = "dns"\n}\nresource "aws_vpc" "main" {}\ndata "aws_ami" "a" {}\nmodule "network" {\n  source = "./network"\n}\n';
    const at = (text: string) => offered(declared + text, { 'network/main.tf': '', 'more/deep/main.tf': '' }).labels;
    assert.deepEqual(at(`resource "aws_lb" "m" {\n  provider = ${CURSOR}\n}\n`), ['aws', 'aws.dns']);
    assert.deepEqual(at(`resource "aws_lb" "m" {\n  depends_on = [${CURSOR}]\n}\n`), [
      'aws_vpc.main',
      'data.aws_ami.a',
      'module.network',
    ]);
    const ignored = at(`resource "aws_vpc" "m" {\n  lifecycle {\n    ignore_changes = [${CURSOR}]\n  }\n}\n`);
    assert.ok(ignored.includes('all') && ignored.includes('tags') && !ignored.includes('arn'));
    assert.deepEqual(at(`module "n" {\n  source = "${CURSOR}"\n}\n`), ['./network', './more/deep']);
    assert.deepEqual(
      terraformWorkspace({ 'a/main.tf': `module "n" {\n  source = ${CURSOR}\n}\n`, 'b/c/main.tf': '' })
        .completions()
        .map(({ newText }) => newText),
      ['"../b/c"'],
    );
  });

  it('offers in a file of values the variables of the module, and the members of their objects', () => {
    const variables =
      'variable "region" {\n  type = string\n}\nvariable "zone" {\n  type = object({ name = string, size = optional(number) })\n}\nvariable "count" {\n  type = number\n  default = 1\n}\n';
    const at = (values: string) =>
      terraformWorkspace({ 'variables.tf': variables, 'prod.tfvars': values })
        .completions()
        .map(({ label }) => label);
    assert.deepEqual(at(`region = "eu"\n${CURSOR}`), ['zone', 'count']);
    assert.deepEqual(at(`zone = {\n  name = "a"\n  ${CURSOR}\n}\n`), ['size']);
    assert.deepEqual(at(`region = ${CURSOR}\n`), []);
  });

  it('offers nothing in comments, texts and calls', () => {
    for (const text of [`# ${CURSOR}\n`, `locals {\n  a = "x${CURSOR}"\n}\n`, `locals {\n  a = f(${CURSOR})\n}\n`]) {
      assert.deepEqual(offered(text).labels, [], text);
    }
  });

  it('completes in a block that is not closed yet', () => {
    assert.ok(offered(`resource "aws_vpc" "main" {\n  ${CURSOR}`).labels.includes('cidr_block'));
    assert.ok(
      offered(`resource "aws_vpc" "main" {\n  ${CURSOR}\n\nresource "aws_subnet" "a" {\n}\n`).labels.includes(
        'cidr_block',
      ),
    );
  });
});
