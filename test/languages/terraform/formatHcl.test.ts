// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of HCL.
import assert from 'node:assert/strict';
import { formatHcl } from '../../../server/src/languages/terraform/formatHcl.ts';
import { parseHcl } from '../../../server/src/languages/terraform/parseHcl.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';
import { RandomTerraform } from './randomTerraform.ts';
import { formattedByTerraform, needTerraform } from './terraformBinary.ts';
import { terraformSamples } from './terraformSamples.ts';

function format(text: string): string | undefined {
  return formatHcl(parseHcl(new SourceText('file:///main.tf', text)));
}

describe('formatHcl', () => {
  const cases: readonly [name: string, before: string, after: string][] = [
    ['aligns equals signs of neighbours', 'a=1\nbbb = 2\n\ncccc = 3\n', 'a   = 1\nbbb = 2\n\ncccc = 3\n'],
    ['does not align what goes on in the next line', 'a = 1\nbbb = [\n2]\n', 'a = 1\nbbb = [\n2]\n'],
    ['aligns comments of neighbours', 'a = 1 # x\nbb = 22 // y\n', 'a  = 1  # x\nbb = 22 // y\n'],
    [
      'indents by brackets',
      'a "b" {\nc {\nd = [\n1,\n]\n}\n}\n',
      'a "b" {\n  c {\n    d = [\n      1,\n    ]\n  }\n}\n',
    ],
    ['quotes labels', 'resource a   b{}\n', 'resource "a" "b" {}\n'],
    ['unwraps an interpolation', 'a = "${ var.x }"\nb = "${var.x}y"\n', 'a = var.x\nb = "${var.x}y"\n'],
    ['keeps the text of a heredoc', 'a = <<E\n  x   y\nE\nbb=1\n', 'a  = <<E\n  x   y\nE\nbb = 1\n'],
    ['completes old types', 'variable a {\ntype = "list"\n}\n', 'variable "a" {\n  type = list(string)\n}\n'],
    ['keeps CRLF', 'a=1\r\nbb=2\r\n', 'a  = 1\r\nbb = 2\r\n'],
    ['keeps labels that may not be', 'a "b$" {}\n', 'a "b$" {}\n'],
    ['counts what is seen as one character', 'é=1\nbb=2\n', 'é  = 1\nbb = 2\n'],
  ];
  for (const [name, before, after] of cases) it(name, () => assert.equal(format(before), after));

  it('leaves a file alone that cannot be read', () => assert.equal(format('a = \n'), undefined));

  it('changes nothing the second time', () => {
    for (const sample of terraformSamples) {
      const once = format(sample)!;
      assert.equal(format(once), once);
    }
  });

  it('reads and formats as the terraform binary does, on samples, random files and mutants', function () {
    this.timeout(120_000);
    needTerraform(this);
    const random = new RandomTerraform(1);
    const files = Array.from({ length: 400 }, () => random.file());
    const mutants = Array.from({ length: 800 }, (_, index) =>
      random.mutated(index % 2 === 0 ? files[index % 400]! : terraformSamples[index % 5]!),
    );
    const texts = [...terraformSamples, ...cases.map(([, before]) => before), ...files, ...mutants].filter(
      // The binary loses labels with these characters; they are kept here.
      (text) => !/^[^={\n#]*"[^"\n]*[$%][^"\n]*"[^=\n]*\{/m.test(text),
    );
    const expected = formattedByTerraform(texts);
    let formatted = 0;
    for (const [index, text] of texts.entries()) {
      const actual = format(text);
      assert.equal(actual, expected[index], JSON.stringify(text));
      if (actual !== undefined) formatted++;
    }
    assert.ok(
      formatted > 300 && formatted < texts.length - 200,
      `${formatted} of ${texts.length} files were formatted`,
    );
  });
});
