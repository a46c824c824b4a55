import type { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { XmlElement } from '../xml/parseXml.ts';

/** A changelog of Liquibase in XML, YAML, JSON or formatted SQL; its `model` is the list of its `ChangeSet`s. */
export const LIQUIBASE_CHANGELOG = 'application/LiquibaseChangelog';

/** One change, which Liquibase knows by its id, its author and its file. */
export interface ChangeSet {
  readonly id: string;
  readonly author: string;
  /** The id, where it is written. */
  readonly span: Span;
}

/** The changelog that a document of YAML or JSON is; undefined for every other document. */
export function changelogOf(root: SourceNode): Resource | undefined {
  const list = root.find('databaseChangeLog');
  if (list?.kind !== 'list') return undefined;
  const changeSets = list.items.flatMap((item): ChangeSet[] => {
    const id = item.find('changeSet', 'id');
    const author = item.text('changeSet', 'author');
    const text = id?.text();
    return id && text !== undefined && author !== undefined ? [{ id: text, author, span: id.span }] : [];
  });
  return applicationFile('LiquibaseChangelog', root, changeSets);
}

/** The changes of a `databaseChangeLog` element. */
export function changeSetsOfXml(document: XmlElement): ChangeSet[] {
  return document.children.flatMap(({ name, attributes }): ChangeSet[] => {
    const id = attributes.find((attribute) => attribute.name === 'id');
    const author = attributes.find((attribute) => attribute.name === 'author');
    return name === 'changeSet' && id && author ? [{ id: id.value, author: author.value, span: id.valueSpan }] : [];
  });
}

const CHANGE_SET = /^[ \t]*--[ \t]*changeset[ \t]+([^\s:]+):("[^"\n]*"|\S+)/gim;

/** A file of SQL is a changelog where its first line says so. */
export function isFormattedSql(text: string): boolean {
  return /^\ufeff?\s*--\s*liquibase\s+formatted\s+sql\b/i.test(text);
}

/** The changes of formatted SQL: `--changeset author:id`. */
export function changeSetsOfSql({ text }: SourceText): ChangeSet[] {
  return [...text.matchAll(CHANGE_SET)].map(([whole, author, id], index, all) => {
    const end = (all[index]!.index ?? 0) + whole.length;
    return { id: id!.replace(/^"(.*)"$/, '$1'), author: author!, span: { start: end - id!.length, end } };
  });
}
