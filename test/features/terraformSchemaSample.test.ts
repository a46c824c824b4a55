import assert from 'node:assert/strict';
import { membersSnippet } from '../../server/src/features/terraformSkeleton.ts';
import type { TerraformBody, TerraformMember } from '../../server/src/schema/terraform/terraformSchema.ts';
import { bodyOf } from '../../server/src/schema/terraform/terraformSchema.ts';
import { files, needsProviders, providers } from '../schema/terraform/providers.ts';
import { CURSOR, terraformWorkspace } from './terraformWorkspace.ts';

/** How many types of each provider are looked at; `SLIPWAY_SWEEP` looks at all of them. */
const SAMPLE = process.env['SLIPWAY_SWEEP'] ? Number.POSITIVE_INFINITY : 150;

/** The same types in every run, from all parts of the alphabet. */
function sampleOf(types: readonly string[]): readonly string[] {
  const step = Math.max(1, Math.floor(types.length / SAMPLE));
  return types.filter((_type, index) => index % step === 0);
}

describe('every member of sampled types', () => {
  before(needsProviders);

  for (const name of files.names) {
    const provider = providers.forFolder('file:///shop').find((each) => each.name === name)!;
    for (const kind of ['resource', 'data'] as const) {
      it(`${name}: each ${kind} offers and explains what its schema has`, () => {
        for (const type of sampleOf(provider.types(kind))) check(kind, type, provider.find(kind, type)!.body);
      });
    }
  }

  it('what is written with all that it demands has no finding', () => {
    for (const name of files.names) {
      const provider = providers.forFolder('file:///shop').find((each) => each.name === name)!;
      for (const type of sampleOf(provider.types('resource'))) {
        const { members } = provider.find('resource', type)!.body;
        const required = [...members.values()].filter((member) => member.required);
        const written = membersSnippet(required, { indent: '  ', inObject: false });
        const text = `resource "${type}" "x" {\n  ${filled(written)}\n}\n`;
        const findings = terraformWorkspace({ 'main.tf': text })
          .findings()
          .filter((line) => !/deprecated-argument|value-not-allowed/.test(line));
        assert.deepEqual(findings, [], text);
      }
    }
  });
});

function check(kind: 'resource' | 'data', type: string, body: TerraformBody): void {
  const head = `${kind} "${type}" "x" {\n`;
  const labels = new Set(
    terraformWorkspace({ 'main.tf': `${head}  ${CURSOR}\n}\n` })
      .completions()
      .map(({ label }) => label),
  );
  const settable = [...body.members.values()].filter((member) => member.settable);
  const absent = settable.filter((member) => !labels.has(member.name)).map((member) => member.name);
  assert.deepEqual(absent, [], `${type} does not offer these`);
  const text = `${head + settable.map(lineOf).join('')}}\n`;
  const workspace = terraformWorkspace({ 'main.tf': text });
  let offset = head.length;
  for (const member of settable) {
    const found = workspace.hover('main.tf', offset + 3);
    assert.ok(found?.markdown.startsWith(`**${member.name}**`), `${type}.${member.name} is not explained`);
    offset += lineOf(member).length;
  }
  const reference = kind === 'data' ? `data.${type}.x` : `${type}.x`;
  const attributes = terraformWorkspace({
    'main.tf': `${kind} "${type}" "x" {}\noutput "o" {\n  value = ${reference}.${CURSOR}\n}\n`,
  }).completions();
  assert.deepEqual(attributes.map(({ label }) => label).sort(), [...body.members.keys()].sort(), type);
}

function lineOf(member: TerraformMember): string {
  return member.asBlock && bodyOf(member.type) ? `  ${member.name} {\n  }\n` : `  ${member.name} = null\n`;
}

/** A snippet with a value at each stop: any text in quotes, elsewhere one that nothing is concluded from. */
function filled(snippet: string): string {
  return snippet
    .replace(/"\$\{\d+\}"/g, '"x"')
    .replace(/(?<== |\[)\$\{\d+\}/g, 'null')
    .replace(/\$\{\d+\}/g, '');
}
