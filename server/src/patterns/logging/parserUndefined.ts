import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { logConfigurationOf } from './logConfigurations.ts';
import { isFixed, settingOf } from './logFile.ts';

/** Parsers of several lines that Fluent Bit has without a file. */
const BUILT_IN = new Set(['docker', 'cri', 'go', 'python', 'java', 'ruby']);

/** Fluent Bit warns once at its start, and from then on leaves the lines as they are. */
export const rule = defineRule({
  id: 'logging/parser-undefined',
  severity: 'error',
  profile: 'recommended',
  types: ['ConfigMap'],
  *check(resource) {
    const configuration = logConfigurationOf(resource);
    if (!configuration || configuration.open || configuration.agent !== 'Fluent Bit') return;
    const { sections, files } = configuration;
    const names = files.map(({ file }) => file.key ?? '');
    const parserFiles = sections
      .filter(({ kind }) => kind === 'service')
      .flatMap(({ settings }) => settings.filter(({ key }) => key === 'parsers_file'));
    // The image has files of parsers, too.
    if (parserFiles.some(({ value }) => !names.includes(value.split('/').at(-1) ?? ''))) return;
    for (const [kind, keys] of [
      ['parser', ['parser', 'parser_firstline', 'key_parser']],
      ['multiline parser', ['multiline.parser']],
    ] as const) {
      const defined = sections
        .filter((section) => section.kind === kind)
        .flatMap((section) => settingOf(section, 'name')?.value ?? []);
      if (kind === 'parser' && parserFiles.length === 0 && defined.length === 0) continue;
      for (const { settings } of sections.filter((section) => section.kind === 'input' || section.kind === 'filter')) {
        for (const { key, value, at } of settings) {
          if (!(keys as readonly string[]).includes(key) || !isFixed(value)) continue;
          const wanted = value.split(',').map((name) => name.trim());
          const missing = wanted.find(
            (name) => !defined.includes(name) && !(kind === 'multiline parser' && BUILT_IN.has(name)),
          );
          if (missing === undefined) continue;
          const near = nearestName(missing, kind === 'parser' ? defined : [...defined, ...BUILT_IN]);
          yield {
            at,
            message: `No ${kind} ${missing} is defined${defined.length > 0 ? `, only ${defined.join(', ')}` : ''}.`,
            ...(configuration.partial ? { strict: true } : {}),
            fixes:
              near && wanted.length === 1
                ? [
                    {
                      title: `Use ${near}`,
                      safe: false,
                      edits: () => [{ uri: at.source.uri, span: at.span, newText: near }],
                    },
                  ]
                : [],
          };
        }
      }
    }
  },
});
