// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
import assert from 'node:assert/strict';
import { hclNode } from '../../../server/src/languages/terraform/hclNode.ts';
import type { HclFile } from '../../../server/src/languages/terraform/hclSyntax.ts';
import { parseHcl } from '../../../server/src/languages/terraform/parseHcl.ts';
import { parseTerraformJson } from '../../../server/src/languages/terraform/parseTerraformJson.ts';
import { renameAt } from '../../../server/src/languages/terraform/renameTerraform.ts';
import { moduleOf } from '../../../server/src/languages/terraform/terraformModule.ts';
import { terraformOutline } from '../../../server/src/languages/terraform/terraformOutline.ts';
import { projectOf } from '../../../server/src/languages/terraform/terraformProject.ts';
import { applyEdits, SourceText } from '../../../server/src/text/sourceText.ts';
import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';

function parsed(value: unknown, name = 'main.tf.json'): HclFile {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return parseTerraformJson(new SourceText(`file:///shop/${name}`, text));
}

/** `kind address text` of everything that a file refers to, with the text that a rename would replace. */
function references(value: unknown): string[] {
  const file = parsed(value);
  return moduleOf([file])
    .referencesOf(file)
    .references.map(({ address, nameSpan }) => `${address} ${file.source.slice(nameSpan)}`);
}

/** The findings of the recommended profile, by rule, with the marked text. */
function found(files: Readonly<Record<string, unknown>>): string[] {
  const snapshot = exampleSnapshot(
    Object.entries(files).map(([name, value]) => ({
      name,
      text: typeof value === 'string' ? value : JSON.stringify(value, undefined, 2),
    })),
  );
  return findingsOf(snapshot, 'recommended').map(({ rule, finding: { at } }) => {
    assert.ok('source' in at);
    return `${rule.id.replace('terraform/', '')} ${at.source.slice(at.span)}`;
  });
}

describe('the JSON syntax of Terraform', () => {
  it('declares what the native syntax declares', () => {
    const file = parsed({
      '//': 'a comment',
      terraform: [{ required_providers: { aws: { source: 'hashicorp/aws', configuration_aliases: ['aws.west'] } } }],
      provider: { aws: [{ region: 'a' }, { alias: 'east' }] },
      variable: { region: { type: 'string' } },
      locals: [{ a: 1 }, { b: 2 }],
      resource: { aws_vpc: { main: {}, other: [{}] } },
      data: { aws_ami: { linux: {} } },
      module: { network: { source: './network' } },
      output: { id: { value: '${aws_vpc.main.id}' } },
      check: { health: { data: { http: { page: { url: 'x' } } }, assert: [{ condition: true, error_message: 'x' }] } },
    });
    const module = moduleOf([file]);
    assert.deepEqual(file.problems, []);
    assert.deepEqual(
      module.declarations.map(({ address, nameSpan }) => `${address} ${file.source.slice(nameSpan)}`),
      [
        'provider.aws aws',
        'provider.aws.east east',
        'var.region region',
        'local.a a',
        'local.b b',
        'aws_vpc.main main',
        'aws_vpc.other other',
        'data.aws_ami.linux linux',
        'module.network network',
        'output.id id',
        'data.http.page page',
      ],
    );
    assert.deepEqual(module.requiredProviders[0]?.aliases, ['provider.aws.west']);
    assert.equal(new Set(module.declarations.map(({ span }) => span.start)).size, module.declarations.length);
  });

  it('refers by templates, and by addresses where an address is wanted', () => {
    assert.deepEqual(
      references({
        locals: { a: 'x-${var.one}-${local.b}', '${var.key}': 1, c: 'var.none', d: '$${var.none}' },
        resource: {
          aws_vpc: {
            main: {
              provider: 'aws.east',
              depends_on: ['aws_eip.a', 'data.aws_ami.linux'],
              lifecycle: { ignore_changes: ['tags'], replace_triggered_by: ['aws_eip.b.id'] },
              dynamic: { ingress: { for_each: '${var.ports}', iterator: 'it', content: { port: '${it.value}' } } },
            },
          },
        },
        variable: { a: { default: '${var.none}', type: 'list(string)' } },
        module: { m: { source: './m', providers: { aws: 'aws.west' } } },
      }),
      [
        'var.one one',
        'local.b b',
        'provider.aws.east east',
        'aws_eip.a a',
        'data.aws_ami.linux linux',
        'aws_eip.b b',
        'var.ports ports',
        'provider.aws.west west',
      ],
    );
  });

  it('keeps places where escapes push the text apart', () => {
    assert.deepEqual(references('{ "locals": { "a": "\\u00e4\\n\\"q\\" ${lookup(var.m, \\"k\\")} ${var.n}" } }'), [
      'var.m m',
      'var.n n',
    ]);
  });

  it('reads quotes and backslashes within a text', () => {
    const file = parsed({ locals: { a: '"${upper("a\\n")}" \\ b', b: '${jsonencode({ c = "d" })}', e: 'f\n' } });
    const [locals] = hclNode(file.source, file.body).find('locals')!.items;
    assert.equal(locals?.text('a'), '"A\n" \\ b');
    assert.equal(locals?.text('e'), 'f\n');
    assert.deepEqual(locals?.find('b')?.value, { c: 'd' });
  });

  it('gives the tree that blocks give', () => {
    const file = parsed({
      resource: {
        aws_x: {
          a: {
            tags: { name: 'b' },
            for_each: { one: 1 },
            root_block_device: { encrypted: true },
            ingress: [{ from_port: 1 }, { from_port: 2 }],
            metadata: { 'a-b': 'c' },
            action: { type: 'forward' },
          },
        },
      },
    });
    assert.deepEqual(hclNode(file.source, file.body).find('resource', 0, 'aws_x', 'a')?.value, {
      tags: { name: 'b' },
      for_each: { one: 1 },
      root_block_device: [{ encrypted: true }],
      ingress: [{ from_port: 1 }, { from_port: 2 }],
      metadata: { 'a-b': 'c' },
      action: [{ type: 'forward' }],
    });
  });

  it('shows faults at their place and offers no fix in the other syntax', () => {
    const files = {
      'main.tf.json': {
        locals: { a: '${[for x in var.names : x if x.y == []]}', b: '${lookup(var.names, "k")}', c: '${var.names}' },
        variable: { names: { type: 'any' } },
        module: { m: { source: 'git::https://example.com/m.git', version: '${local.a}${local.b}${local.c}' } },
        resource: {
          aws_security_group: {
            a: {
              description: 'Open',
              ingress: [
                { description: 'All', from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] },
              ],
            },
          },
        },
      },
      'versions.tf':
        'terraform {\n  required_version = "~> 1.9"\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "~> 6.0"\n    }\n  }\n}\n',
    };
    assert.deepEqual(found(files), [
      'empty-list-comparison x.y == []',
      'lookup-without-default lookup',
      'module-unpinned "git::https://example.com/m.git"',
      'open-ingress "0.0.0.0/0"',
    ]);
    const snapshot = exampleSnapshot([{ name: 'main.tf.json', text: JSON.stringify(files['main.tf.json']) }]);
    for (const { finding } of findingsOf(snapshot, 'strict')) assert.deepEqual(finding.fixes ?? [], []);
  });

  it('answers files in the native syntax, and they answer it', () => {
    const variable = { variable: { a: { type: 'string', default: '${no.template}' } } };
    const versions = 'terraform {\n  required_version = "~> 1.9"\n}\n';
    assert.deepEqual(
      found({ 'main.tf': `${versions}output "o" {\n  value = "\${var.a}-\${local.b}"\n}\n`, 'v.tf.json': variable }),
      ['undefined-reference local.b'],
    );
    assert.deepEqual(found({ 'main.tf': 'variable "n" {\n  type = number\n}\n', 'x.tfvars.json': { n: 'x', m: 1 } }), [
      'type-mismatch "x"',
    ]);
  });

  it('is renamed in both syntaxes, and its state is moved by a block of the native one', () => {
    const json = parsed({ resource: { aws_vpc: { main: {} } }, output: { id: { value: '${aws_vpc.main.id}' } } });
    const native = parseHcl(new SourceText('file:///shop/other.tf', 'locals {\n  a = aws_vpc.main.id\n}\n'));
    const rename = (files: readonly HclFile[]) => {
      const module = moduleOf(files);
      const place = json.source.text.indexOf('"main"') + 1;
      return renameAt(projectOf([module]), module, json, place, 'shop', { keepState: true });
    };
    const done = rename([json, native]);
    assert.ok(done.kind === 'edits');
    const text = (file: HclFile): string =>
      applyEdits(
        file.source.text,
        done.edits.filter(({ uri }) => uri === file.source.uri),
      );
    assert.deepEqual(JSON.parse(text(json)), {
      resource: { aws_vpc: { shop: {} } },
      output: { id: { value: '${aws_vpc.shop.id}' } },
    });
    assert.equal(
      text(native),
      'locals {\n  a = aws_vpc.shop.id\n}\n\nmoved {\n  from = aws_vpc.main\n  to   = aws_vpc.shop\n}\n',
    );
    assert.equal(rename([json]).kind, 'refused');
  });

  it('concludes nothing from what is missing in a file with faults', () => {
    const files = { 'main.tf': 'locals {\n  a = var.b\n}\n', 'b.tf.json': '{ "variable": { "c": {}, ' };
    assert.deepEqual(
      found(files).filter((text) => text.startsWith('undefined')),
      [],
    );
  });

  it('reads long chains of operators and many texts', () => {
    const chain = parsed({ locals: { a: `\${${'x.y + '.repeat(50_000)}1}`, b: `${'a"'.repeat(50_000)}\${c.d}` } });
    assert.equal(moduleOf([chain]).referencesOf(chain).references.length, 50_001);
  });

  it('never throws and keeps the names of the outline within their items', () => {
    const text = JSON.stringify({
      provider: { aws: [{ region: '${var.a["b"]}' }, { alias: '%{ if true }a%{ endif }' }] },
      resource: { a_b: { c: [{ d: '${' }, { e: '"\\${x}' }] } },
    });
    const cuts = Array.from({ length: text.length }, (_, end) => text.slice(0, end));
    const others = [
      '[',
      '[]',
      '1',
      '"a"',
      'null',
      '{"resource":1}',
      '{"resource":{"a":[1,{"b":2}]}}',
      '\ufeff{}',
      '{"a":"\\ud800${"}',
    ];
    for (const wrong of [...cuts, ...others, '{"a":'.repeat(5000), '['.repeat(100_000)]) {
      const file = parsed(wrong);
      moduleOf([file]).referencesOf(file);
      const pending = [...terraformOutline(file)];
      for (let item = pending.pop(); item; item = pending.pop()) {
        assert.ok(item.span.start <= item.nameSpan.start && item.nameSpan.end <= item.span.end, wrong);
        pending.push(...item.children);
      }
      for (const { span } of file.problems) assert.ok(span.start <= span.end, wrong);
    }
    const open = parsed('{ "locals": { "a": "${var.b" } }').problems.map(({ message }) => message);
    assert.deepEqual(open, ['This text ends within a template sequence.']);
  });
});
