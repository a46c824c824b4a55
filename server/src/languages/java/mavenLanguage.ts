import { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText } from '../../text/sourceText.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Language, OutlineItem, ParsedFile } from '../language.ts';
import { parseXml, type XmlElement } from '../xml/parseXml.ts';
import { xmlNode } from '../xml/xmlNode.ts';
import type { JavaBuild, JavaDependency } from './javaDependency.ts';

/** A `pom.xml`; its `model` is a `JavaBuild`. */
export const MAVEN_PROJECT = 'application/MavenProject';

interface PomFile extends ParsedFile {
  readonly document: XmlElement | undefined;
}

export const mavenLanguage: Language<PomFile> = {
  id: 'maven',
  files: /(?:^|\/)pom\.xml$/,
  claims: (_uri, text) => !text.includes('\0'),

  parse(source) {
    const { root, fault } = parseXml(source);
    const node = root ? xmlNode(source, root) : new SourceNode(source, { kind: 'unknown', start: 0, end: 0 });
    const problems = fault ? [{ ...fault, code: 'xml', severity: 'error' as const }] : [];
    return { language: 'maven', source, problems, roots: [node], document: root };
  },

  facts({ document, roots: [root], source }) {
    if (document?.name !== 'project' || !root) return { resources: [] };
    return { resources: [applicationFile('MavenProject', root, readProject(source, document))] };
  },

  outline: ({ document }) => (document?.children ?? []).map((child) => outlineOf(child, 2)),
  foldings: ({ document }) => (document ? foldingsOf(document) : []),
};

function outlineOf(element: XmlElement, depth: number): OutlineItem {
  const name = named(element, 'artifactId')?.text ?? element.name;
  return {
    name,
    ...(element.children.length === 0 && element.text !== '' && { detail: element.text.slice(0, 80) }),
    kind: element.children.length > 0 ? 'block' : 'field',
    span: element.span,
    nameSpan: element.nameSpan,
    children: depth > 0 ? element.children.map((child) => outlineOf(child, depth - 1)) : [],
  };
}

function foldingsOf(element: XmlElement): { start: number; end: number }[] {
  if (element.children.length === 0) return [];
  return [element.span, ...element.children.flatMap(foldingsOf)];
}

/** Parents that bring versions and plugins, but no dependencies. */
const EMPTY_PARENTS = new Set(['spring-boot-starter-parent', 'spring-boot-dependencies']);

function readProject(source: SourceText, project: XmlElement): JavaBuild {
  const properties = new Map((named(project, 'properties')?.children ?? []).map(({ name, text }) => [name, text]));
  const expand = (text: string | undefined): string | undefined => {
    const expanded = text?.replace(/\$\{([^}]+)\}/g, (whole, name: string) => properties.get(name) ?? whole);
    return expanded?.includes('${') ? undefined : expanded;
  };
  const coordinate = (element: XmlElement): JavaDependency => ({
    group: expand(named(element, 'groupId')?.text) ?? '',
    artifact: expand(named(element, 'artifactId')?.text) ?? '',
    version: expand(named(element, 'version')?.text),
    scope: named(element, 'scope')?.text ?? 'compile',
    at: { source, span: (named(element, 'artifactId') ?? element).textSpan },
  });
  const parentElement = named(project, 'parent');
  const parent = parentElement && coordinate(parentElement);
  const dependencies = named(project, 'dependencies')?.children.filter(({ name }) => name === 'dependency') ?? [];
  const plugins = named(named(project, 'build'), 'plugins')?.children ?? [];
  const profiles = named(project, 'profiles')?.children ?? [];
  return {
    dependencies: dependencies.map(coordinate),
    catalogUses: [],
    plugins: plugins.map(coordinate).map(({ group, artifact, version, at }) => ({
      id: `${group || 'org.apache.maven.plugins'}:${artifact}`,
      version,
      at,
    })),
    parent,
    open:
      (parent !== undefined && !EMPTY_PARENTS.has(parent.artifact)) ||
      profiles.some((profile) => named(profile, 'dependencies') !== undefined),
  };
}

function named(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}
