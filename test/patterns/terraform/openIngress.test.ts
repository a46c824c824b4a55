import assert from 'node:assert/strict';
import { said } from './said.ts';

const rule = (body: string, rest = ''): string =>
  `resource "aws_security_group" "a" {\n  ingress {\n${body}\n  }\n}\n${rest}`;
const tcp = (from: number, to: number, cidr = '["0.0.0.0/0"]'): string =>
  rule(`protocol = "tcp"\nfrom_port = ${from}\nto_port = ${to}\ncidr_blocks = ${cidr}`);

describe('terraform/open-ingress', () => {
  it('speaks of what nobody should reach', () => {
    assert.deepEqual(said('open-ingress', tcp(22, 22)), [
      'aws_security_group.a lets 0.0.0.0/0, which is everybody, in to port 22 (SSH).',
    ]);
    assert.deepEqual(said('open-ingress', tcp(3000, 3400)), [
      'aws_security_group.a lets 0.0.0.0/0, which is everybody, in to port 3306 (MySQL), port 3389 (RDP).',
    ]);
    assert.deepEqual(
      said('open-ingress', rule('protocol = "-1"\nfrom_port = 0\nto_port = 0\ncidr_blocks = ["0.0.0.0/0"]')),
      ['aws_security_group.a lets 0.0.0.0/0, which is everybody, in to all ports.'],
    );
    assert.deepEqual(
      said('open-ingress', rule('protocol = 6\nfrom_port = 22\nto_port = 22\nipv6_cidr_blocks = ["::/0"]')),
      ['aws_security_group.a lets ::/0, which is everybody, in to port 22 (SSH).'],
    );
  });

  it('leaves HTTPS, and leaves other ports to the strict profile', () => {
    assert.deepEqual(said('open-ingress', tcp(443, 443)), []);
    assert.deepEqual(said('open-ingress', tcp(80, 80)), [
      'strict: aws_security_group.a lets 0.0.0.0/0, which is everybody, in to port 80.',
    ]);
  });

  it('is silent where the range is narrow, refused or not known', () => {
    assert.deepEqual(said('open-ingress', tcp(22, 22, '["10.0.0.0/8"]')), []);
    assert.deepEqual(said('open-ingress', tcp(22, 22, 'var.ranges')), []);
    assert.deepEqual(
      said('open-ingress', rule('protocol = "tcp"\nfrom_port = var.port\nto_port = 22\ncidr_blocks = ["0.0.0.0/0"]')),
      [],
    );
    assert.deepEqual(
      said('open-ingress', rule('protocol = "icmp"\nfrom_port = -1\nto_port = -1\ncidr_blocks = ["0.0.0.0/0"]')),
      [],
    );
    const denied =
      'resource "aws_network_acl_rule" "a" {\n  rule_action = "deny"\n  protocol = "tcp"\n  from_port = 22\n  to_port = 22\n  cidr_block = "0.0.0.0/0"\n}\n';
    assert.deepEqual(said('open-ingress', denied), []);
    assert.equal(said('open-ingress', denied.replace('deny', 'allow')).length, 1);
    assert.deepEqual(said('open-ingress', denied.replace('"deny"', '"allow"\n  egress = true')), []);
  });

  it('follows a default, unless a caller sets the variable', () => {
    const module = `${tcp(22, 22, 'var.ranges')}\nvariable "ranges" {\n  default = ["0.0.0.0/0"]\n}\n`;
    assert.equal(said('open-ingress', module).length, 1);
    const call = 'module "a" {\n  source = "./a"\n  ranges = ["10.0.0.0/8"]\n}\n';
    assert.deepEqual(said('open-ingress', { 'main.tf': call, 'a/main.tf': module }), []);
    assert.deepEqual(said('open-ingress', { 'main.tf': module, 'terraform.tfvars': 'ranges = ["10.0.0.0/8"]\n' }), []);
  });

  it('knows the firewalls of other clouds', () => {
    const google =
      'resource "google_compute_firewall" "a" {\n  source_ranges = ["0.0.0.0/0"]\n  allow {\n    protocol = "tcp"\n    ports = ["20-25"]\n  }\n}\n';
    assert.equal(said('open-ingress', google).length, 1);
    assert.deepEqual(
      said('open-ingress', google.replace('source_ranges', 'direction = "EGRESS"\n  destination_ranges')),
      [],
    );
    const azure = (port: string, access = 'Allow'): string =>
      `resource "azurerm_network_security_rule" "a" {\n  direction = "Inbound"\n  access = "${access}"\n  protocol = "Tcp"\n  source_address_prefix = "Internet"\n  destination_port_range = ${port}\n}\n`;
    assert.equal(said('open-ingress', azure('"3389"')).length, 1);
    assert.equal(said('open-ingress', azure('"*"')).length, 1);
    assert.deepEqual(said('open-ingress', azure('"3389"', 'Deny')), []);
    assert.deepEqual(said('open-ingress', azure('var.port')), []);
    const policy =
      'resource "kubernetes_network_policy" "a" {\n  spec {\n    ingress {\n      from {\n        ip_block {\n          cidr = "0.0.0.0/0"\n        }\n      }\n    }\n  }\n}\n';
    assert.equal(said('open-ingress', policy).length, 1);
  });
});
