import { SourceNode } from '../../text/sourceNode.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Language, ParsedFile } from '../language.ts';
import { parseXml, type XmlElement } from '../xml/parseXml.ts';
import { xmlNode } from '../xml/xmlNode.ts';
import { changeSetsOfXml } from './changelog.ts';

interface ChangelogFile extends ParsedFile {
  readonly document: XmlElement | undefined;
}

/** Changelogs of Liquibase in XML. Those in YAML and SQL are read with their languages. */
export const liquibaseLanguage: Language<ChangelogFile> = {
  id: 'liquibase',
  files: /\/(?:changelogs?|liquibase)\/(?:[^/]+\/)*[^/]+\.xml$|changelog[^/]*\.xml$/i,
  claims: (_uri, text) => /<(?:\w+:)?databaseChangeLog\b/.test(text),

  parse(source) {
    const { root, fault } = parseXml(source);
    const node = root ? xmlNode(source, root) : new SourceNode(source, { kind: 'unknown', start: 0, end: 0 });
    const problems = fault ? [{ ...fault, code: 'xml', severity: 'error' as const }] : [];
    return { language: 'liquibase', source, problems, roots: [node], document: root };
  },

  facts: ({ document, roots: [root] }) => ({
    resources:
      document?.name === 'databaseChangeLog'
        ? [applicationFile('LiquibaseChangelog', root!, changeSetsOfXml(document))]
        : [],
  }),

  outline: ({ document }) =>
    (document?.children ?? []).map(({ name, nameSpan, span, attributes }) => ({
      name: attributes.find((attribute) => attribute.name === 'id')?.value ?? name,
      kind: 'block' as const,
      span,
      nameSpan,
      children: [],
    })),
  foldings: ({ document }) => document?.children.map(({ span }) => span) ?? [],
};
