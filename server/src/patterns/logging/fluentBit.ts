import { embeddedDocuments } from '../../languages/yaml/embeddedDocuments.ts';
import { type ScalarText, scalarText } from '../../languages/yaml/scalarText.ts';
import type { Place, SourceNode } from '../../text/sourceNode.ts';
import type { Span } from '../../text/sourceText.ts';
import type { LogFault, LogFile, LogSection, LogSectionKind, LogSetting } from './logFile.ts';

const KINDS: Readonly<Record<string, LogSectionKind>> = {
  service: 'service',
  input: 'input',
  filter: 'filter',
  output: 'output',
  custom: 'other',
  parser: 'parser',
  multiline_parser: 'multiline parser',
  stream_task: 'other',
  plugins: 'other',
  upstream: 'other',
  node: 'other',
};

/** Sections without which the agent does not start. */
const NAMED = new Set<LogSectionKind>(['input', 'filter', 'output', 'parser', 'multiline parser']);

/** Reads an entry of a ConfigMap as a file of Fluent Bit, in its own format or in YAML; undefined for other files. */
export function readFluentBit(file: SourceNode): LogFile | undefined {
  const text = scalarText(file);
  if (!text) return undefined;
  if (/^\s*\[(?:service|input|filter|output|parser|multiline_parser)\]\s*$/im.test(text.text))
    return readClassic(file, text);
  if (!/\.ya?ml$/.test(file.key ?? '') || !/^(?:pipeline|parsers):/m.test(text.text)) return undefined;
  return readYaml(file);
}

interface OpenSection {
  readonly kind: LogSectionKind;
  readonly at: Place;
  readonly title: string;
  readonly settings: LogSetting[];
}

function readClassic(file: SourceNode, text: ScalarText): LogFile {
  const sections: OpenSection[] = [];
  const faults: LogFault[] = [];
  const includes: string[] = [];
  const place = (span: Span): Place => ({ source: file.source, span: text.spanOf(span) });
  let offset = 0;
  for (const line of text.text.split('\n')) {
    const start = offset + line.search(/\S|$/);
    const content = line.trim();
    const at = place({ start, end: start + content.length });
    offset += line.length + 1;
    if (content === '' || content.startsWith('#')) continue;
    if (content.startsWith('@')) {
      const [, directive, argument] = /^@(\w+)\s*(.*)$/.exec(content) ?? [];
      if (directive?.toLowerCase() === 'include' && argument) includes.push(argument.trim());
      continue;
    }
    const title = /^\[([^\]]*)\]?/.exec(content);
    if (title) {
      const name = title[1]!.trim();
      const kind = KINDS[name.toLowerCase()];
      if (!kind || !content.endsWith(']')) faults.push({ at, message: `${content} is no section of Fluent Bit` });
      sections.push({ kind: kind ?? 'other', at, title: content, settings: [] });
      continue;
    }
    const section = sections.at(-1);
    if (!section) {
      faults.push({ at, message: `"${content.split(/\s/, 1)[0]}" stands outside a section` });
      continue;
    }
    const [, key, blanks, value] = /^(\S+)(\s*)(.*)$/.exec(content) as unknown as [string, string, string, string];
    const valueStart = start + key.length + blanks.length;
    section.settings.push({
      key: key.toLowerCase(),
      value: value.trim(),
      at: value === '' ? at : place({ start: valueStart, end: valueStart + value.length }),
    });
  }
  for (const { kind, at, title, settings } of sections) {
    if (NAMED.has(kind) && !settings.some(({ key }) => key === 'name'))
      faults.push({ at, message: `this ${title} has no Name` });
  }
  return { agent: 'Fluent Bit', file, sections: sections.map(finished), faults, includes };
}

function finished({ kind, at, settings }: OpenSection): LogSection {
  return { kind, at, settings, plugin: settings.find(({ key }) => key === 'name')?.value };
}

const LISTS: readonly (readonly [readonly string[], LogSectionKind])[] = [
  [['pipeline', 'inputs'], 'input'],
  [['pipeline', 'filters'], 'filter'],
  [['pipeline', 'outputs'], 'output'],
  [['parsers'], 'parser'],
  [['multiline_parsers'], 'multiline parser'],
];

function readYaml(file: SourceNode): LogFile {
  const sections: LogSection[] = [];
  const includes: string[] = [];
  for (const document of embeddedDocuments(file)) {
    const service = document.find('service');
    if (service)
      sections.push({ kind: 'service', plugin: undefined, at: service.keyPlace, settings: settingsOf(service) });
    for (const [path, kind] of LISTS) {
      for (const item of document.find(...path)?.items ?? [])
        sections.push({ kind, plugin: item.text('name'), at: item.find('name') ?? item, settings: settingsOf(item) });
    }
    for (const item of document.find('includes')?.items ?? []) includes.push(item.text() ?? '');
  }
  return { agent: 'Fluent Bit', file, sections, faults: [], includes };
}

function settingsOf(section: SourceNode): LogSetting[] {
  return section.entries.flatMap((entry) => {
    const values = entry.kind === 'list' ? entry.items : [entry];
    return values.map(
      (node): LogSetting => ({ key: (entry.key ?? '').toLowerCase(), value: node.text() ?? '${}', at: node }),
    );
  });
}
