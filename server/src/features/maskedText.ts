import type { ParsedFile } from '../languages/language.ts';
import type { YamlFile } from '../languages/yaml/yamlFile.ts';

/** The text of a file as its parser saw it: in YAML with template actions masked, at the same offsets. */
export function maskedText(parsed: ParsedFile): string {
  return parsed.language === 'yaml' ? (parsed as YamlFile).masked : parsed.source.text;
}
