// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
import assert from 'node:assert/strict';
import {
  duplicateDeclarations,
  unusedDeclarations,
} from '../../../server/src/languages/terraform/declarationProblems.ts';
import { functionProblems } from '../../../server/src/languages/terraform/functionProblems.ts';
import { typeMismatches } from '../../../server/src/languages/terraform/typeMismatches.ts';
import { undefinedReferences } from '../../../server/src/languages/terraform/undefinedReferences.ts';
import { terraformFixture } from './terraformFixture.ts';
import { terraformSamples } from './terraformSamples.ts';

type Check = 'undefined' | 'duplicate' | 'unused' | 'types' | 'functions';

/** `file:line text — message` of each problem in the module of `main.tf`. */
function problems(check: Check, texts: Readonly<Record<string, string>>): string[] {
  const { project, files, show } = terraformFixture(texts);
  const module = project.modules.find((candidate) => candidate.files.includes(files.get('main.tf')!))!;
  const found = {
    undefined: () => undefinedReferences(project, module),
    duplicate: () => duplicateDeclarations(module),
    unused: () => unusedDeclarations(module),
    types: () => typeMismatches(project, module),
    functions: () => functionProblems(module),
  }[check]();
  return found.map((problem) => `${show(problem)} — ${problem.message}`);
}

describe('undefinedReferences', () => {
  const faults: readonly [text: string, found: string][] = [
    ['locals {\n  a = var.x\n}', 'main.tf:2 var.x — No variable x is declared in this module.'],
    ['locals {\n  a = "${local.x}"\n}', 'main.tf:2 local.x — No local value x is declared in this module.'],
    ['locals {\n  a = aws_vpc.x.id\n}', 'main.tf:2 aws_vpc.x — No resource aws_vpc.x is declared in this module.'],
    [
      'locals {\n  a = data.aws_ami.x[0].id\n}',
      'main.tf:2 data.aws_ami.x — No data source x is declared in this module.',
    ],
    ['locals {\n  a = module.x.y\n}', 'main.tf:2 module.x — No module call x is declared in this module.'],
    [
      'data "a_b" "c" {\n  provider = aws.x\n}',
      'main.tf:2 aws.x — No provider configuration aws.x is declared in this module.',
    ],
    ['locals {\n  a = each.key\n}', 'main.tf:2 each — each has no meaning in a locals block.'],
    [
      'resource "a_b" "c" {\n  d = count.index\n}',
      'main.tf:2 count — count has no meaning here: this resource block sets no count.',
    ],
    [
      'resource "a_b" "c" {\n  acl = private\n}',
      'main.tf:2 private — private alone is not a reference; a text stands in quotes.',
    ],
    ['locals {\n  a = [for x in [1] : y]\n}', 'main.tf:2 y — y alone is not a reference; a text stands in quotes.'],
    ['locals {\n  a = [for x in [1] : x]\n  b = x.y\n}', 'main.tf:3 x.y — No resource x.y is declared in this module.'],
    ['locals {\n  a = terraform.env\n}', 'main.tf:2 terraform.env — terraform has no attribute env.'],
    ['locals {\n  a = "${path.rot}"\n}', 'main.tf:2 path.rot — path has no attribute rot.'],
    ['locals {\n  a = self.id\n}', 'main.tf:2 self — self has no meaning in a locals block.'],
    [
      'resource "a_b" "c" {\n  depends_on = ["a_b.d"]\n}',
      'main.tf:2 a_b.d — No resource a_b.d is declared in this module.',
    ],
    [
      'resource "a_b" "c" {\n  provider = "aws.x"\n}',
      'main.tf:2 aws.x — No provider configuration aws.x is declared in this module.',
    ],
    [
      'resource "a_b" "c" {\n  depends_on = [a_b.d]\n}',
      'main.tf:2 a_b.d — No resource a_b.d is declared in this module.',
    ],
  ];
  for (const [text, found] of faults)
    it(found, () => assert.deepEqual(problems('undefined', { 'main.tf': `${text}\n` }), [found]));

  it('knows the outputs of a module that it calls', () => {
    const texts = {
      'main.tf': 'module "m" {\n  source = "./m"\n}\nlocals {\n  a = [module.m.x, module.m.y]\n}\n',
      'm/main.tf': 'output "x" {\n  value = 1\n}\n',
    };
    assert.deepEqual(problems('undefined', texts), ['main.tf:5 y — The module m has no output y.']);
  });

  const clean: readonly string[] = [
    'variable "x" {\n  type = object({ a = string, b = list(any) })\n}\nlocals {\n  a = var.x.a\n}',
    'resource "a_b" "c" {\n  for_each = { a = 1 }\n  d = "${each.key}-${each.value}"\n  lifecycle {\n    ignore_changes = [tags, d[0].e]\n  }\n}',
    'resource "a_b" "c" {\n  provisioner "x" {\n    when = destroy\n    on_failure = continue\n    command = self.id\n  }\n}',
    'resource "a_b" "c" {\n  dynamic "e" {\n    for_each = [1]\n    iterator = it\n    content {\n      f = it.value\n      g = [for x in [it.key] : x]\n    }\n  }\n}',
    'resource "a_b" "c" {\n  dynamic "e" {\n    for_each = [1]\n    content {\n      f = e.value\n    }\n  }\n}',
    'module "m" {\n  source = "example/m/aws"\n}\nlocals {\n  a = module.m.anything.at["all"]\n}',
    'moved {\n  from = a_b.c\n  to   = a_b.d\n}\nremoved {\n  from = a_b.e\n}\nimport {\n  to = a_b.f\n  id = "1"\n}',
    'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n      configuration_aliases = [aws.x]\n    }\n  }\n}\ndata "a_b" "c" {\n  provider = aws.x\n}',
    'data "a_b" "c" {\n  provider = google\n}\nlocals {\n  a = [path.module, terraform.workspace, data.a_b.c]\n}',
    'locals {\n  a = [path.cwd, path.root, terraform.applying, path.]\n}',
    'check "c" {\n  data "http" "d" {\n    url = "x"\n  }\n  assert {\n    condition = data.http.d.status_code == 200\n    error_message = "x"\n  }\n}',
    'locals {\n  a = "%{ for k, v in { a = 1 } }${k}${v}%{ endfor }"\n  b = { x = 1, (local.a) = 2 }\n}',
    'resource "a_b" "c" {\n  depends_on = ["module.m", "data.a_b.d"]\n  provider = "aws"\n}\nmodule "m" {\n  source = "example/m/aws"\n}\ndata "a_b" "d" {}',
    'resource "a_b" "c" {\n  e {\n    depends_on = ["web.x"]\n    provider = "no.address"\n  }\n}',
    'locals {\n  a = var.\n}',
    'variable "late\nlocals {\n  a = var.late\n}',
  ];
  for (const text of clean) {
    it(`says nothing about ${JSON.stringify(text.slice(0, 60))}`, () =>
      assert.deepEqual(problems('undefined', { 'main.tf': `${text}\n` }), []));
  }
});

describe('duplicateDeclarations', () => {
  it('names the second declaration and the file of the first', () => {
    const texts = {
      'main.tf': 'variable "a" {}\nlocals {\n  b = 1\n}\n',
      'other.tf': 'variable "a" {}\nlocals {\n  b = 2\n}\n',
    };
    assert.deepEqual(problems('duplicate', texts), [
      'other.tf:1 a — var.a is already declared in main.tf.',
      'other.tf:3 b — local.b is already declared in main.tf.',
    ]);
  });

  it('lets override files repeat', () => {
    const texts = {
      'main.tf': 'variable "a" {}\n',
      'override.tf': 'variable "a" {}\n',
      'x_override.tf': 'variable "a" {}\n',
    };
    assert.deepEqual(problems('duplicate', texts), []);
  });

  it('tells kinds and provider aliases apart', () => {
    const text =
      'provider "a" {}\nprovider "a" {\n  alias = "b"\n}\nresource "x_y" "a" {}\ndata "x_y" "a" {}\noutput "a" {\n  value = 1\n}\n';
    assert.deepEqual(problems('duplicate', { 'main.tf': text }), []);
  });
});

describe('unusedDeclarations', () => {
  it('names what nothing uses', () => {
    const text =
      'variable "a" {\n  validation {\n    condition = var.a != ""\n    error_message = "x"\n  }\n}\nvariable "b" {}\nlocals {\n  c = var.b\n  d = 1\n}\ndata "x_y" "e" {}\noutput "f" {\n  value = local.c\n}\n';
    assert.deepEqual(problems('unused', { 'main.tf': text, 'x.tfvars': 'a = 1\n' }), [
      'main.tf:1 a — Nothing in this module uses var.a.',
      'main.tf:10 d — Nothing in this module uses local.d.',
      'main.tf:12 e — Nothing in this module uses data.x_y.e.',
    ]);
  });

  it('counts names in quotes where Terraform 0.11 wanted them', () => {
    const text =
      'provider "aws" {\n  alias = "a"\n}\nprovider "aws" {\n  alias = "b"\n}\ndata "x_y" "c" {}\nresource "x_y" "d" {\n  provider   = "aws.a"\n  depends_on = ["data.x_y.c"]\n}\n';
    assert.deepEqual(problems('unused', { 'main.tf': text }), [
      'main.tf:5 b — Nothing in this module uses provider aws.b.',
    ]);
  });

  it('says nothing while a file is half typed', () => {
    assert.deepEqual(problems('unused', { 'main.tf': 'variable "a" {}\nlocals {\n  b = \n}\n' }), []);
  });
});

describe('typeMismatches', () => {
  const faults: readonly [type: string, value: string, message: string][] = [
    ['number', '"x"', 'A value of type number is expected here, not a string.'],
    ['bool', '1', 'A value of type bool is expected here, not a number.'],
    ['list(number)', '[1, "x"]', 'A value of type number is expected here, not a string.'],
    ['map(bool)', '{ a = "x" }', 'A value of type bool is expected here, not a string.'],
    ['list(string)', '"x"', 'A value of type list(string) is expected here, not a string.'],
    ['string', '["x"]', 'A value of type string is expected here, not a list.'],
    ['list(string)', '{ a = 1 }', 'A value of type list(string) is expected here, not an object.'],
    ['object({ a = string, b = optional(number) })', '{ b = 1 }', 'This object needs the attribute a.'],
    [
      'object({ a = object({ b = number }) })',
      '{ a = { b = "x" } }',
      'A value of type number is expected here, not a string.',
    ],
    ['tuple([string, number])', '["a"]', '2 items are expected here, not 1.'],
  ];
  for (const [type, value, message] of faults) {
    it(`${type} cannot be ${value}`, () => {
      const found = problems('types', { 'main.tf': `variable "a" {\n  type    = ${type}\n  default = ${value}\n}\n` });
      assert.equal(found.length, 1);
      assert.ok(found[0]!.endsWith(` — ${message}`), found[0]);
    });
  }

  const unknown: readonly [type: string, message: string | undefined][] = [
    ['strng', 'strng is not a type. Did you mean string?'],
    ['list(object({ a = optional(nummber, nothing) }))', 'nummber is not a type. Did you mean number?'],
    ['tuple([string, thing])', 'thing is not a type.'],
    ['map(object({ a = optional(set(any), []), list = list }))', undefined],
    ['"string"', undefined],
  ];
  for (const [type, message] of unknown) {
    it(`${type} is ${message ? 'not ' : ''}a type`, () => {
      const found = problems('types', { 'main.tf': `variable "a" {\n  type = ${type}\n}\n` });
      assert.deepEqual(
        found.map((line) => line.split(' — ')[1]),
        message ? [message] : [],
      );
    });
  }

  it('knows where null is refused', () => {
    const found = (nullable: string): string[] =>
      problems('types', { 'main.tf': `variable "a" {\n  default  = null\n  nullable = ${nullable}\n}\n` });
    assert.deepEqual(found('false'), ['main.tf:2 null — The default cannot be null: a is not nullable.']);
    assert.deepEqual(found('true'), []);
  });

  const fitting: readonly [type: string, value: string][] = [
    ['number', '"5"'],
    ['string', '5'],
    ['bool', '"true"'],
    ['list(string)', '[1, true, null]'],
    ['set(string)', '["a"]'],
    ['map(string)', '{ a = 1 }'],
    ['object({ a = string })', '{ a = "x", b = 1 }'],
    ['any', '[1]'],
    ['number', 'null'],
    ['list', '[1]'],
    ['number', 'max(1, 2)'],
    ['unheard_of(string)', '1'],
  ];
  for (const [type, value] of fitting) {
    it(`${type} can be ${value}`, () => {
      assert.deepEqual(
        problems('types', { 'main.tf': `variable "a" {\n  type    = ${type}\n  default = ${value}\n}\n` }),
        [],
      );
    });
  }

  it('checks calls of modules and values files', () => {
    const texts = {
      'main.tf': 'variable "n" {\n  type = number\n}\nmodule "m" {\n  source = "./m"\n  size = "big"\n  sise = 1\n}\n',
      'x.tfvars': 'n = [1]\nother = 1\n',
      'm/main.tf': 'variable "size" {\n  type = number\n}\nvariable "name" {}\nvariable "rest" {\n  default = 1\n}\n',
    };
    assert.deepEqual(problems('types', texts), [
      'main.tf:6 "big" — A value of type number is expected here, not a string.',
      'main.tf:7 sise — The module m declares no variable sise.',
      'main.tf:4 m — The module m needs the argument name.',
      'x.tfvars:1 [1] — A value of type number is expected here, not a list.',
    ]);
  });
});

describe('functionProblems', () => {
  it('names functions that do not exist and calls with a wrong number of arguments', () => {
    const text =
      'locals {\n  a = lenght([1])\n  b = lower("a", "b")\n  c = cidrsubnet("10.0.0.0/8")\n  d = lookup({}, "a", 1, 2)\n  e = join()\n}\n';
    assert.deepEqual(problems('functions', { 'main.tf': text }), [
      'main.tf:2 lenght — Terraform has no function lenght.',
      'main.tf:3 lower — lower takes 1 argument, not 2.',
      'main.tf:4 cidrsubnet — cidrsubnet takes 3 arguments, not 1.',
      'main.tf:5 lookup — lookup takes at most 3 arguments, not 4.',
      'main.tf:6 join — join takes at least 1 argument, not 0.',
    ]);
  });

  it('says nothing of what it cannot know', () => {
    const text =
      'variable "v" {\n  type = object({ a = optional(string) })\n}\nlocals {\n  a = provider::x::y(1)\n  b = lower(["a"]...)\n  c = core::upper("a")\n  d = lower(\n}\n';
    assert.deepEqual(problems('functions', { 'main.tf': text }), []);
  });

  it('says nothing about the samples', () => {
    for (const sample of terraformSamples.slice(0, 4))
      assert.deepEqual(problems('functions', { 'main.tf': sample }), []);
  });
});
