import { CONFIGURATION_SCHEMA } from '../configuration/configurationSchema.ts';
import type { KnownRules } from '../rules/knownRules.ts';
import { SchemaIndex } from '../schema/schemaIndex.ts';
import type { PathSegment } from '../text/sourceNode.ts';
import type { LoadedFile } from '../workspace/world.ts';
import { kubernetesCompletions } from './kubernetesCompletion.ts';
import { kubernetesExplanation } from './kubernetesHover.ts';
import type { Completion, Cursor, Explanation, FeatureSource } from './languageFeatures.ts';
import { nodeAt } from './nodeAt.ts';
import { ruleNames } from './ruleNames.ts';
import { yamlCursor } from './yamlCursor.ts';

/** Every document of the file is a configuration, whatever it says of itself. */
const INDEX = new SchemaIndex({ find: () => CONFIGURATION_SCHEMA, kinds: () => [] });

/** Completion and hover of `slipway.yaml`: keys and values from its schema, and the names of rules. */
export function configurationSource(known: KnownRules): FeatureSource {
  return {
    *completions({ file, offset }: Cursor) {
      if (!isConfiguration(file)) return;
      const { source } = file.parsed;
      yield* namesAt(source.text, offset, known);
      yield* kubernetesCompletions(source, source.text, offset, INDEX);
    },
    explain({ file, offset }: Cursor) {
      if (!isConfiguration(file)) return undefined;
      return explainName(file, offset, known) ?? kubernetesExplanation(file.parsed.roots, offset, INDEX);
    },
  };
}

/** The places that name rules: keys under `rules`, and items of the `rules` of a suppression. */
function* namesAt(text: string, offset: number, known: KnownRules): Iterable<Completion> {
  const cursor = yamlCursor(text, offset);
  if (!cursor) return;
  const path = dotted(cursor.path);
  if (cursor.role === 'key' && CHOICES.test(path)) yield* ruleNames(known, cursor.span, cursor.hasColon ? '' : ': ');
  else if (/^suppressions\.\*\.rules(?:\.\*)?$/.test(path)) yield* ruleNames(known, cursor.span);
}

function explainName(file: LoadedFile, offset: number, known: KnownRules): Explanation | undefined {
  const node = nodeAt(file.parsed.roots, offset);
  const path = dotted(node?.path.slice(0, -1) ?? []);
  const isChoice = CHOICES.test(path);
  if (!node || (!isChoice && !/^suppressions\.\*\.rules$/.test(path))) return undefined;
  const span = isChoice ? node.keySpan : node.span;
  const name = isChoice ? node.key : node.text();
  if (!span || offset < span.start || offset > span.end || name === undefined) return undefined;
  const markdown = known.explain(name);
  return markdown === undefined ? undefined : { markdown, span };
}

const CHOICES = /^(?:overrides\.\*\.)?rules$/;

function dotted(path: readonly PathSegment[]): string {
  return path.map((segment) => (typeof segment === 'number' ? '*' : segment)).join('.');
}

function isConfiguration(file: LoadedFile): boolean {
  return /\/\.?slipway\.ya?ml$/.test(file.parsed.source.uri) && file.language.id === 'yaml';
}
