import { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Language, ParsedFile } from '../language.ts';
import { type GradleToken, tokenizeGradle } from './gradleTokens.ts';
import type { JavaBuild, JavaDependency } from './javaDependency.ts';

/** A `build.gradle` or `build.gradle.kts`; its `model` is a `JavaBuild`. */
export const GRADLE_BUILD = 'application/GradleBuild';

interface GradleFile extends ParsedFile {
  readonly build: JavaBuild;
}

/** Reads the declarations of a build script. A script may do anything; what is not declared plainly stays unknown. */
export const gradleLanguage: Language<GradleFile> = {
  id: 'gradle',
  files: /(?:^|\/)build\.gradle(?:\.kts)?$/,
  claims: (_uri, text) => !text.includes('\0'),

  parse(source) {
    const root = new SourceNode(source, { kind: 'unknown', start: 0, end: source.text.length });
    return { language: 'gradle', source, problems: [], roots: [root], build: readGradle(source) };
  },

  facts: ({ roots: [root], build }) => ({ resources: [applicationFile('GradleBuild', root!, build)] }),
  outline: () => [],
  foldings: () => [],
};

const CONFIGURATION =
  /^(?:(\w*?)(?:Implementation|RuntimeOnly|CompileOnly|Api)|implementation|api|compile|runtimeOnly|compileOnly|runtime)$/;
const PLATFORMS = new Set(['platform', 'enforcedPlatform', 'kotlin']);

function readGradle(source: SourceText): JavaBuild {
  const tokens = tokenizeGradle(source.text);
  const dependencies: JavaDependency[] = [];
  const catalogUses: { accessor: string; scope: string; at: { source: SourceText; span: Span } }[] = [];
  const plugins: { id: string; version: string | undefined; at: { source: SourceText; span: Span } }[] = [];
  let open = false;
  const blocks: string[] = [];
  const place = (span: Span) => ({ source, span });
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token.text === '{' && token.kind === 'sign') {
      blocks.push(blockName(tokens, index));
      continue;
    }
    if (token.text === '}' && token.kind === 'sign') {
      blocks.pop();
      continue;
    }
    if (token.kind !== 'word') continue;
    const block = blocks.at(-1);
    if (block === 'plugins') {
      const name = tokens[index + 1]?.text === '(' ? tokens[index + 2] : tokens[index + 1];
      if (token.text === 'id' && name?.kind === 'string') {
        plugins.push({ id: name.text, version: versionAfter(tokens, index), at: place(name.span) });
      } else if (token.text === 'alias') open = true;
    }
    if (block !== 'dependencies') continue;
    const scope = scopeOf(token.text);
    if (scope === undefined) {
      // A function of the script's own may declare some.
      if (tokens[index - 1]?.text !== '(' && !PLATFORMS.has(token.text) && tokens[index + 1]?.text === '(') open = true;
      continue;
    }
    const found = argument(tokens, index + 1);
    if (found?.kind === 'string') {
      const [group, artifact, version] = found.text.split(':');
      if (group !== undefined && artifact !== undefined)
        dependencies.push({
          group,
          artifact,
          version: version?.includes('$') ? undefined : version,
          scope,
          at: place(found.span),
        });
    } else if (found?.kind === 'word' && found.text.startsWith('libs.')) {
      catalogUses.push({ accessor: found.text.slice('libs.'.length), scope, at: place(found.span) });
    } else {
      const coordinates = namedCoordinates(tokens, index + 1);
      if (coordinates) dependencies.push({ ...coordinates, scope, at: place(coordinates.span) });
      // Other projects of the build, and files, bring libraries that are not named here.
      else if (found?.kind === 'word' && !PLATFORMS.has(found.text)) open = true;
    }
  }
  return { dependencies, catalogUses, plugins, parent: undefined, open };
}

/** `dependencies {`, `register("x") {`: the word that opens a block. */
function blockName(tokens: readonly GradleToken[], brace: number): string {
  const before = tokens[brace - 1];
  return before?.kind === 'word' ? before.text : '';
}

function scopeOf(word: string): string | undefined {
  const match = CONFIGURATION.exec(word);
  if (!match) return undefined;
  if (/^(?:test|integrationTest|androidTest)/.test(word)) return 'test';
  if (/[rR]untime(?:Only)?$/.test(word)) return 'runtime';
  return /[cC]ompileOnly$/.test(word) ? 'provided' : 'compile';
}

/** The first word or string of an argument, with or without parentheses. */
function argument(tokens: readonly GradleToken[], index: number): GradleToken | undefined {
  return tokens[index]?.text === '(' ? tokens[index + 1] : tokens[index];
}

/** `group: 'org.postgresql', name: 'postgresql', version: '42.7'`, in Kotlin with `=`. */
function namedCoordinates(
  tokens: readonly GradleToken[],
  from: number,
): { group: string; artifact: string; version: string | undefined; span: Span } | undefined {
  const start = tokens[from]?.text === '(' ? from + 1 : from;
  const values = new Map<string, GradleToken>();
  for (let index = start; index + 2 < tokens.length; index += 4) {
    const [name, sign, value] = [tokens[index]!, tokens[index + 1]!, tokens[index + 2]!];
    if (name.kind !== 'word' || !/^[:=]$/.test(sign.text) || value.kind !== 'string') break;
    values.set(name.text, value);
    if (tokens[index + 3]?.text !== ',') break;
  }
  const group = values.get('group');
  const artifact = values.get('name');
  return group && artifact
    ? { group: group.text, artifact: artifact.text, version: values.get('version')?.text, span: artifact.span }
    : undefined;
}

/** `id("x") version "1"`: the version after a plugin's name. */
function versionAfter(tokens: readonly GradleToken[], id: number): string | undefined {
  const next = tokens[id + 1]?.text === '(' ? id + 4 : id + 2;
  const value = tokens[next + 1];
  return tokens[next]?.text === 'version' && value?.kind === 'string' ? value.text : undefined;
}
