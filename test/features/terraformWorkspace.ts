import assert from 'node:assert/strict';
import type { Completion, Explanation, FeatureSource } from '../../server/src/features/languageFeatures.ts';
import { terraformInspection } from '../../server/src/features/terraformInspection.ts';
import { terraformSchemaSource } from '../../server/src/features/terraformSchemaSource.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { World } from '../../server/src/workspace/world.ts';
import { providers } from '../schema/terraform/providers.ts';

/** Marks the cursor in a fixture. */
export const CURSOR = '‸';

const FOLDER = 'file:///shop/';
const source: FeatureSource = terraformSchemaSource(providers);
const inspect = terraformInspection(providers);

/** A workspace of Terraform files, by path; one may hold the cursor mark. */
export function terraformWorkspace(texts: Readonly<Record<string, string>>) {
  const world = new World(LANGUAGES);
  world.apply(Object.entries(texts).map(([path, text]) => ({ uri: FOLDER + path, text: text.replace(CURSOR, '') })));
  const snapshot = world.snapshot();
  const marked = Object.entries(texts).find(([, text]) => text.includes(CURSOR));
  const cursor = (path = marked?.[0], offset = marked?.[1].indexOf(CURSOR) ?? 0) => {
    assert.ok(path, 'The fixture has no cursor.');
    return { file: snapshot.files.get(FOLDER + path)!, offset, snapshot };
  };
  return {
    completions: (path?: string, offset?: number): readonly Completion[] => [
      ...source.completions!(cursor(path, offset)),
    ],
    hover: (path?: string, offset?: number): Explanation | undefined => source.explain!(cursor(path, offset)),
    /** `path:line text` of each place. */
    definitions: (): readonly string[] =>
      [...source.definitions!(cursor())].map(
        ({ source: text, span }) =>
          `${text.uri.slice(FOLDER.length)}:${text.positionAt(span.start).line + 1} ${text.slice(span)}`,
      ),
    /** `text → target` of each link of a file. */
    links(path: string): readonly string[] {
      const state = { file: snapshot.files.get(FOLDER + path)!, snapshot };
      return [...source.links!(state)].map(({ span, target }) => `${state.file.parsed.source.slice(span)} → ${target}`);
    },
    /** `severity fault: covered text: message` of each finding. */
    findings(): readonly string[] {
      return [...snapshot.files.values()].flatMap((file) =>
        [...inspect(file, snapshot)].map(({ rule, severity, finding }) => {
          const { at } = finding;
          return `${severity} ${rule.id.slice('terraform/'.length)}: ${at.source.slice(at.span)}: ${finding.message}`;
        }),
      );
    },
  };
}
