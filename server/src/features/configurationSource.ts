import { CONFIGURATION_SCHEMA } from '../configuration/configurationSchema.ts';
import type { KnownRules } from '../rules/knownRules.ts';
import { SchemaIndex } from '../schema/schemaIndex.ts';
import type { LoadedFile } from '../workspace/world.ts';
import { kubernetesCompletions } from './kubernetesCompletion.ts';
import { kubernetesExplanation } from './kubernetesHover.ts';
import type { Completion, Cursor, FeatureSource } from './languageFeatures.ts';
import { yamlCursor } from './yamlCursor.ts';

/** Every document of the file is a configuration, whatever it says of itself. */
const INDEX = new SchemaIndex({ find: () => CONFIGURATION_SCHEMA, kinds: () => [] });

/** Completion and hover of `slipway.yaml`: keys and values from its schema, and the names of rules. */
export function configurationSource(known: KnownRules): FeatureSource {
  return {
    *completions({ file, offset }: Cursor) {
      if (!isConfiguration(file)) return;
      const { source } = file.parsed;
      yield* ruleNames(source.text, offset, known);
      yield* kubernetesCompletions(source, source.text, offset, INDEX);
    },
    explain({ file, offset }: Cursor) {
      return isConfiguration(file) ? kubernetesExplanation(file.parsed.roots, offset, INDEX) : undefined;
    },
  };
}

function* ruleNames(text: string, offset: number, known: KnownRules): Iterable<Completion> {
  const cursor = yamlCursor(text, offset);
  if (!cursor) return;
  const path = cursor.path.map((segment) => (typeof segment === 'number' ? '*' : segment)).join('.');
  const isChoice = cursor.role === 'key' && (path === 'rules' || path === 'overrides.*.rules');
  const isName = /^suppressions\.\*\.rules(?:\.\*)?$/.test(path);
  if (!isChoice && !isName) return;
  for (const name of [...known.owners, ...known.ids]) {
    yield {
      label: name,
      kind: 'reference',
      detail: known.profileOf(name) ?? 'all its rules',
      newText: isChoice && !cursor.hasColon ? `${name}: ` : name,
      span: cursor.span,
      sortText: `0${name}`,
    };
  }
}

function isConfiguration(file: LoadedFile): boolean {
  return /\/\.?slipway\.ya?ml$/.test(file.parsed.source.uri) && file.language.id === 'yaml';
}
