import type { ParsedFile } from '../languages/language.ts';
import type { YamlFile } from '../languages/yaml/yamlFile.ts';

/** Whether a cursor is inside of a template action, between its braces: what YAML reads there is not what is typed. */
export function isInAction(parsed: ParsedFile, offset: number): boolean {
  if (parsed.language !== 'yaml') return false;
  const { actions, source } = parsed as YamlFile;
  return actions.some(({ start, end }) => {
    const isClosed = source.text.startsWith('}}', end - 2);
    return offset >= start + 2 && offset <= (isClosed ? end - 2 : end);
  });
}
