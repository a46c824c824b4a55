// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
import assert from 'node:assert/strict';
import { completionsAt } from '../../../server/src/languages/terraform/terraformCompletion.ts';
import { terraformFoldings } from '../../../server/src/languages/terraform/terraformFoldings.ts';
import { hoverAt } from '../../../server/src/languages/terraform/terraformHover.ts';
import { definitionsAt, referencesAt } from '../../../server/src/languages/terraform/terraformNavigation.ts';
import { terraformOutline } from '../../../server/src/languages/terraform/terraformOutline.ts';
import { signatureAt } from '../../../server/src/languages/terraform/terraformSignature.ts';
import { CURSOR, terraformFixture } from './terraformFixture.ts';
import { terraformSamples } from './terraformSamples.ts';

const DECLARED = `variable "region" {
  description = "Where the shop is."
  type        = string
  default     = "eu"
}

variable "zone" {
  type = object({ name = string, size = number })
}

variable "password" {
  default   = "hunter2"
  sensitive = true
}

locals {
  # Names of everything.
  name   = "shop-\${var.region}"
  tags   = { team = "a", owner = { name = "b" } }
  secret = "hunter3"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

data "aws_ami" "linux" {
  owners = ["x"]
}

module "network" {
  source = "./network"
}
`;
const NETWORK =
  'output "zone" {\n  description = "The zone."\n  value       = "a"\n}\noutput "cidr" {\n  value = "b"\n}\n';

function withCursor(text: string) {
  return terraformFixture({ 'declared.tf': DECLARED, 'main.tf': text, 'network/main.tf': NETWORK });
}

describe('completionsAt', () => {
  function labels(text: string, kinds?: readonly string[]): string[] {
    const { project, at } = withCursor(text);
    const found = completionsAt(project, at.module, at.file, at.offset);
    return found.filter(({ kind }) => !kinds || kinds.includes(kind)).map(({ label }) => label);
  }

  const cases: readonly [text: string, labels: readonly string[]][] = [
    ['locals {\n  a = var.‸\n}\n', ['region', 'zone', 'password']],
    ['locals {\n  a = var.re‸\n}\n', ['region', 'zone', 'password']],
    ['locals {\n  a = "${var.‸}"\n}\n', ['region', 'zone', 'password']],
    ['locals {\n  a = "${var.‸\n}\n', ['region', 'zone', 'password']],
    ['locals {\n  a = [\n    var.‸\n  ]\n}\n', ['region', 'zone', 'password']],
    ['locals {\n  a = { b = var.‸ }\n}\n', ['region', 'zone', 'password']],
    ['locals {\n  a = <<E\n  ${var.‸}\nE\n}\n', ['region', 'zone', 'password']],
    ['locals {\n  a = var.zone.‸\n}\n', ['name', 'size']],
    ['output "a" {\n  value = local.‸\n}\n', ['name', 'tags', 'secret']],
    ['output "a" {\n  value = local.tags.‸\n}\n', ['team', 'owner']],
    ['output "a" {\n  value = local.tags.owner.‸\n}\n', ['name']],
    ['locals {\n  a = module.‸\n}\n', ['network']],
    ['locals {\n  a = module.network.‸\n}\n', ['zone', 'cidr']],
    ['locals {\n  a = module.network[0].‸\n}\n', ['zone', 'cidr']],
    ['locals {\n  a = data.‸\n}\n', ['aws_ami']],
    ['locals {\n  a = data.aws_ami.‸\n}\n', ['linux']],
    ['locals {\n  a = data.aws_ami.linux.‸\n}\n', ['id', 'owners']],
    ['locals {\n  a = aws_vpc.‸\n}\n', ['main']],
    ['locals {\n  b = aws_vpc.main.arn\n  a = aws_vpc.main.‸\n}\n', ['id', 'cidr_block', 'arn']],
    ['resource "x" "y" {\n  for_each = { a = { b = 1 } }\n  c = each.‸\n}\n', ['key', 'value']],
    ['resource "x" "y" {\n  for_each = { a = { b = 1 } }\n  c = each.value.‸\n}\n', ['b']],
    [
      'resource "x" "y" {\n  dynamic "d" {\n    for_each = [1]\n    content {\n      e = d.‸\n    }\n  }\n}\n',
      ['key', 'value'],
    ],
    ['locals {\n  a = path.‸\n}\n', ['cwd', 'module', 'root']],
    ['locals {\n  ‸\n}\n', []],
    ['locals {\n  a = "var.‸"\n}\n', []],
    ['locals {\n  a = 1 # var.‸\n}\n', []],
    ['‸', []],
  ];
  for (const [text, expected] of cases) {
    it(`offers ${expected.join(', ') || 'nothing'} in ${JSON.stringify(text)}`, () =>
      assert.deepEqual(labels(text), expected));
  }

  it('offers what a value can begin with', () => {
    const roots = labels('resource "x" "y" {\n  count = 2\n  a = [for item in [1] : ‸]\n}\n', [
      'keyword',
      'variable',
      'resource',
    ]);
    assert.deepEqual(roots, [
      'item',
      'var',
      'local',
      'module',
      'data',
      'count',
      'path',
      'terraform',
      'true',
      'false',
      'null',
      'aws_vpc',
      'x',
    ]);
    assert.ok(labels('locals {\n  a = ‸\n}\n').includes('cidrsubnet'));
    assert.ok(labels('locals {\n  a = {\n    b = ‸\n  }\n}\n').includes('var'));
    assert.ok(labels('locals {\n  a = [1,\n    ‸]\n}\n').includes('var'));
    assert.deepEqual(labels('locals {\n  a = {\n    b = 1,\n    ‸\n  }\n}\n'), []);
  });

  it('replaces the whole word and describes what it offers', () => {
    const { project, at } = withCursor('locals {\n  a = var.re‸gi\n}\n');
    const [found] = completionsAt(project, at.module, at.file, at.offset);
    assert.deepEqual(found, {
      label: 'region',
      kind: 'variable',
      detail: 'string',
      documentation: 'Where the shop is.',
      span: { start: 19, end: 23 },
    });
  });
});

describe('hoverAt', () => {
  const cases: readonly [text: string, markdown: string | undefined][] = [
    [
      'locals {\n  a = var.reg‸ion\n}\n',
      '```terraform\nvariable "region"\n  type = string\n  default = "eu"\n```\n\nWhere the shop is.\n\ndeclared.tf, line 1',
    ],
    [
      'locals {\n  a = local.na‸me\n}\n',
      '```terraform\nname = "shop-${var.region}"\n```\n\nValue by the defaults: `"shop-eu"`\n\nNames of everything.\n\ndeclared.tf, line 18',
    ],
    [
      'locals {\n  a = var.pass‸word\n}\n',
      '```terraform\nvariable "password"\n  default = (sensitive)\n```\n\ndeclared.tf, line 11',
    ],
    ['locals {\n  a = local.sec‸ret\n}\n', '```terraform\nsecret = "…"\n```\n\ndeclared.tf, line 20'],
    ['locals {\n  a = aws_vpc.ma‸in\n}\n', '```terraform\nresource "aws_vpc" "main"\n```\n\ndeclared.tf, line 23'],
    [
      'locals {\n  a = module.network.zo‸ne\n}\n',
      '```terraform\noutput "zone"\n```\n\n```terraform\nvalue = "a"\n```\n\nThe zone.\n\nmain.tf, line 1',
    ],
    [
      'locals {\n  a = module.net‸work\n}\n',
      '```terraform\nmodule "network"\n```\n\nsource: `./network`\n\ndeclared.tf, line 31',
    ],
    ['locals {\n  a = lo‸wer("A")\n}\n', '```terraform\nlower(str: string): string\n```\n\nThe text in lower case.'],
    ['locals {\n  a = path.mod‸ule\n}\n', '```terraform\npath.module\n```\n\nFolder of this module.'],
    ['locals {\n  a = [for x in [1] : x‸]\n}\n', '```terraform\nx\n```\n\nName that a for-expression gives.'],
    ['locals {\n  a = 1‸\n}\n', undefined],
  ];
  for (const [text, markdown] of cases) {
    it(`explains ${JSON.stringify(text)}`, () => {
      const { project, at } = withCursor(text);
      assert.equal(hoverAt(project, at.module, at.file, at.offset)?.markdown, markdown);
    });
  }
});

describe('signatureAt', () => {
  const cases: readonly [text: string, label: string | undefined, active: number | undefined][] = [
    [
      'locals {\n  a = cidrsubnet("10.0.0.0/8", ‸)\n}\n',
      'cidrsubnet(prefix: string, newbits: number, netnum: number): string',
      1,
    ],
    ['locals {\n  a = cidrsubnet(‸\n}\n', 'cidrsubnet(prefix: string, newbits: number, netnum: number): string', 0],
    ['locals {\n  a = lower(join(",", [1, 2‸]))\n}\n', 'join(separator: string, ...lists: list(string)): string', 1],
    ['locals {\n  a = max(1, 2, 3, ‸)\n}\n', 'max(...numbers: number): number', 0],
    ['locals {\n  a = uuid(‸)\n}\n', 'uuid(): string', undefined],
    ['locals {\n  a = lower("x")‸\n}\n', undefined, undefined],
    ['locals {\n  a = low‸er("x")\n}\n', undefined, undefined],
  ];
  for (const [text, label, active] of cases) {
    it(`answers ${label ?? 'nothing'} in ${JSON.stringify(text)}`, () => {
      const { at } = withCursor(text);
      const found = signatureAt(at.file, at.offset);
      assert.equal(found?.label, label);
      assert.equal(found?.active, active);
    });
  }
});

describe('Terraform outline and foldings', () => {
  it('shows blocks under their address', () => {
    const { files } = terraformFixture({
      'main.tf': 'resource "aws_vpc" "a" {\n  lifecycle {\n    x = 1\n  }\n}\nvariable "b" {}\nlocals {\n  c = 1\n}\n',
    });
    const show = (items: ReturnType<typeof terraformOutline>): unknown[] =>
      items.map(({ name, kind, children }) => [name, kind, ...show(children)]);
    assert.deepEqual(show(terraformOutline(files.get('main.tf')!)), [
      ['aws_vpc.a', 'resource', ['lifecycle', 'block', ['x', 'field']]],
      ['b', 'variable'],
      ['locals', 'block', ['c', 'field']],
    ]);
  });

  it('folds blocks, collections, heredocs and comments', () => {
    const text =
      '# a\n# b\nlocals {\n  a = [\n    1,\n  ]\n  b = <<E\n  x\nE\n  c = { d = 1 }\n  e = f(\n    1\n  )\n}\n';
    const { files } = terraformFixture({ 'main.tf': text });
    const { source } = files.get('main.tf')!;
    const lines = terraformFoldings(files.get('main.tf')!).map(({ start, end }) => [
      source.lineAt(start),
      source.lineAt(end),
    ]);
    assert.deepEqual(lines, [
      [0, 1],
      [2, 13],
      [3, 5],
      [6, 8],
      [10, 12],
    ]);
  });
});

describe('Terraform features at every offset', () => {
  it('raise nothing in whole and in cut samples', () => {
    for (const [index, sample] of terraformSamples.entries()) {
      const cuts = [sample, sample.slice(0, Math.floor(sample.length * 0.7))];
      for (const text of cuts) {
        const { project, files } = terraformFixture({ 'main.tf': text });
        const [module] = project.modules;
        const file = files.get('main.tf')!;
        terraformOutline(file);
        terraformFoldings(file);
        for (let offset = 0; offset <= text.length; offset += 1 + (index % 3)) {
          completionsAt(project, module!, file, offset);
          hoverAt(project, module!, file, offset);
          signatureAt(file, offset);
          definitionsAt(project, module!, file, offset);
          referencesAt(project, module!, file, offset);
        }
      }
    }
    assert.equal(CURSOR.length, 1);
  }).timeout(60_000);
});
