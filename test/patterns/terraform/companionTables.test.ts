import assert from 'node:assert/strict';
import { RULES } from '../../../server/src/patterns/registry.generated.ts';
import type { Companion, CompanionRule } from '../../../server/src/patterns/terraform/parts/companionRule.ts';
import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';

const rules = RULES.filter((rule): rule is CompanionRule => 'companions' in rule);

describe('tables of Terraform companions', () => {
  it('are there', () => assert.ok(rules.length > 3));

  for (const rule of rules) {
    describe(rule.id, () => {
      for (const companion of rule.companions) {
        it(`${companion.of} ${companion.by[0]}`, () => testRow(rule, companion));
      }
    });
  }
});

function testRow(rule: CompanionRule, companion: Companion): void {
  const { of, by, key, name, inline = [] } = companion;
  const alone = `resource "${of}" "example" {\n}\n`;
  assert.deepEqual(messages(rule, companion, alone), [`${of}.example ${companion.says}: no ${by[0]} refers to it.`]);
  for (const type of by) {
    const with_ = (value: string, rest = ''): string =>
      `${alone}\nresource "${type}" "example" {\n  ${key} = ${value}\n}\n${rest}`;
    assert.deepEqual(messages(rule, companion, with_(`${of}.example.id`)), []);
    assert.deepEqual(messages(rule, companion, with_('local.it', `locals {\n  it = ${of}.example.arn\n}\n`)), []);
    assert.deepEqual(
      messages(rule, companion, with_('var.it', 'variable "it" {}\n')),
      [],
      'It may belong to this one.',
    );
    const other = `resource "${of}" "other" {\n}\n`;
    const said = messages(rule, companion, with_(`${of}.other.id`, other));
    assert.deepEqual(said, [`${of}.example ${companion.says}: no ${by[0]} refers to it.`]);
    if (name === undefined) continue;
    const named = `resource "${of}" "example" {\n  ${name} = "shop"\n}\nresource "${type}" "a" {\n  ${key} = "shop"\n}\n`;
    assert.deepEqual(messages(rule, companion, named), []);
  }
  for (const path of inline) {
    assert.deepEqual(messages(rule, companion, `resource "${of}" "example" {\n  ${path} {\n  }\n}\n`), []);
  }
  const handedOn = `${alone}\nmodule "other" {\n  source = "./other"\n  it = ${of}.example.id\n}\n`;
  assert.deepEqual(messages(rule, companion, handedOn), [], 'The module may accompany it.');
}

function messages(rule: CompanionRule, { says }: Companion, text: string): string[] {
  return findingsOf(exampleSnapshot([{ name: 'main.tf', text }]), 'strict').flatMap(({ rule: { id }, finding }) =>
    id === rule.id && finding.message.includes(` ${says}: `) ? finding.message : [],
  );
}
