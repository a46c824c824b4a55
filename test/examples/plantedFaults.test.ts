import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lineOf, type PlantedFault, planted, plantedFaults } from '../../scripts/plantFaults.ts';
import { RULES } from '../../server/src/patterns/registry.generated.ts';
import { checkFolder, type SeenFinding } from './checkFolder.ts';

const examples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../examples');

describe('the example shop', () => {
  for (const profile of ['recommended', 'strict'] as const) {
    it(`has no error or warning in the ${profile} profile`, async () => {
      const findings = await checkFolder(path.join(examples, 'shop'), profile);
      assert.deepEqual(findings.filter(({ severity }) => severity !== 'information').map(asLine), []);
    });
  }
});

describe('a planted fault', () => {
  const fault = (rest: Partial<PlantedFault>): PlantedFault => ({ rule: 'some/fault', file: 'cart.yaml', ...rest });

  it('replaces what stands once in a file', () => {
    assert.equal(planted('cart.yaml', 'a: 1\nb: 2\n', [fault({ replace: 'b: 2', with: 'b: 3' })]), 'a: 1\nb: 3\n');
    assert.throws(
      () => planted('cart.yaml', 'b: 2\nb: 2\n', [fault({ replace: 'b: 2', with: 'b: 3' })]),
      /not 2 times/,
    );
    assert.throws(() => planted('cart.yaml', 'a: 1\n', [fault({ replace: 'b: 2', with: 'b: 3' })]), /not 0 times/);
  });

  it('adds a file that the shop does not have', () => {
    assert.equal(planted('cart.yaml', undefined, [fault({ text: 'a: 1\n' })]), 'a: 1\n');
    assert.throws(() => planted('cart.yaml', 'a: 1\n', [fault({ text: 'a: 1\n' })]), /exists already/);
  });

  it('may be a marker of what another plant brings along', () => {
    const plant = fault({ text: 'a: 1\nb: 2\n' });
    assert.equal(planted('cart.yaml', undefined, [plant, fault({ at: 'b: 2' })]), 'a: 1\nb: 2\n');
    assert.throws(() => planted('cart.yaml', undefined, [plant, fault({ at: 'b: 3' })]), /no line with: b: 3/);
  });
});

describe('the shop with faults', () => {
  const faults = plantedFaults();

  it('has at least one planted fault for each rule', () => {
    const plantedRules = new Set(faults.map(({ rule }) => rule));
    assert.deepEqual(
      RULES.map(({ id }) => id).filter((id) => !plantedRules.has(id)),
      [],
    );
  });

  it('shows every planted fault at its place and nothing else', async () => {
    const found = await checkFolder(path.join(examples, 'shop-with-faults'), 'strict');
    const known = new Set((await checkFolder(path.join(examples, 'shop'), 'strict')).map(asLine));
    const missing = faults.filter((fault) => !found.some((finding) => isThe(fault, finding)));
    assert.deepEqual(
      missing.map(({ rule, file }) => `${rule} in ${file}`),
      [],
    );
    const consequences = new Set(faults.flatMap(({ also = [] }) => also));
    const unexpected = found.filter(
      (finding) =>
        !known.has(asLine(finding)) &&
        !consequences.has(finding.rule) &&
        !faults.some((fault) => isThe(fault, finding)),
    );
    assert.deepEqual(unexpected.map(asLine), []);
  });

  it('moves a finding with its fault', async () => {
    const [fault] = faults.filter(({ rule }) => rule === 'canary/subset-without-pods');
    assert.ok(fault);
    const file = path.join(examples, 'shop-with-faults', fault.file);
    const text = readFileSync(file, 'utf8');
    const before = (await checkFolder(path.join(examples, 'shop-with-faults'), 'recommended')).find((finding) =>
      isThe(fault, finding),
    );
    const moved = await checkFolder(
      path.join(examples, 'shop-with-faults'),
      'recommended',
      new Map([[file, `# One more line.\n${text}`]]),
    );
    assert.ok(before);
    assert.equal(moved.find((finding) => isThe(fault, finding))?.line, before.line + 1);
  });

  function isThe({ rule, file, ...fault }: (typeof faults)[number], finding: SeenFinding): boolean {
    return finding.rule === rule && finding.file === file && finding.text.includes(lineOf({ rule, file, ...fault }));
  }
});

function asLine({ rule, file, text, message }: SeenFinding): string {
  return `${rule} in ${file} at "${text.trim()}": ${message}`;
}
