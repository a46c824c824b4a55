import assert from 'node:assert/strict';
import { said } from './said.ts';

const vpc = (name: string, cidr: string): string => `resource "aws_vpc" "${name}" {\n  cidr_block = ${cidr}\n}\n`;
const subnet = (name: string, network: string, cidr: string, more = ''): string =>
  `resource "aws_subnet" "${name}" {\n  vpc_id = aws_vpc.${network}.id\n  cidr_block = ${cidr}\n${more}}\n`;

describe('networks in Terraform', () => {
  it('hold their subnets', () => {
    const check = (network: string, own: string, rest = ''): string[] =>
      said('subnet-outside-network', vpc('a', network) + subnet('b', 'a', own) + rest);
    assert.equal(check('"10.0.0.0/16"', '"10.1.0.0/24"').length, 1);
    assert.deepEqual(check('"10.0.0.0/16"', '"10.0.1.0/24"'), []);
    assert.deepEqual(check('var.cidr', '"10.1.0.0/24"', 'variable "cidr" {}\n'), []);
    assert.equal(check('var.cidr', '"10.1.0.0/24"', 'variable "cidr" {\n  default = "10.0.0.0/16"\n}\n').length, 1);
    const second =
      'resource "aws_vpc_ipv4_cidr_block_association" "c" {\n  vpc_id = aws_vpc.a.id\n  cidr_block = "10.1.0.0/16"\n}\n';
    assert.deepEqual(check('"10.0.0.0/16"', '"10.1.0.0/24"', second), []);
  });

  it('do not overlap', () => {
    const both = (a: string, b: string): string[] =>
      said('overlapping-networks', vpc('v', '"10.0.0.0/16"') + subnet('a', 'v', a) + subnet('b', 'v', b));
    assert.equal(both('"10.0.0.0/20"', '"10.0.8.0/24"').length, 1);
    assert.deepEqual(both('"10.0.0.0/20"', '"10.0.16.0/24"'), []);
    assert.deepEqual(both('"10.0.0.0/20"', 'var.b'), []);
    const other =
      vpc('v', '"10.0.0.0/16"') +
      vpc('w', '"10.0.0.0/16"') +
      subnet('a', 'v', '"10.0.0.0/20"') +
      subnet('b', 'w', '"10.0.0.0/20"');
    assert.deepEqual(said('overlapping-networks', other), [], 'Two networks may have the same addresses,');
    const peering =
      'resource "aws_vpc_peering_connection" "p" {\n  vpc_id = aws_vpc.v.id\n  peer_vpc_id = aws_vpc.w.id\n}\n';
    assert.equal(said('overlapping-networks', other + peering).length, 1, 'unless a peering joins them.');
    const choice =
      vpc('v', '"10.0.0.0/16"') +
      subnet('a', 'v', '"10.0.0.0/20"', '  count = var.a ? 1 : 0\n') +
      subnet('b', 'v', '"10.0.0.0/20"', '  count = var.a ? 0 : 1\n');
    assert.deepEqual(said('overlapping-networks', choice), []);
  });

  it('are written as the cloud wants them', () => {
    const cidr = (text: string): string[] => said('invalid-cidr', vpc('a', JSON.stringify(text)));
    assert.equal(cidr('10.0.0.0').length, 1);
    assert.equal(cidr('10.0.0.0/33').length, 1);
    assert.equal(cidr('10.0.0.0/8').length, 1);
    assert.equal(cidr('10.0.0.1/16').length, 1);
    assert.deepEqual(cidr('10.0.0.0/16'), []);
  });
});

describe('clusters in Terraform', () => {
  const cluster =
    'resource "aws_iam_role" "a" {}\nresource "aws_eks_cluster" "a" {\n  role_arn = aws_iam_role.a.arn\n}\n';
  const attach = (arn: string, role = 'aws_iam_role.a.name', more = ''): string =>
    `resource "aws_iam_role_policy_attachment" "a" {\n${more}  role = ${role}\n  policy_arn = ${arn}\n}\n`;

  it('have a role with the policy', () => {
    const check = (rest: string): string[] => said('role-policy-missing', cluster + rest);
    assert.equal(check(attach('"arn:aws:iam::aws:policy/AmazonEKSServicePolicy"')).length, 1);
    assert.deepEqual(check(attach('"arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"')), []);
    assert.deepEqual(check(attach('var.policy')), []);
    assert.deepEqual(check(attach('"arn:aws:iam::aws:policy/X"', 'var.role')), [], 'It may belong to this role.');
    assert.deepEqual(
      check(
        attach(
          '"arn:aws:iam::aws:policy/${each.key}"',
          'aws_iam_role.a.name',
          '  for_each = toset(["AmazonEKSClusterPolicy"])\n',
        ),
      ),
      [],
    );
    assert.equal(
      check(attach('"arn:aws:iam::aws:policy/${each.key}"', 'aws_iam_role.a.name', '  for_each = toset(["Other"])\n'))
        .length,
      1,
    );
    assert.deepEqual(
      check(
        `${attach('"arn:aws:iam::aws:policy/X"')}resource "aws_iam_role_policy" "b" {\n  role = aws_iam_role.a.id\n}\n`,
      ),
      [],
    );
  });

  it('are in two zones', () => {
    const group = (ids: string, ...zones: readonly string[]): string[] =>
      said(
        'single-zone',
        `${zones
          .map((zone, index) => subnet(`s${index}`, 'v', '"10.0.0.0/24"', `  availability_zone = ${zone}\n`))
          .join('')}resource "aws_db_subnet_group" "g" {\n  subnet_ids = ${ids}\n}\n`,
      );
    const two = '[aws_subnet.s0.id, aws_subnet.s1.id]';
    assert.equal(group(two, '"a"', '"a"').length, 1);
    assert.deepEqual(group(two, '"a"', '"b"'), []);
    assert.deepEqual(group(two, '"a"', 'var.zone'), []);
    assert.deepEqual(group('var.subnets', '"a"'), []);
    assert.equal(group('[aws_subnet.s0.id]', 'var.zone').length, 1);
    assert.deepEqual(group('aws_subnet.s0[*].id', '"a"'), []);
  });

  it('have room to grow', () => {
    const group = (body: string): string[] =>
      said('node-group-size', `resource "aws_eks_node_group" "a" {\n  scaling_config {\n${body}\n  }\n}\n`);
    assert.equal(group('min_size = 3\ndesired_size = 1\nmax_size = 5').length, 1);
    assert.equal(group('min_size = 1\ndesired_size = 7\nmax_size = 5').length, 1);
    assert.deepEqual(group('min_size = 1\ndesired_size = 1\nmax_size = 5'), []);
    assert.deepEqual(group('min_size = var.min\ndesired_size = 1\nmax_size = 5'), []);
  });
});

describe('companions in another module', () => {
  const bucket = 'resource "aws_s3_bucket" "a" {}\noutput "bucket" {\n  value = aws_s3_bucket.a.id\n}\n';
  const call = 'module "a" {\n  source = "./a"\n}\n';
  it('count where the caller has them', () => {
    const versioning = 'resource "aws_s3_bucket_versioning" "a" {\n  bucket = module.a.bucket\n}\n';
    const keeps = (files: Record<string, string>): string[] =>
      said('bucket-unversioned', files).filter((message) => /versions/.test(message));
    assert.equal(keeps({ 'main.tf': call, 'a/main.tf': bucket }).length, 1);
    assert.deepEqual(keeps({ 'main.tf': call + versioning, 'a/main.tf': bucket }), []);
  });
});
