import { scalarText } from '../../languages/yaml/scalarText.ts';
import type { Place, SourceNode } from '../../text/sourceNode.ts';
import type { Span } from '../../text/sourceText.ts';
import type { LogFault, LogFile, LogSection, LogSectionKind, LogSetting } from './logFile.ts';

const KINDS: Readonly<Record<string, LogSectionKind>> = {
  source: 'input',
  filter: 'filter',
  match: 'output',
  system: 'service',
  label: 'other',
};

interface OpenSection {
  readonly name: string;
  readonly at: Place;
  readonly settings: LogSetting[];
  /** Kept for sections of the outermost level and of labels; parts such as `<buffer>` give their settings to them. */
  readonly section: { readonly kind: LogSectionKind; readonly settings: LogSetting[] } | undefined;
}

/**
 * Reads an entry of a ConfigMap as a file of Fluentd; undefined for other files. What stands behind `match` and `filter`
 * becomes the setting `match`; settings of parts (`<buffer>`, `<server>`) are those of their section.
 */
export function readFluentd(file: SourceNode): LogFile | undefined {
  const text = scalarText(file);
  if (!text || !/^\s*<(?:source|match|filter|label)\b[^<]*>\s*$/m.test(text.text)) return undefined;
  const place = (span: Span): Place => ({ source: file.source, span: text.spanOf(span) });
  const open: OpenSection[] = [];
  const sections: { kind: LogSectionKind; at: Place; settings: LogSetting[] }[] = [];
  const faults: LogFault[] = [];
  const includes: string[] = [];
  let offset = 0;
  for (const line of text.text.split('\n')) {
    const start = offset + line.search(/\S|$/);
    const content = line.trim();
    const at = place({ start, end: start + content.length });
    offset += line.length + 1;
    if (content === '' || content.startsWith('#')) continue;
    const include = /^@include\s+(.+)$/.exec(content);
    if (include) {
      includes.push(include[1]!);
      continue;
    }
    const close = /^<\/(\w+)>$/.exec(content);
    if (close) {
      const last = open.pop();
      if (last?.name !== close[1]) {
        faults.push({ at, message: last ? `<${last.name}> is closed by ${content}` : `${content} closes nothing` });
        break;
      }
      continue;
    }
    const begin = /^<(\w+)(?:\s+([^>]*))?>$/.exec(content);
    if (begin) {
      const [, name, argument] = begin as unknown as [string, string, string | undefined];
      const parent = open.findLast(({ section }) => section !== undefined && section.kind !== 'other')?.section;
      const kind = KINDS[name] ?? 'other';
      const own: { readonly kind: LogSectionKind; readonly settings: LogSetting[] } = parent ?? { kind, settings: [] };
      if (!parent) {
        sections.push({ ...own, at });
        const from = start + content.indexOf(argument ?? '', name.length + 1);
        if (argument)
          own.settings.push({
            key: 'match',
            value: argument.trim(),
            at: place({ start: from, end: from + argument.length }),
          });
      }
      open.push({ name, at, settings: own.settings, section: own });
      continue;
    }
    const [, key, blanks, value] = /^(\S+)(\s*)(.*)$/.exec(content) as unknown as [string, string, string, string];
    const section = open.at(-1);
    if (!section) {
      faults.push({ at, message: `"${key}" stands outside a section` });
      continue;
    }
    const valueStart = start + key.length + blanks.length;
    section.settings.push({
      key: key.toLowerCase(),
      value: value.replace(/^(["'])(.*)\1$/, '$2'),
      at: value === '' ? at : place({ start: valueStart, end: valueStart + value.length }),
    });
  }
  const [unclosed] = faults.length > 0 ? [] : open;
  if (unclosed) faults.push({ at: unclosed.at, message: `<${unclosed.name}> is not closed` });
  return {
    agent: 'Fluentd',
    file,
    sections: sections.map(
      ({ kind, at, settings }): LogSection => ({
        kind,
        at,
        settings,
        plugin: settings.find(({ key }) => key === '@type')?.value,
      }),
    ),
    faults,
    includes,
  };
}
