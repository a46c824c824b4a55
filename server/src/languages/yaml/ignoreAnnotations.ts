import type { SourceNode } from '../../text/sourceNode.ts';
import type { Span } from '../../text/sourceText.ts';
import type { IgnorableFinding } from '../language.ts';
import type { YamlFile } from './yamlFile.ts';

interface IgnoringDocument {
  readonly span: Span;
  readonly ids: ReadonlySet<string>;
  /** Tools that are silenced for the whole object. */
  readonly tools: ReadonlySet<string>;
}

/**
 * Whether an annotation for another tool silences a finding in its document: `ignore-check.kube-linter.io/latest-tag`,
 * `kube-score/ignore: a, b`, `checkov.io/skip1: CKV_K8S_20=reason`, `polaris.fairwinds.com/runAsRootAllowed-exempt`,
 * and the checkov comment `#checkov:skip=CKV_K8S_20`.
 */
export function ignoredByAnnotations(file: YamlFile): (finding: IgnorableFinding) => boolean {
  const { text } = file.source;
  if (!/kube-linter\.io\/|kube-score\/ignore|checkov|polaris\.fairwinds\.com\//.test(text)) return () => false;
  const documents = file.documents.flatMap(
    ({ root, span }) => ignoring(root, span, text.slice(span.start, span.end)) ?? [],
  );
  return ({ equivalents, span }) =>
    documents.some(
      (document) =>
        document.span.start <= span.start &&
        span.end <= document.span.end &&
        equivalents.some((id) => document.ids.has(id) || document.tools.has(id.slice(0, id.indexOf(':')))),
    );
}

function ignoring(root: SourceNode | undefined, span: Span, text: string): IgnoringDocument | undefined {
  const ids = new Set<string>();
  const tools = new Set<string>();
  const template = root?.find('spec', 'template', 'metadata', 'annotations')?.entries ?? [];
  for (const annotation of [...(root?.find('metadata', 'annotations')?.entries ?? []), ...template]) {
    const { key = '' } = annotation;
    const value = annotation.text() ?? '';
    if (key === 'kube-linter.io/ignore-all') tools.add('kube-linter');
    else if (key.startsWith('ignore-check.kube-linter.io/')) ids.add(`kube-linter:${key.slice(key.indexOf('/') + 1)}`);
    else if (key === 'kube-score/ignore') for (const id of value.split(/[\s,]+/)) ids.add(`kube-score:${id}`);
    else if (/^checkov\.io\/skip\d*$/.test(key)) ids.add(`checkov:${value.split('=', 1)[0]!.trim()}`);
    else if (key === 'polaris.fairwinds.com/exempt' && value === 'true') tools.add('polaris');
    else if (key.startsWith('polaris.fairwinds.com/') && key.endsWith('-exempt') && value === 'true') {
      ids.add(`polaris:${key.slice(key.indexOf('/') + 1, -'-exempt'.length)}`);
    }
  }
  for (const [, id] of text.matchAll(/#\s*checkov:skip=(\w+)/g)) ids.add(`checkov:${id}`);
  return ids.size + tools.size === 0 ? undefined : { span, ids, tools };
}
