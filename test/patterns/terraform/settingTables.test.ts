import assert from 'node:assert/strict';
import { RULES } from '../../../server/src/patterns/registry.generated.ts';
import type { Setting } from '../../../server/src/patterns/terraform/parts/setting.ts';
import type { SettingRule } from '../../../server/src/patterns/terraform/parts/settingRule.ts';
import type { ReportedFinding } from '../../../server/src/rules/runRules.ts';
import { applyEdits } from '../../../server/src/text/sourceText.ts';
import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';
import { badSamples, goodSample, sampleBlock } from './sampleBlock.ts';

const rules = RULES.filter((rule): rule is SettingRule => 'settings' in rule);

describe('tables of Terraform settings', () => {
  it('are there', () => assert.ok(rules.length > 10));

  for (const rule of rules) {
    describe(rule.id, () => {
      for (const setting of rule.settings) {
        for (const type of [setting.on].flat()) {
          it(`${type} ${setting.path} ${JSON.stringify(setting.wants)}`, () => testRow(rule, setting, type));
        }
      }
    });
  }
});

function testRow(rule: SettingRule, setting: Setting, type: string): void {
  const good = sampleBlock(type, setting, goodSample(setting.wants));
  assert.deepEqual(messages(rule, setting, good), [], good);
  for (const sample of badSamples(setting.wants)) {
    const bad = sampleBlock(type, setting, sample);
    const isAbsent = sample === 'null';
    assert.equal(messages(rule, setting, bad).length, isAbsent && setting.absent === 'fine' ? 0 : 1, bad);
    for (const path of setting.unless ?? []) {
      if (setting.path.startsWith(path)) continue;
      const excused = sampleBlock(type, setting, sample, [path]);
      assert.deepEqual(messages(rule, setting, excused), [], excused);
    }
    const viaDefault = `${sampleBlock(type, setting, 'var.given')}\nvariable "given" {\n  default = ${sample}\n}\n`;
    if (!isAbsent) assert.equal(messages(rule, setting, viaDefault).length, 1, viaDefault);
  }
  const isAbsenceFine = setting.absent === 'fine' || JSON.stringify(setting.wants) === '{"set":false}';
  const absent = sampleBlock(type, setting, undefined);
  assert.equal(messages(rule, setting, absent).length, isAbsenceFine ? 0 : 1, absent);
  const unknown = `${sampleBlock(type, setting, 'var.given')}\nvariable "given" {}\n`;
  assert.deepEqual(messages(rule, setting, unknown), [], unknown);
  testFixes(rule, setting, type);
}

/** A fix leaves nothing of its row. */
function testFixes(rule: SettingRule, setting: Setting, type: string): void {
  for (const sample of [undefined, ...badSamples(setting.wants)]) {
    const text = sampleBlock(type, setting, sample);
    for (const { finding } of found(rule, setting, text)) {
      for (const fix of finding.fixes ?? []) {
        const mended = applyEdits(text, fix.edits());
        assert.deepEqual(messages(rule, setting, mended), [], mended);
      }
    }
  }
}

function messages(rule: SettingRule, setting: Setting, text: string): string[] {
  return found(rule, setting, text).map(({ finding }) => finding.message);
}

/** What one row says; rows of one path are told apart by what they say. */
function found(rule: SettingRule, { path, each, says }: Setting, text: string): ReportedFinding[] {
  return findingsOf(exampleSnapshot([{ name: 'main.tf', text }]), 'strict').filter((reported) => {
    const { message } = reported.finding;
    if (reported.rule.id !== rule.id || !message.includes(`: ${each === undefined ? '' : `${each}.`}${path} `))
      return false;
    return says === undefined || message.includes(`example ${says}: `);
  });
}
