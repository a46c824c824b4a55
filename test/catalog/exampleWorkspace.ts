import { configurationInspection } from '../../server/src/features/configurationInspection.ts';
import { type DiagnosticOptions, diagnose } from '../../server/src/features/diagnostics.ts';
import { schemaInspection } from '../../server/src/features/schemaInspection.ts';
import { terraformInspection } from '../../server/src/features/terraformInspection.ts';
import { providerFiles } from '../../server/src/host/providerFiles.ts';
import { schemaFiles } from '../../server/src/host/schemaFiles.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { GROUPS, PATTERNS, RULES } from '../../server/src/patterns/registry.generated.ts';
import type { Profile } from '../../server/src/rules/contract.ts';
import { KnownRules } from '../../server/src/rules/knownRules.ts';
import { type ReportedFinding, RuleSet } from '../../server/src/rules/runRules.ts';
import { BundledSchemas } from '../../server/src/schema/bundledSchemas.ts';
import { SchemaIndex } from '../../server/src/schema/schemaIndex.ts';
import { ProviderSchemas } from '../../server/src/schema/terraform/providerSchemas.ts';
import { type Snapshot, World } from '../../server/src/workspace/world.ts';
import type { ExampleFile } from './readReadme.ts';

export const EXAMPLE_FOLDER = 'file:///example/';

const INSPECT_SCHEMAS = schemaInspection(new SchemaIndex(new BundledSchemas(schemaFiles(import.meta.url))));
const INSPECT_TERRAFORM = terraformInspection(new ProviderSchemas(providerFiles(import.meta.url)));

const OWNERS = [...PATTERNS, ...GROUPS];
const ALL_RULES = new RuleSet(RULES, OWNERS);
const INSPECT_CONFIGURATION = configurationInspection(new KnownRules(RULES, OWNERS));

/** A world of the files of one example. */
export function exampleSnapshot(files: readonly ExampleFile[]): Snapshot {
  const world = new World(LANGUAGES);
  world.apply(files.map(({ name, text }) => ({ uri: EXAMPLE_FOLDER + name, text })));
  return world.snapshot();
}

/** All findings of a profile on an example; a rule that throws fails the test. */
export function findingsOf(snapshot: Snapshot, profile: Profile): ReportedFinding[] {
  const options: DiagnosticOptions = {
    profile,
    rules: ALL_RULES,
    inspections: [INSPECT_SCHEMAS, INSPECT_TERRAFORM, INSPECT_CONFIGURATION],
    onFault(_rule, _resource, error) {
      throw error;
    },
  };
  return [...snapshot.files.keys()].flatMap((uri) => diagnose(snapshot, uri, options));
}
