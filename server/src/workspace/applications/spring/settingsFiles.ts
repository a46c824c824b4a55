import { springProperties } from '../../../languages/java/springSettings.ts';
import { embeddedDocuments } from '../../../languages/yaml/embeddedDocuments.ts';
import { scalarText } from '../../../languages/yaml/scalarText.ts';
import type { Place, SourceNode } from '../../../text/sourceNode.ts';

/** One value of a file of settings that a ConfigMap holds. */
export interface FileSetting {
  /** `shop.catalog.url`. */
  readonly name: string;
  readonly value: string;
  readonly at: Place;
}

const FILE = /^(?:application|bootstrap)(?:-[\w.-]+)?\.(?:(ya?ml)|properties)$/;
const PROPERTY = /^([ \t]*)([^\s#!:=][^\s:=]*)([ \t]*[:=][ \t]*)(\S.*?)[ \t\r]*$/gm;

/** The entry is a file that Spring Boot reads by its name, from a mounted folder or through Spring Cloud Kubernetes. */
export function isSettingsFile({ key, kind }: SourceNode): boolean {
  return kind === 'scalar' && FILE.test(key ?? '');
}

/** The values of such a file; none where a template writes it. */
export function settingsInFile(file: SourceNode): readonly FileSetting[] {
  if (!isSettingsFile(file)) return [];
  return FILE.exec(file.key!)![1] === undefined ? inProperties(file) : inYaml(file);
}

function inYaml(file: SourceNode): readonly FileSetting[] {
  return embeddedDocuments(file).flatMap((document) =>
    springProperties(document).flatMap(({ key, node }) => {
      const value = node.text();
      return value === undefined ? [] : [{ name: key, value, at: node }];
    }),
  );
}

function inProperties(file: SourceNode): readonly FileSetting[] {
  const text = scalarText(file);
  if (!text) return [];
  return [...text.text.matchAll(PROPERTY)].map((match) => {
    const [, indent, name, separator, value] = match as unknown as [string, string, string, string, string];
    const start = match.index + indent.length + name.length + separator.length;
    const span = text.spanOf({ start, end: start + value.length });
    return { name, value, at: { source: file.source, span } };
  });
}
