import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A snippet as VS Code's `contributes.snippets` files hold it. */
interface ContributedSnippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const LANGUAGES: Readonly<Record<string, string>> = { yaml: 'kubernetes', Dockerfile: 'dockerfile', tf: 'terraform' };

/** One `snippet.<ext>` or `snippet.<variant>.<ext>` of a pattern's folder. */
export interface SnippetSource {
  readonly pattern: string;
  /** `canary`, or `canary-rollout` for `snippet.rollout.yaml`. */
  readonly prefix: string;
  readonly extension: string;
  readonly text: string;
}

/** Every snippet of the catalog, with VS Code's placeholders (`${1:cart}`, `${2|blue,green|}`). */
export function snippetSources(patternsFolder: string): readonly SnippetSource[] {
  return readdirSync(patternsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name: pattern }) =>
      readdirSync(path.join(patternsFolder, pattern))
        .sort()
        .flatMap((file): SnippetSource[] => {
          const match = /^snippet(?:\.([a-z0-9-]+))?\.(yaml|Dockerfile|tf)$/.exec(file);
          if (!match) return [];
          const [, variant, extension] = match as unknown as [string, string | undefined, string];
          const text = readFileSync(path.join(patternsFolder, pattern, file), 'utf8');
          return [{ pattern, prefix: variant ? `${pattern}-${variant}` : pattern, extension, text }];
        }),
    );
}

/** The snippet with the default of each placeholder, as a person gets it who only presses Tab. */
export function withDefaults(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$(?:\d+|\{\d+\})/g, '');
}

/** The files below `snippets/`: name and content. */
export function snippetFiles(
  patternsFolder: string,
  summaryOf: (pattern: string) => string,
): ReadonlyMap<string, string> {
  const byLanguage = new Map<string, Record<string, ContributedSnippet>>();
  for (const { pattern, prefix, extension, text } of snippetSources(patternsFolder)) {
    const language = LANGUAGES[extension]!;
    const snippets = byLanguage.get(language) ?? {};
    snippets[`Slipway: ${prefix}`] = { prefix, description: summaryOf(pattern), body: text.trimEnd().split('\n') };
    byLanguage.set(language, snippets);
  }
  return new Map(
    [...byLanguage].map(([language, snippets]) => [`${language}.json`, `${JSON.stringify(snippets, null, 2)}\n`]),
  );
}
