import { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText } from '../../text/sourceText.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { FileFacts, Language, ParsedFile } from '../language.ts';
import { parseYaml, type YamlFile } from '../yaml/yamlFile.ts';
import { yamlLanguage } from '../yaml/yamlLanguage.ts';
import { type ChartFileType, chartFileType } from './chartFileType.ts';
import { templateFoldings } from './templateFoldings.ts';
import { templateOf } from './templateOf.ts';
import { templateOutline } from './templateOutline.ts';

/** A template that renders no YAML of its own: helpers and notes. */
export interface TemplateTextFile extends ParsedFile {
  readonly language: 'helm';
}

export type HelmFile = YamlFile | TemplateTextFile;

/**
 * The files of Helm charts. Those in YAML are read as YAML, templates with their actions masked; besides what the YAML
 * language finds in them each is a resource that stands for the file itself (`helm/Template`, `helm/Values` …), from which
 * the model of the chart is made. What a file says as a Go template, `templateOf` gives.
 */
export const helmLanguage: Language<HelmFile> = {
  id: 'helm',
  files:
    /(?:\/templates\/.*\.(?:ya?ml|tpl|txt)|values[^/]*\.ya?ml|\/(?:Chart|requirements)\.yaml|\/Chart\.lock|\/crds\/.*\.ya?ml|\/values\.schema\.json)$/i,

  claims(uri, text) {
    const type = chartFileType(uri);
    // What lies in crds/ is a plain manifest, unless somebody takes it for a template.
    if (type === 'helm/CrdFile') return text.includes('{{');
    if (type !== 'helm/Template') return type !== undefined;
    // Other programs keep their templates in folders of this name too.
    return /\/(?:_[^/]*\.tpl|NOTES\.txt)$/i.test(uri) || text.includes('{{');
  },

  parse(source, previous) {
    if (!isYaml(source.uri)) return { language: 'helm', source, problems: [], roots: [] };
    const before = previous?.language === 'yaml' ? (previous as YamlFile) : undefined;
    return chartFileType(source.uri) === 'helm/ValuesSchema'
      ? parseYaml(source, false, before)
      : yamlLanguage.parse(source, before);
  },

  facts(file) {
    const { uri } = file.source;
    const type = chartFileType(uri);
    const found: FileFacts = isYamlFile(file) ? yamlLanguage.facts(file) : { resources: [] };
    if (type === undefined || found.resources.some((resource) => resource.type === type)) return found;
    const isText = type === 'helm/Template' || type === 'helm/CrdFile';
    const root = isText ? wholeFile(file.source) : file.roots[0];
    if (!root || (!isText && root.kind !== 'map')) return found;
    return { resources: [...found.resources, chartFile(type, root)] };
  },

  ignores(file) {
    return isYamlFile(file) ? yamlLanguage.ignores!(file) : () => false;
  },

  outline(file) {
    if (!isYamlFile(file)) return templateOutline(templateOf(file.source));
    const definitions =
      chartFileType(file.source.uri) === 'helm/Template' ? templateOutline(templateOf(file.source)) : [];
    return [...definitions, ...yamlLanguage.outline(file)];
  },

  foldings(file) {
    if (!isYamlFile(file)) return templateFoldings(templateOf(file.source));
    if (chartFileType(file.source.uri) !== 'helm/Template') return yamlLanguage.foldings(file);
    return [...yamlLanguage.foldings(file), ...templateFoldings(templateOf(file.source))];
  },
};

function isYaml(uri: string): boolean {
  return /\.(?:ya?ml|json|lock)$/i.test(uri);
}

function isYamlFile(file: HelmFile): file is YamlFile {
  return file.language === 'yaml';
}

function chartFile(type: ChartFileType, root: SourceNode): Resource {
  const kind = type.slice(type.indexOf('/') + 1);
  return { type, kind, apiVersion: '', name: undefined, namespace: '', root, uri: root.source.uri };
}

/** Nothing may be concluded from what a template is as a whole. */
function wholeFile(source: SourceText): SourceNode {
  return new SourceNode(source, { kind: 'unknown', start: 0, end: source.text.length });
}
