// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
import assert from 'node:assert/strict';
import { renameAt, renameRangeAt } from '../../../server/src/languages/terraform/renameTerraform.ts';
import { definitionsAt, referencesAt } from '../../../server/src/languages/terraform/terraformNavigation.ts';
import { terraformFixture } from './terraformFixture.ts';

const SHOP = {
  'main.tf': `module "network" {
  source = "./network"
  cidr   = var.cidr
}

resource "aws_vpc" "main" {
  cidr_block = var.cidr
  tags       = { for key, value in local.tags : key => "\${value}-\${local.tags["a"]}" }
}

resource "aws_subnet" "a" {
  vpc_id = aws_vpc.main.id
  zone   = module.network.zone
  count  = length(data.aws_zones.all.names)

  dynamic "route" {
    for_each = [1]
    content {
      to = route.value
    }
  }
}
`,
  'more.tf': `variable "cidr" {
  type = string
}

locals {
  tags = { a = var.cidr }
}

data "aws_zones" "all" {
  provider = aws.dns
}

provider "aws" {
  alias = "dns"
}

output "vpc" {
  value = aws_vpc.main.id
}

moved {
  from = aws_vpc.old
  to   = aws_vpc.main
}
`,
  'shop.tfvars': 'cidr = "10.0.0.0/16"\n',
  'network/main.tf': `variable "cidr" {
  type = string
}

output "zone" {
  value = var.cidr
}
`,
};

type Path = keyof typeof SHOP;

/** The shop with the cursor before the `count`-th `text` of a file. */
function shopAt(path: Path, text: string, count = 1) {
  let offset = -1;
  for (let found = 0; found < count; found++) offset = SHOP[path].indexOf(text, offset + 1);
  assert.ok(offset >= 0, text);
  return terraformFixture({ ...SHOP, [path]: `${SHOP[path].slice(0, offset)}‸${SHOP[path].slice(offset)}` });
}

describe('Terraform navigation', () => {
  const definitions: readonly [at: string, path: Path, text: string, found: readonly string[]][] = [
    ['a variable', 'main.tf', 'cidr\n}', ['more.tf:1 cidr']],
    ['a local value', 'main.tf', 'tags :', ['more.tf:6 tags']],
    ['a resource', 'main.tf', 'main.id', ['main.tf:6 main']],
    ['the type of a resource', 'main.tf', 'aws_vpc.main', ['main.tf:6 main']],
    ['a data source', 'main.tf', 'all.names', ['more.tf:9 all']],
    ['a module call', 'main.tf', 'network.zone', ['main.tf:1 network']],
    ['an output of a module', 'main.tf', 'zone\n', ['network/main.tf:5 zone']],
    ['an argument of a module', 'main.tf', 'cidr   =', ['network/main.tf:1 cidr']],
    ['a variable of a for-expression', 'main.tf', 'key =>', ['main.tf:8 key']],
    ['a name in a template', 'main.tf', 'value}', ['main.tf:8 value']],
    ['an iterator', 'main.tf', 'route.value', ['main.tf:16 route']],
    ['a provider alias', 'more.tf', 'dns\n', ['more.tf:14 dns']],
    ['a variable in a values file', 'shop.tfvars', 'cidr', ['more.tf:1 cidr']],
    ['nothing', 'main.tf', 'id\n', []],
  ];
  for (const [at, path, text, found] of definitions) {
    it(`finds the declaration of ${at}`, () => {
      const { project, at: cursor, show } = shopAt(path, text);
      assert.deepEqual(definitionsAt(project, cursor.module, cursor.file, cursor.offset).map(show), found);
    });
  }

  it('finds all uses of a variable', () => {
    const { project, at, show } = shopAt('more.tf', 'cidr"');
    assert.deepEqual(referencesAt(project, at.module, at.file, at.offset).map(show), [
      'main.tf:3 cidr',
      'main.tf:7 cidr',
      'more.tf:6 cidr',
      'shop.tfvars:1 cidr',
    ]);
  });

  it('finds the uses of a variable in the modules that call', () => {
    const { project, at, show } = shopAt('network/main.tf', 'cidr"');
    assert.deepEqual(referencesAt(project, at.module, at.file, at.offset).map(show), [
      'network/main.tf:6 cidr',
      'main.tf:3 cidr',
    ]);
  });

  it('finds the uses of a variable of a loop', () => {
    const { project, at, show } = shopAt('main.tf', 'value in');
    assert.deepEqual(referencesAt(project, at.module, at.file, at.offset).map(show), ['main.tf:8 value']);
  });

  it('renames a resource in all files', () => {
    const { project, at, edited } = shopAt('main.tf', 'main"');
    const rename = renameAt(project, at.module, at.file, at.offset, 'shop');
    assert.equal(rename.kind, 'edits');
    const files = edited(rename.kind === 'edits' ? rename.edits : []);
    assert.deepEqual(Object.keys(files), ['main.tf', 'more.tf']);
    assert.equal(files['main.tf'], SHOP['main.tf'].replace('"main"', '"shop"').replace('aws_vpc.main', 'aws_vpc.shop'));
    assert.equal(files['more.tf'], SHOP['more.tf'].replaceAll('aws_vpc.main', 'aws_vpc.shop'));
  });

  it('adds a moved block where it is asked to keep the state', () => {
    const { project, at, edited } = shopAt('main.tf', 'a" {');
    const rename = renameAt(project, at.module, at.file, at.offset, 'b', { keepState: true });
    const files = edited(rename.kind === 'edits' ? rename.edits : []);
    const added = '\nmoved {\n  from = aws_subnet.a\n  to   = aws_subnet.b\n}\n';
    assert.equal(files['main.tf'], SHOP['main.tf'].replace('"aws_subnet" "a"', '"aws_subnet" "b"') + added);
  });

  it('renames a variable of a called module and the argument that sets it', () => {
    const { project, at, edited } = shopAt('main.tf', 'cidr   =');
    const rename = renameAt(project, at.module, at.file, at.offset, 'range');
    const files = edited(rename.kind === 'edits' ? rename.edits : []);
    assert.deepEqual(Object.keys(files), ['main.tf', 'network/main.tf']);
    assert.equal(files['main.tf'], SHOP['main.tf'].replace('cidr   =', 'range   ='));
    assert.equal(
      files['network/main.tf'],
      SHOP['network/main.tf'].replace('"cidr"', '"range"').replace('var.cidr', 'var.range'),
    );
  });

  it('renames an output and its uses', () => {
    const { project, at, edited } = shopAt('network/main.tf', 'zone"');
    const rename = renameAt(project, at.module, at.file, at.offset, 'area');
    const files = edited(rename.kind === 'edits' ? rename.edits : []);
    assert.equal(files['main.tf'], SHOP['main.tf'].replace('network.zone', 'network.area'));
    assert.equal(files['network/main.tf'], SHOP['network/main.tf'].replace('"zone"', '"area"'));
  });

  it('renames the values of a variable too', () => {
    const { project, at, edited } = shopAt('more.tf', 'cidr"');
    const rename = renameAt(project, at.module, at.file, at.offset, 'range');
    const files = edited(rename.kind === 'edits' ? rename.edits : []);
    assert.equal(files['shop.tfvars'], 'range = "10.0.0.0/16"\n');
    assert.equal(files['network/main.tf'], undefined);
  });

  it('renames a name of a loop and nothing else', () => {
    const { project, at, edited } = shopAt('main.tf', 'key,');
    const rename = renameAt(project, at.module, at.file, at.offset, 'k');
    assert.deepEqual(edited(rename.kind === 'edits' ? rename.edits : []), {
      'main.tf': SHOP['main.tf'].replace('for key,', 'for k,').replace('key =>', 'k =>'),
    });
  });

  const refusals: readonly [path: Path, text: string, name: string, reason: string][] = [
    ['main.tf', 'main"', '1x', '"1x" is not a name in Terraform.'],
    ['more.tf', 'dns\n', 'a b', '"a b" is not a name in Terraform.'],
    [
      'main.tf',
      'route"',
      'x',
      'This name is the type of the block that is generated; set `iterator` to choose another.',
    ],
    ['more.tf', 'value =', 'x', 'There is no name here that can be renamed.'],
    ['more.tf', 'aws_vpc.old', 'x', 'There is no name here that can be renamed.'],
  ];
  for (const [path, text, name, reason] of refusals) {
    it(`refuses to rename ${text.trim()} to ${name}`, () => {
      const { project, at } = shopAt(path, text);
      assert.deepEqual(renameAt(project, at.module, at.file, at.offset, name), { kind: 'refused', reason });
    });
  }

  it('refuses a name that is taken', () => {
    const { project, at } = terraformFixture({ 'main.tf': 'variable "a‸" {}\nvariable "b" {}\n' });
    assert.deepEqual(renameAt(project, at.module, at.file, at.offset, 'b'), {
      kind: 'refused',
      reason: 'var.b is already declared.',
    });
    assert.deepEqual(renameRangeAt(project, at.module, at.file, at.offset), {
      span: { start: 10, end: 11 },
      name: 'a',
    });
  });
});
