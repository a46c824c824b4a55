import assert from 'node:assert/strict';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { validateResource } from '../../server/src/schema/validate.ts';
import { AJV_FORMATS, AJV_PATTERNS, bundleAsJsonSchema } from './bundleAsJsonSchema.ts';
import { ManifestWriter, mutate, randomSequence } from './randomManifest.ts';
import { bundle, rootOf, schemaOf } from './schemas.ts';

/** Lists are treated leniently on purpose. */
const KINDS = bundle.kinds.filter(([, kind]) => !kind.endsWith('List'));

type Kind = (typeof KINDS)[number];

function problemsOf(manifest: unknown): string[] {
  const root = rootOf(JSON.stringify(manifest, null, 1));
  return validateResource(root, schemaOf(root)).map((problem) => problem.message);
}

function manifestOf(seed: number, nulls: boolean, [apiVersion, name, schema]: Kind): Record<string, unknown> {
  const random = randomSequence(seed);
  const manifest = new ManifestWriter(bundle, random, nulls).resource(apiVersion, name, schema);
  const mutations = Math.floor(random() * 3);
  for (let count = 0; count < mutations; count++) mutate(manifest, random);
  return manifest;
}

describe('schema: the walker against other validators', () => {
  it('agrees with ajv on valid and mutated manifests of all kinds', function () {
    this.timeout(120_000);
    const ajv = new Ajv2020({ strict: false, formats: AJV_FORMATS, code: AJV_PATTERNS, inlineRefs: false });
    ajv.addSchema(bundleAsJsonSchema(bundle));
    const verdicts = { accepted: 0, rejected: 0 };
    // ajv needs much longer to compile a kind than to validate: each run looks at some of them, all in the long run.
    const kinds = fc.sample(fc.constantFrom(...KINDS), 60);
    const property = fc.property(fc.integer(), fc.constantFrom(...kinds), (seed, kind) => {
      const manifest = manifestOf(seed, true, kind);
      const validate: ValidateFunction = ajv.getSchema(`bundle#/$defs/${kind[2]}`)!;
      const accepted = validate(manifest) as boolean;
      const problems = problemsOf(manifest);
      verdicts[accepted ? 'accepted' : 'rejected']++;
      assert.equal(
        problems.length === 0,
        accepted,
        `walker: ${JSON.stringify(problems)}\najv: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(manifest, null, 1)}`,
      );
    });
    fc.assert(property, { numRuns: 4000 });
    assert.ok(verdicts.accepted > 600, `too few manifests were valid: ${JSON.stringify(verdicts)}`);
    assert.ok(verdicts.rejected > 600, `too few manifests were invalid: ${JSON.stringify(verdicts)}`);
  });

  it("rejects what the packages' own validators reject", async function () {
    this.timeout(120_000);
    const kinds = KINDS.filter(([, kind]) => !CORRECTED.has(kind));
    const random = randomSequence(20_260_101);
    let rejected = 0;
    for (let run = 0; run < 1500; run++) {
      const kind = kinds[Math.floor(random() * kinds.length)]!;
      const manifest = manifestOf(Math.floor(random() * 2 ** 31), false, kind);
      const verdict = await ownVerdict(kind, manifest);
      if (verdict === undefined) continue;
      rejected++;
      const found = problemsOf(manifest);
      assert.ok(found.length > 0, `own: ${verdict}\n${JSON.stringify(manifest, null, 1)}`);
    }
    assert.ok(rejected > 300, `only ${rejected} manifests were rejected`);
  });
});

/** Kinds whose validators are wrong in places that the builder corrects. */
const CORRECTED = new Set([
  'Alertmanager',
  'CustomResourceDefinition',
  'Prometheus',
  'PrometheusAgent',
  'ThanosRuler',
  'AlertmanagerConfig',
  'ClusterWorkflowTemplate',
  'CronWorkflow',
  'Workflow',
  'WorkflowTaskSet',
  'WorkflowTemplate',
]);

/** The complaint of the package's model of the kind, or undefined when it accepts the manifest. */
async function ownVerdict(
  [apiVersion, kind, , from]: Kind,
  manifest: Record<string, unknown>,
): Promise<string | undefined> {
  const file = `${bundle.packages[from]!.name}/${apiVersion}/${kind}`;
  const module = (await import(file)) as Record<string, new (data: unknown) => { validate(): void }>;
  try {
    new module[kind]!(manifest).validate();
    return undefined;
  } catch (error) {
    const complaints = (error as Error).message.split(/, (?=data)/);
    // Objects within others need not name their type, which the builder corrects too.
    const counted = complaints.filter(
      (text) => !/^data\/.* must have required property (?:apiVersion|kind)$/.test(text),
    );
    return counted.length === 0 ? undefined : counted.join(', ');
  }
}
