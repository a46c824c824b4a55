import { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Language, ParsedFile, SyntaxProblem } from '../language.ts';
import { parseXml, type XmlElement } from '../xml/parseXml.ts';
import { xmlNode } from '../xml/xmlNode.ts';

/** A `*.csproj`; named by its file. Its `model` is the `DotnetProjectFile`. */
export const DOTNET_PROJECT = 'application/DotnetProject';
/** `Directory.Packages.props` and `Directory.Build.props`; the same model. */
export const DOTNET_PROPERTIES = 'application/DotnetProperties';

/** A `PackageReference` or `PackageVersion`. */
export interface DotnetPackage {
  readonly name: string;
  readonly nameSpan: Span;
  /** Undefined where another file says it. */
  readonly version: string | undefined;
  readonly versionSpan: Span | undefined;
}

export interface DotnetProjectFile extends ParsedFile {
  readonly language: 'dotnet-project';
  readonly packages: readonly DotnetPackage[];
  /** Paths of the projects that it refers to, with `/`. */
  readonly references: readonly string[];
  /** It is the AppHost of .NET Aspire. */
  readonly isAppHost: boolean;
}

export const dotnetProjectLanguage: Language<DotnetProjectFile> = {
  id: 'dotnet-project',
  files: /(?:\.csproj|\/Directory\.(?:Packages|Build)\.props)$/i,
  claims: (_uri, text) => !text.includes('\0'),
  parse: parseDotnetProject,
  facts(file) {
    const root = file.roots[0]!;
    const project = /([^/]+)\.csproj$/i.exec(file.source.uri)?.[1];
    return {
      resources: [
        project === undefined
          ? applicationFile('DotnetProperties', root, file)
          : applicationFile('DotnetProject', root, file, decodeURIComponent(project)),
      ],
    };
  },
  outline: (file) =>
    file.packages.map(({ name, nameSpan, version }) => ({
      name,
      ...(version !== undefined && { detail: version }),
      kind: 'field',
      span: nameSpan,
      nameSpan,
      children: [],
    })),
  foldings: () => [],
};

/** Reads a project of MSBuild as far as it is plain; conditions and properties are not evaluated. Never throws. */
export function parseDotnetProject(source: SourceText): DotnetProjectFile {
  const { root: element, fault } = parseXml(source);
  const problems: SyntaxProblem[] = fault ? [{ ...fault, code: 'xml', severity: 'error' }] : [];
  const packages: DotnetPackage[] = [];
  const references: string[] = [];
  let isAppHost = false;
  const visit = (current: XmlElement): void => {
    const attribute = (name: string) => current.attributes.find((one) => one.name.toLowerCase() === name);
    const include = attribute('include') ?? attribute('update');
    if (/^(?:Global)?Package(?:Reference|Version)$/.test(current.name) && include) {
      const child = current.children.find(({ name }) => name === 'Version');
      const version = attribute('version') ?? attribute('versionoverride');
      packages.push({
        name: include.value,
        nameSpan: include.valueSpan,
        version: version?.value ?? child?.text,
        versionSpan: version?.valueSpan ?? child?.textSpan,
      });
    }
    if (current.name === 'ProjectReference' && include) references.push(include.value.replaceAll('\\', '/'));
    if (current.name === 'IsAspireHost' && current.text.toLowerCase() === 'true') isAppHost = true;
    const sdk = current.name === 'Project' ? attribute('sdk')?.value : attribute('name')?.value;
    if ((current.name === 'Project' || current.name === 'Sdk') && sdk?.startsWith('Aspire.AppHost.Sdk'))
      isAppHost = true;
    current.children.forEach(visit);
  };
  if (element) visit(element);
  const root = element
    ? xmlNode(source, element)
    : new SourceNode(source, { kind: 'unknown', start: 0, end: source.text.length });
  return { language: 'dotnet-project', source, problems, roots: [root], packages, references, isAppHost };
}
