// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { hclNode } from '../../../server/src/languages/terraform/hclNode.ts';
import type { HclBody } from '../../../server/src/languages/terraform/hclSyntax.ts';
import { moduleScope } from '../../../server/src/languages/terraform/moduleScope.ts';
import { parseHcl } from '../../../server/src/languages/terraform/parseHcl.ts';
import { moduleOf } from '../../../server/src/languages/terraform/terraformModule.ts';
import type { SourceNode } from '../../../server/src/text/sourceNode.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';
import { RandomTerraform } from './randomTerraform.ts';
import { terraformSamples } from './terraformSamples.ts';

/** The first block of a file, with the constants of the file. */
function nodeOf(text: string): SourceNode {
  const file = parseHcl(new SourceText('file:///shop/main.tf', text));
  assert.deepEqual(file.problems, []);
  const block = file.body.items.find((item) => item.kind === 'block');
  assert.ok(block?.kind === 'block');
  return hclNode(file.source, block.body, moduleScope(moduleOf([file])));
}

function textAt(node: SourceNode | undefined): string | undefined {
  return node?.source.slice(node.span);
}

describe('hclNode', () => {
  it('gives arguments their values and places', () => {
    const node = nodeOf('resource "a" "b" {\n  n = 5\n  s = "x"\n  l = [true, null]\n  o = { p = 1, "q r" = 2 }\n}\n');
    assert.deepEqual(node.value, { n: 5, s: 'x', l: [true, null], o: { p: 1, 'q r': 2 } });
    assert.equal(node.find('s')?.quoted, true);
    assert.equal(node.find('n')?.quoted, false);
    assert.equal(textAt(node.find('o', 'q r')), '2');
    assert.equal(node.source.slice(node.find('o', 'p')!.keySpan!), 'p');
    assert.equal(node.find('o')?.flow, true);
    assert.equal(node.flow, false);
    assert.equal(node.known, true);
    assert.equal(node.lacks('x'), true);
  });

  it('gives blocks as lists, and the same tree for a list of objects', () => {
    const blocks = nodeOf('resource "a" "b" {\n  ingress {\n    port = 80\n  }\n  ingress {\n    port = 443\n  }\n}\n');
    const list = nodeOf('resource "a" "b" {\n  ingress = [{ port = 80 }, { port = 443 }]\n}\n');
    assert.deepEqual(blocks.value, { ingress: [{ port: 80 }, { port: 443 }] });
    assert.deepEqual(list.value, blocks.value);
    assert.equal(textAt(blocks.find('ingress', 1)), 'ingress {\n    port = 443\n  }');
    assert.equal(blocks.source.slice(blocks.find('ingress', 1)!.keySpan!), 'ingress');
  });

  it('puts labels around the body', () => {
    const node = nodeOf('resource "a" "b" {\n  provisioner "local-exec" {\n    command = "x"\n  }\n}\n');
    assert.equal(node.text('provisioner', 0, 'local-exec', 'command'), 'x');
  });

  it('repeats the content of a dynamic block for items that are certain', () => {
    const ports = (forEach: string, more = ''): unknown => {
      const text = `a "b" {\n  dynamic "rule" {\n    for_each = ${forEach}\n${more}    content {\n      port = ${more ? 'it' : 'rule'}.value\n      name = ${more ? 'it' : 'rule'}.key\n    }\n  }\n}\n`;
      const source = new SourceText('file:///main.tf', text);
      return hclNode(source, parseHcl(source).body)
        .find('a', 0, 'b', 'rule')
        ?.items.map((item) => [item.find('port')?.scalar, item.find('name')?.scalar]);
    };
    assert.deepEqual(ports('[22, 80]'), [
      [22, undefined],
      [80, undefined],
    ]);
    assert.deepEqual(ports('{ ssh = 22 }', '    iterator = it\n'), [[22, 'ssh']]);
    assert.deepEqual(ports('var.ports'), [[undefined, undefined]]);
    assert.deepEqual(ports('range(100)'), [[undefined, undefined]]);
  });

  it('opens the list of a dynamic block', () => {
    const node = nodeOf(
      'resource "a" "b" {\n  dynamic "ingress" {\n    for_each = var.ports\n    content {\n      port = ingress.value\n      cidr = "0.0.0.0/0"\n    }\n  }\n}\n',
    );
    assert.equal(node.find('ingress')?.open, true);
    assert.equal(node.text('ingress', 0, 'cidr'), '0.0.0.0/0');
    assert.equal(node.find('ingress', 0, 'port')?.kind, 'unknown');
    assert.equal(node.lacks('dynamic'), true);
  });

  it('resolves constants at the place where they are used', () => {
    const node = nodeOf(
      'resource "a" "b" {\n  x = local.x\n  y = var.y\n  z = "${local.x}/16"\n  s = var.s\n  c = local.c\n  m = local.m\n}\nlocals {\n  x = "10.0.0.0"\n  c = local.c\n  m = { k = [1] }\n}\nvariable "y" {\n  type    = number\n  default = "5"\n}\nvariable "s" {\n  sensitive = true\n  default   = "hunter2"\n}\n',
    );
    assert.deepEqual(node.value, { x: '10.0.0.0', y: 5, z: '10.0.0.0/16', s: undefined, c: undefined, m: { k: [1] } });
    assert.equal(textAt(node.find('x')), 'local.x');
    assert.equal(textAt(node.find('m', 'k', 0)), 'local.m');
  });

  it('sees through encoding and merging', () => {
    const node = nodeOf(
      'resource "a" "b" {\n  policy = jsonencode({ Statement = [{ Action = "*", Resource = var.x }] })\n  tags = merge({ a = 1, b = 2 }, var.x, { b = 3 })\n  list = concat(["x"], var.x)\n  set = toset(["z"])\n}\n',
    );
    assert.equal(node.text('policy', 'Statement', 0, 'Action'), '*');
    assert.equal(node.find('policy', 'Statement', 0, 'Resource')?.kind, 'unknown');
    assert.equal(node.number('tags', 'b'), 3);
    assert.equal(node.find('tags', 'a')?.kind, 'unknown');
    assert.equal(node.find('tags')?.open, true);
    assert.equal(node.text('list', 0), 'x');
    assert.equal(node.find('list')?.open, true);
    assert.deepEqual(node.find('set')?.value, ['z']);
  });

  it('leaves unknown what cannot be known', () => {
    const node = nodeOf(
      'resource "a" "b" {\n  a = var.x\n  b = { (var.x) = 1 }\n  c = [for x in var.x : x]\n  d = file("x")\n  e = null\n}\n',
    );
    assert.deepEqual(
      ['a', 'c', 'd'].map((key) => node.find(key)?.kind),
      ['unknown', 'unknown', 'unknown'],
    );
    assert.equal(node.find('b')?.open, true);
    assert.equal(node.lacks('b', 'k'), false);
    assert.equal(node.lacks('e'), true);
  });

  it('raises nothing for any cut of the samples', () => {
    for (const sample of terraformSamples) {
      for (let end = 0; end <= sample.length; end += 3) {
        const file = parseHcl(new SourceText('file:///shop/main.tf', sample.slice(0, end)));
        assert.equal(typeof hclNode(file.source, file.body, moduleScope(moduleOf([file]))).value, 'object');
      }
    }
  }).timeout(60_000);
});

/** Blocks and arguments with their offsets, as our parser sees them. */
function ourStructure(body: HclBody): unknown[] {
  return body.items.map((item) =>
    item.kind === 'attribute'
      ? [item.name, item.span.start, item.span.end]
      : item.kind === 'block'
        ? [item.type, item.labels.length, item.span.start, item.span.end, ...ourStructure(item.body)]
        : ['fragment'],
  );
}

/** The same, from the tree of tree-sitter-hcl. */
function theirStructure(body: Node | undefined): unknown[] {
  return (body?.namedChildren ?? []).flatMap((node) => {
    const first = node?.namedChildren[0];
    if (!node || !first) return [];
    if (node.type === 'attribute') return [[first.text, node.startIndex, node.endIndex]];
    if (node.type !== 'block') return [];
    const labels = node.namedChildren
      .slice(1)
      .filter((child) => child?.type === 'identifier' || child?.type === 'string_lit');
    const inner = node.namedChildren.find((child) => child?.type === 'body');
    return [[first.text, labels.length, node.startIndex, node.endIndex, ...theirStructure(inner ?? undefined)]];
  });
}

describe('parseHcl beside tree-sitter-hcl', () => {
  it('finds the same blocks and arguments at the same places', async function () {
    this.timeout(60_000);
    const require = createRequire(import.meta.url);
    await Parser.init();
    const parser = new Parser();
    parser.setLanguage(
      await Language.load(
        readFileSync(require.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm')),
      ),
    );
    const random = new RandomTerraform(7);
    const texts = [...terraformSamples, ...Array.from({ length: 600 }, () => random.file())];
    let compared = 0;
    for (const text of texts) {
      const file = parseHcl(new SourceText('file:///main.tf', text));
      const tree = parser.parse(text);
      if (file.problems.length === 0 && tree && !tree.rootNode.hasError) {
        const body = tree.rootNode.namedChildren.find((child) => child?.type === 'body');
        assert.deepEqual(ourStructure(file.body), theirStructure(body ?? undefined), text);
        compared++;
      }
      tree?.delete();
    }
    assert.ok(compared > 150, `Only ${compared} files were read by both.`);
  });
});
