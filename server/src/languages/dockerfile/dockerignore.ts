import { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import type { Language, ParsedFile } from '../language.ts';

/** One line of a `.dockerignore`. */
export interface IgnorePattern {
  /** As written, without `!` and blanks. */
  readonly text: string;
  /** `!pattern` takes back what earlier lines leave out. */
  readonly negated: boolean;
  readonly span: Span;
  readonly expression: RegExp;
}

/** The files that are left out of a build context; the last matching line decides. */
export interface DockerignoreFile extends ParsedFile {
  readonly language: 'dockerignore';
  readonly patterns: readonly IgnorePattern[];
}

/** The resource type of an ignore file; its `model` is the `DockerignoreFile`. */
export const DOCKERIGNORE = 'docker/Ignore';

/** Reads a `.dockerignore` by the rules of Docker's documentation. Never throws. */
export function parseDockerignore(source: SourceText): DockerignoreFile {
  const patterns: IgnorePattern[] = [];
  for (let line = 0; line < source.lineStarts.length; line++) {
    const { start, end } = source.lineSpan(line);
    const written = source.text.slice(start, end).replace(/^\ufeff/, '');
    const trimmed = written.trim();
    if (trimmed === '' || written.startsWith('#')) continue;
    const negated = trimmed.startsWith('!');
    const text = clean(negated ? trimmed.slice(1).trim() : trimmed);
    if (text === '') continue;
    const at = start + (end - start - source.text.slice(start, end).trimStart().length);
    patterns.push({ text, negated, span: { start: at, end: at + trimmed.length }, expression: expressionOf(text) });
  }
  const root = new SourceNode(source, { kind: 'unknown', start: 0, end: source.text.length });
  return { language: 'dockerignore', source, problems: [], roots: [root], patterns };
}

/**
 * The line that leaves `path` (relative to the context) out of the build; undefined when it is sent, or when a later line
 * takes a part of it back.
 */
export function ignoringPattern(file: DockerignoreFile, path: string): IgnorePattern | undefined {
  const wanted = clean(path);
  if (wanted === '' || wanted === '.') return undefined;
  const folders = wanted.split('/').map((_part, index, parts) => parts.slice(0, index + 1).join('/'));
  let found: IgnorePattern | undefined;
  for (const pattern of file.patterns) {
    const matches = folders.some((folder) => pattern.expression.test(folder));
    if (matches) found = pattern.negated ? undefined : pattern;
    // An exception below the path, or one that a wildcard may reach, keeps a part of it.
    else if (found && pattern.negated && (pattern.text.startsWith(`${wanted}/`) || /[*?[]/.test(pattern.text)))
      found = undefined;
  }
  return found;
}

/** Without `./`, leading and trailing slashes, and with `..` and empty parts resolved. */
function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** `*` and `?` stay inside one folder, `**` goes through any number of them. */
function expressionOf(pattern: string): RegExp {
  let result = '';
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index]!;
    if (character === '*' && pattern[index + 1] === '*') {
      while (pattern[index + 1] === '*') index++;
      const wholePart = pattern[index + 1] === '/';
      if (wholePart) index++;
      result += wholePart ? '(?:.*/)?' : '.*';
    } else if (character === '*') result += '[^/]*';
    else if (character === '?') result += '[^/]';
    else if (character === '[' && pattern.indexOf(']', index + 2) > 0) {
      const end = pattern.indexOf(']', index + 2);
      const set = pattern
        .slice(index + 1, end)
        .replace(/^[!^]/, '^')
        .replace(/[\\[]/g, '\\$&');
      result += `[${set}]`;
      index = end;
    } else if (character === '\\' && index + 1 < pattern.length) result += escaped(pattern[++index]!);
    else result += escaped(character);
  }
  try {
    return new RegExp(`^${result}$`);
  } catch {
    // A range such as `[z-a]` matches nothing, as in Docker.
    return /$^/;
  }
}

function escaped(character: string): string {
  return /[.+^${}()|[\]\\/*?]/.test(character) ? `\\${character}` : character;
}

export const dockerignoreLanguage: Language<DockerignoreFile> = {
  id: 'dockerignore',
  files: /(?:^|\/)[^/]*\.dockerignore$/,
  claims: (_uri, text) => !text.includes('\0'),
  parse: (source) => parseDockerignore(source),
  facts: (file) => ({
    resources: [
      {
        type: DOCKERIGNORE,
        kind: 'Dockerignore',
        apiVersion: '',
        name: undefined,
        namespace: undefined,
        root: file.roots[0]!,
        uri: file.source.uri,
        model: file,
      },
    ],
  }),
  outline: () => [],
  foldings: () => [],
};
