import { type RawNode, SourceNode } from '../../text/sourceNode.ts';
import type { SourceText } from '../../text/sourceText.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Language, ParsedFile, SyntaxProblem } from '../language.ts';

/** The resource type of an `alembic.ini`: its root is a map of sections, and those are maps of texts. */
export const ALEMBIC_CONFIGURATION = 'application/AlembicConfiguration';

export interface IniFile extends ParsedFile {
  readonly language: 'ini';
}

interface OpenSection {
  readonly start: number;
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly children: RawNode[];
  end: number;
}

/**
 * Reads the format of Python's configparser: sections, `key = value` or `key: value`, comments by `#` or `;`, indented
 * lines that continue a value. Interpolations such as `%(here)s` stay as written. Never throws.
 */
export function parseIni(source: SourceText): IniFile {
  const sections: OpenSection[] = [];
  const problems: SyntaxProblem[] = [];
  for (let line = 0; line < source.lineStarts.length; line++) {
    const { start, end } = source.lineSpan(line);
    const written = source.text.slice(start, end).replace(/^\ufeff/, ' ');
    if (/^\s*(?:[#;]|$)/.test(written)) continue;
    const section = sections.at(-1);
    const header = /^\s*\[([^\]]+)\]/.exec(written);
    if (header) {
      const keyStart = start + written.indexOf('[') + 1;
      const key = header[1]!;
      sections.push({ start, key, keyStart, keyEnd: keyStart + key.length, children: [], end });
      continue;
    }
    const previous = section?.children.at(-1);
    if (/^\s/.test(written) && section && previous) {
      const scalar = `${String(previous.scalar ?? '')}\n${written.trim()}`;
      section.children[section.children.length - 1] = { ...previous, scalar, end };
      section.end = end;
      continue;
    }
    const entry = /^([^=:]+?)\s*[=:]\s*(.*?)\s*$/.exec(written);
    if (!section || !entry) {
      const message = section ? 'This line is no `key = value`.' : 'This line stands before the first [section].';
      problems.push({ span: { start, end }, code: 'ini', message, severity: 'error' });
      continue;
    }
    const [, key, value] = entry as unknown as [string, string, string];
    const valueEnd = start + written.trimEnd().length;
    section.children.push({
      kind: 'scalar',
      scalar: value,
      key,
      keyStart: start,
      keyEnd: start + key.length,
      start: valueEnd - value.length,
      end: valueEnd,
    });
    section.end = end;
  }
  const children = sections.map((section): RawNode => ({ kind: 'map', ...section }));
  const root = new SourceNode(source, { kind: 'map', start: 0, end: source.text.length, children });
  return { language: 'ini', source, problems, roots: [root] };
}

/** `alembic.ini`, wherever it stands. */
export const iniLanguage: Language<IniFile> = {
  id: 'ini',
  files: /(?:^|\/)alembic\.ini$/,
  claims: (_uri, text) => !text.includes('\0'),
  parse: (source) => parseIni(source),
  facts: (file) => ({ resources: [applicationFile('AlembicConfiguration', file.roots[0]!, file)] }),
  outline: (file) =>
    (file.roots[0]?.entries ?? []).map((section) => ({
      name: section.key ?? '',
      kind: 'block',
      span: section.span,
      nameSpan: section.keySpan ?? section.span,
      children: [],
    })),
  foldings: (file) => (file.roots[0]?.entries ?? []).map(({ span }) => span),
};
