import { springDocuments } from '../java/springSettings.ts';
import type { Language, ParsedFile } from '../language.ts';
import { type PropertiesDocument, parseProperties } from './parseProperties.ts';

export interface PropertiesFile extends ParsedFile {
  readonly documents: readonly PropertiesDocument[];
}

/** Settings of Spring Boot in files of Java properties. */
export const propertiesLanguage: Language<PropertiesFile> = {
  id: 'properties',
  files: /(?:^|\/)(?:application|bootstrap)(?:-[^/]*)?\.properties$/,
  claims: (_uri, text) => !text.includes('\0'),

  parse(source) {
    const documents = parseProperties(source);
    return { language: 'properties', source, problems: [], documents, roots: documents.map(({ root }) => root) };
  },

  facts: ({ roots, source }) => ({ resources: springDocuments(source.uri, roots) }),

  outline: ({ roots }) =>
    roots.flatMap(({ entries }) =>
      entries.map((entry) => ({
        name: entry.key ?? '',
        detail: (entry.text() ?? '').slice(0, 80),
        kind: 'field' as const,
        span: { start: entry.keySpan?.start ?? entry.span.start, end: entry.span.end },
        nameSpan: entry.keySpan ?? entry.span,
        children: [],
      })),
    ),

  foldings: ({ documents }) => (documents.length > 1 ? documents.map(({ span }) => span) : []),
};
