import type { SourceNode } from '../../text/sourceNode.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import { readVersionCatalog } from '../java/versionCatalog.ts';
import type { Language, OutlineItem, ParsedFile } from '../language.ts';
import { readCargoManifest } from '../rust/cargoManifest.ts';
import { parseToml } from './parseToml.ts';

/** Manifests of Cargo and version catalogs of Gradle; other TOML files are other languages' or nobody's. */
export const tomlLanguage: Language = {
  id: 'toml',
  files: /(?:^|\/)(?:Cargo\.toml|[^/]*\.versions\.toml)$/,
  claims: (_uri, text) => !text.includes('\0'),

  parse(source) {
    const { root, problems } = parseToml(source);
    return { language: 'toml', source, problems, roots: [root] };
  },

  facts({ roots: [root], source }) {
    if (root?.kind !== 'map') return { resources: [] };
    const file = source.uri.endsWith('/Cargo.toml')
      ? applicationFile('CargoManifest', root, readCargoManifest(root), root.text('package', 'name'))
      : applicationFile('VersionCatalog', root, readVersionCatalog(root));
    return { resources: [file] };
  },

  outline: tomlOutline,
  foldings: ({ roots }) => roots.flatMap((root) => root.entries.map((entry) => entry.span)),
};

/** Tables and their keys. */
export function tomlOutline({ roots }: ParsedFile): OutlineItem[] {
  return roots.flatMap((root) => root.entries.map((entry) => outlineOf(entry, 2)));
}

function outlineOf(node: SourceNode, depth: number): OutlineItem {
  const nameSpan = node.keySpan ?? node.span;
  const text = node.text();
  return {
    name: node.key ?? String(node.segment ?? ''),
    ...(text !== undefined && { detail: text.slice(0, 80) }),
    kind: node.kind === 'map' ? 'block' : 'field',
    span: { start: Math.min(nameSpan.start, node.span.start), end: Math.max(nameSpan.end, node.span.end) },
    nameSpan,
    children: depth > 0 ? node.entries.map((entry) => outlineOf(entry, depth - 1)) : [],
  };
}
