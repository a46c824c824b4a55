import type { SourceText } from '../../text/sourceText.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Language, OutlineItem, ParsedFile } from '../language.ts';
import { readJsonTree } from './jsonTree.ts';

/** The resource type of an `appsettings*.json`; its `model` is the `AppSettingsFile`. */
export const APP_SETTINGS = 'application/AppSettings';

export interface AppSettingsFile extends ParsedFile {
  readonly language: 'appsettings';
  /** `Production` of `appsettings.Production.json`; undefined for the file that always counts. */
  readonly environment: string | undefined;
}

const FILE_NAME = /(?:^|\/)appsettings(?:\.([^/]+))?\.json$/i;

export function parseAppSettings(source: SourceText): AppSettingsFile {
  const { root, problems } = readJsonTree(source);
  return { language: 'appsettings', source, problems, roots: [root], environment: FILE_NAME.exec(source.uri)?.[1] };
}

/** Settings of .NET applications. */
export const appSettingsLanguage: Language<AppSettingsFile> = {
  id: 'appsettings',
  files: FILE_NAME,
  claims: (_uri, text) => !text.includes('\0'),
  parse: parseAppSettings,
  facts: (file) => ({ resources: [applicationFile('AppSettings', file.roots[0]!, file)] }),
  outline: (file) =>
    (file.roots[0]?.entries ?? []).map((entry): OutlineItem => {
      const nameSpan = entry.keySpan ?? entry.span;
      return {
        name: entry.key ?? '',
        kind: 'field',
        span: { start: nameSpan.start, end: Math.max(entry.span.end, nameSpan.end) },
        nameSpan,
        children: [],
      };
    }),
  foldings: (file) =>
    (file.roots[0]?.entries ?? []).flatMap((entry) =>
      entry.kind === 'map' || entry.kind === 'list' ? entry.span : [],
    ),
};
