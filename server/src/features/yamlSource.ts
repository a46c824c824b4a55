import type { Place } from '../text/sourceNode.ts';
import type { SourceText } from '../text/sourceText.ts';
import type { Cursor, FeatureSource } from './languageFeatures.ts';
import { formatYaml } from './manifests/formatYaml.ts';
import { anchorAt, yamlAnchors } from './manifests/yamlAnchors.ts';
import { maskedText } from './maskedText.ts';

/** What YAML says of itself in any file: anchors and their aliases. */
export const yamlSource: FeatureSource = {
  *completions({ file, offset }) {
    const masked = readable({ file });
    const word =
      masked === undefined
        ? undefined
        : /(?:^|[\s[,:{-])\*([\w-]*)$/.exec(masked.slice(Math.max(0, offset - 200), offset));
    if (masked === undefined || !word) return;
    const seen = new Set<string>();
    for (const { kind, name, span } of yamlAnchors(masked)) {
      if (kind === 'alias' || span.start > offset || seen.has(name)) continue;
      seen.add(name);
      yield { label: name, kind: 'variable', newText: name, span: { start: offset - word[1]!.length, end: offset } };
    }
  },

  *definitions(cursor) {
    const found = at(cursor);
    if (found?.anchor) yield placeOf(found.anchor.span, cursor);
  },

  *references(cursor) {
    for (const { span } of at(cursor)?.aliases ?? []) yield placeOf(span, cursor);
  },

  renameSpan: (cursor) => at(cursor)?.at.span,

  rename(cursor, newName) {
    const found = at(cursor);
    if (!found) return undefined;
    if (!/^[^\s,[\]{}&*]+$/.test(newName)) {
      return { status: 'refused', reason: 'The name of an anchor may not hold spaces, commas and brackets.' };
    }
    const { uri } = cursor.file.parsed.source;
    const named = [...(found.anchor ? [found.anchor] : []), ...found.aliases];
    return { status: 'edits', edits: named.map(({ span }) => ({ uri, span, newText: newName })) };
  },

  format(file, { indent }) {
    const { source } = file.parsed;
    // The lines of a template's actions stand outside of the tree.
    return readable({ file }) === source.text ? formatYaml(source, indent) : [];
  },

  *tokens({ file }) {
    for (const { kind, span } of yamlAnchors(readable({ file }) ?? '')) {
      yield { span, type: 'variable', isDeclaration: kind === 'anchor' };
    }
  },
};

function at(cursor: Cursor): ReturnType<typeof anchorAt> {
  const text = readable(cursor);
  return text === undefined ? undefined : anchorAt(text, cursor.offset);
}

/** The text that YAML reads; undefined for files that are none. */
function readable({ file }: Pick<Cursor, 'file'>): string | undefined {
  const { language, source } = file.parsed;
  return language !== 'yaml' || /\.json$/i.test(source.uri) ? undefined : maskedText(file.parsed);
}

function placeOf(span: Place['span'], { file }: Cursor): { source: SourceText; span: Place['span'] } {
  return { source: file.parsed.source, span };
}
