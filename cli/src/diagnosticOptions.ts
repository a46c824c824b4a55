import { configurationInspection } from '../../server/src/features/configurationInspection.ts';
import type { DiagnosticOptions } from '../../server/src/features/diagnostics.ts';
import { schemaInspection } from '../../server/src/features/schemaInspection.ts';
import { terraformInspection } from '../../server/src/features/terraformInspection.ts';
import { providerFiles } from '../../server/src/host/providerFiles.ts';
import { schemaFiles } from '../../server/src/host/schemaFiles.ts';
import { GROUPS, PATTERNS, RULES } from '../../server/src/patterns/registry.generated.ts';
import { KnownRules } from '../../server/src/rules/knownRules.ts';
import { RuleSet } from '../../server/src/rules/runRules.ts';
import { BundledSchemas } from '../../server/src/schema/bundledSchemas.ts';
import { SchemaIndex } from '../../server/src/schema/schemaIndex.ts';
import { ProviderSchemas } from '../../server/src/schema/terraform/providerSchemas.ts';
import { relativePath } from './loadWorld.ts';

const OWNERS = [...PATTERNS, ...GROUPS];

/** The names of everything in the catalog. */
export const KNOWN_RULES = new KnownRules(RULES, OWNERS);

/** What finds faults on the command line: every rule, and the bundled schemas beside `program`. A rule that throws is told on stderr. */
export function diagnosticOptions(program: string, onFault: () => void): DiagnosticOptions {
  return {
    profile: 'recommended',
    rules: new RuleSet(RULES, OWNERS),
    inspections: [
      schemaInspection(new SchemaIndex(new BundledSchemas(schemaFiles(program)))),
      terraformInspection(new ProviderSchemas(providerFiles(program))),
      configurationInspection(KNOWN_RULES),
    ],
    onFault(rule, resource, error) {
      onFault();
      process.stderr.write(
        `slipway: internal fault in ${rule.id} on ${relativePath(resource.uri)}: ${error instanceof Error ? error.stack : error}\n`,
      );
    },
  };
}
