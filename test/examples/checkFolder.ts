import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { configurationInspection } from '../../server/src/features/configurationInspection.ts';
import { diagnose } from '../../server/src/features/diagnostics.ts';
import { schemaInspection } from '../../server/src/features/schemaInspection.ts';
import { terraformInspection } from '../../server/src/features/terraformInspection.ts';
import { providerFiles } from '../../server/src/host/providerFiles.ts';
import { schemaFiles } from '../../server/src/host/schemaFiles.ts';
import { readWorkspace } from '../../server/src/host/workspaceFiles.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { GROUPS, PATTERNS, RULES } from '../../server/src/patterns/registry.generated.ts';
import type { Profile, Severity } from '../../server/src/rules/contract.ts';
import { KnownRules } from '../../server/src/rules/knownRules.ts';
import { RuleSet } from '../../server/src/rules/runRules.ts';
import { BundledSchemas } from '../../server/src/schema/bundledSchemas.ts';
import { SchemaIndex } from '../../server/src/schema/schemaIndex.ts';
import { ProviderSchemas } from '../../server/src/schema/terraform/providerSchemas.ts';
import { World } from '../../server/src/workspace/world.ts';

/** A finding as a person sees it in the editor. */
export interface SeenFinding {
  readonly rule: string;
  readonly severity: Severity;
  /** Relative to the folder, with `/`. */
  readonly file: string;
  readonly line: number;
  /** The whole line that the finding starts in. */
  readonly text: string;
  readonly message: string;
}

const OWNERS = [...PATTERNS, ...GROUPS];
const INSPECT_CONFIGURATION = configurationInspection(new KnownRules(RULES, OWNERS));
const INSPECT_SCHEMAS = schemaInspection(new SchemaIndex(new BundledSchemas(schemaFiles(import.meta.url))));
const INSPECT_TERRAFORM = terraformInspection(new ProviderSchemas(providerFiles(import.meta.url)));

/** Checks a folder as `slipway check` does; `edits` stand for the text of open editors, by path. */
export async function checkFolder(
  folder: string,
  profile: Profile,
  edits: ReadonlyMap<string, string> = new Map(),
): Promise<SeenFinding[]> {
  const world = new World(LANGUAGES);
  const changes = [];
  for await (const found of readWorkspace(folder, (uri) => world.isOfInterest(uri)))
    if ('text' in found) changes.push(found);
  world.apply(changes);
  world.apply([...edits].map(([file, text]) => ({ uri: pathToFileURL(file).href, text })));
  const snapshot = world.snapshot();
  const base = `${pathToFileURL(path.resolve(folder)).href}/`;
  return [...snapshot.files.keys()].flatMap((uri) =>
    diagnose(snapshot, uri, {
      profile,
      rules: new RuleSet(RULES),
      inspections: [INSPECT_SCHEMAS, INSPECT_TERRAFORM, INSPECT_CONFIGURATION],
      onFault(_rule, _resource, error) {
        throw error;
      },
    }).map(({ rule, severity, finding }): SeenFinding => {
      const { source, span } = finding.at;
      const line = source.lineAt(span.start);
      return {
        rule: rule.id,
        severity,
        file: uri.slice(base.length),
        line,
        text: source.slice(source.lineSpan(line)),
        message: finding.message,
      };
    }),
  );
}
