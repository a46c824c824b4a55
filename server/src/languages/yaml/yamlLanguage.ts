import type { SourceNode } from '../../text/sourceNode.ts';
import type { Span } from '../../text/sourceText.ts';
import type { Resource } from '../../workspace/resource.ts';
import { springDocuments } from '../java/springSettings.ts';
import type { FileFacts, Language, OutlineItem } from '../language.ts';
import { changelogOf } from '../liquibase/changelog.ts';
import { ignoredByAnnotations } from './ignoreAnnotations.ts';
import { isClusterScoped, kubernetesType } from './kubernetesTypes.ts';
import { parseYaml, type YamlFile } from './yamlFile.ts';

/** Files that mean something by their name, although they carry no `kind`. */
const BY_FILE_NAME: Readonly<Record<string, string>> = {
  'kustomization.yaml': 'kustomize/Kustomization',
  'kustomization.yml': 'kustomize/Kustomization',
  Kustomization: 'kustomize/Kustomization',
  'Chart.yaml': 'helm/Chart',
  'values.yaml': 'helm/Values',
  'values.yml': 'helm/Values',
  'slipway.yaml': 'slipway/Configuration',
  'slipway.yml': 'slipway/Configuration',
  '.slipway.yaml': 'slipway/Configuration',
  '.slipway.yml': 'slipway/Configuration',
};

/** Kubernetes manifests, Helm templates (masked), Kustomize and chart files, and every other YAML as a plain tree. */
export const yamlLanguage: Language<YamlFile> = {
  id: 'yaml',
  files: /(?:\.ya?ml|\.json|\/Kustomization)$/i,

  claims(uri, text) {
    if (/\.ya?ml$/i.test(uri) || fileName(uri) === 'Kustomization') return true;
    return /\.json$/i.test(uri) && /"apiVersion"\s*:/.test(text) && /"kind"\s*:/.test(text);
  },

  parse(source, previous) {
    return parseYaml(source, isTemplate(source.uri), previous);
  },

  facts(file) {
    return factsOf(file);
  },

  ignores: ignoredByAnnotations,

  outline(file) {
    const resources = factsOf(file).resources;
    if (resources.length === 0)
      return file.roots.flatMap((root) => root.entries.flatMap((entry) => outlineOf(entry, 3)));
    return resources.map(
      (resource): OutlineItem => ({
        name: resource.name ?? resource.kind,
        detail: resource.kind,
        kind: 'resource',
        span: resource.root.span,
        nameSpan: (resource.root.find('metadata', 'name') ?? resource.root.find('kind') ?? resource.root).span,
        children: resource.root.entries.flatMap((entry) => outlineOf(entry, 3)),
      }),
    );
  },

  foldings(file) {
    const spans: Span[] = [];
    const visit = (node: SourceNode): void => {
      for (const entry of node.entries) {
        if (entry.kind === 'map' || entry.kind === 'list') {
          spans.push({ start: entry.keySpan?.start ?? entry.span.start, end: entry.span.end });
          visit(entry);
        }
      }
    };
    for (const document of file.documents) {
      if (!document.root) continue;
      if (file.documents.length > 1) spans.push(document.root.span);
      visit(document.root);
    }
    return spans;
  },
};

function outlineOf(node: SourceNode, depth: number): OutlineItem[] {
  if (node.parent?.kind === 'list') {
    const name = node.text('name') ?? (node.kind === 'scalar' ? node.text() : undefined);
    if (name === undefined || node.kind === 'scalar') return [];
    return [
      {
        name,
        kind: 'field',
        span: node.span,
        nameSpan: (node.find('name') ?? node).span,
        children: childrenOf(node, depth),
      },
    ];
  }
  if (node.key === undefined || node.keySpan === undefined) return [];
  const value = node.kind === 'scalar' ? node.text() : undefined;
  return [
    {
      name: node.key,
      ...(value === undefined || value.length > 80 ? {} : { detail: value }),
      kind: 'field',
      span: { start: node.keySpan.start, end: Math.max(node.span.end, node.keySpan.end) },
      nameSpan: node.keySpan,
      children: childrenOf(node, depth),
    },
  ];
}

function childrenOf(node: SourceNode, depth: number): OutlineItem[] {
  return depth <= 0 ? [] : node.entries.flatMap((entry) => outlineOf(entry, depth - 1));
}

function factsOf(file: YamlFile): FileFacts {
  const named = BY_FILE_NAME[fileName(file.source.uri)];
  if (named) {
    const root = file.roots[0];
    if (root?.kind !== 'map') return { resources: [] };
    const kind = named.slice(named.indexOf('/') + 1);
    const name = root.text('name') ?? root.text('metadata', 'name');
    return {
      resources: [
        {
          type: named,
          kind,
          apiVersion: root.text('apiVersion') ?? '',
          name,
          namespace: '',
          root,
          uri: file.source.uri,
        },
      ],
    };
  }
  const settings = springDocuments(file.source.uri, file.roots);
  const changelogs = file.roots.flatMap((root) => changelogOf(root) ?? []);
  return {
    resources: [...settings, ...changelogs, ...file.roots.flatMap((root) => resourcesOf(root, file.source.uri))],
  };
}

function resourcesOf(root: SourceNode, uri: string): Resource[] {
  const apiVersion = root.text('apiVersion');
  const kind = root.text('kind');
  if (!apiVersion || !kind) return [];
  if (kind === 'List' || (kind.endsWith('List') && root.find('items')?.kind === 'list')) {
    return root.find('items')?.items.flatMap((item) => resourcesOf(item, uri)) ?? [];
  }
  const type = kubernetesType(apiVersion, kind);
  return [
    {
      type,
      kind,
      apiVersion,
      name: root.text('metadata', 'name'),
      namespace: isClusterScoped(type) ? '' : root.text('metadata', 'namespace'),
      root,
      uri,
    },
  ];
}

function isTemplate(uri: string): boolean {
  return uri.includes('/templates/');
}

function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
