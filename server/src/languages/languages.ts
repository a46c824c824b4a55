import { dockerfileLanguage } from './dockerfile/dockerfileLanguage.ts';
import { dockerignoreLanguage } from './dockerfile/dockerignore.ts';
import { appSettingsLanguage } from './dotnet/appSettingsLanguage.ts';
import { csharpLanguage } from './dotnet/csharpLanguage.ts';
import { helmLanguage } from './helm/helmLanguage.ts';
import type { Language, ParsedFile } from './language.ts';
import { iniLanguage } from './python/iniLanguage.ts';
import { pythonLanguage } from './python/pythonLanguage.ts';
import { requirementsLanguage } from './python/requirementsLanguage.ts';
import { terraformLanguage } from './terraform/terraformLanguage.ts';
import { yamlLanguage } from './yaml/yamlLanguage.ts';

/** Every language that Slipway reads; the first that claims a file has it. */
export const LANGUAGES: readonly Language[] = [
  general(helmLanguage),
  general(yamlLanguage),
  general(dockerfileLanguage),
  general(dockerignoreLanguage),
  general(terraformLanguage),
  general(pythonLanguage),
  general(requirementsLanguage),
  general(iniLanguage),
  general(appSettingsLanguage),
  general(csharpLanguage),
];

/** The core hands a language only the files that this language parsed, so its own file type may be forgotten here. */
function general<File extends ParsedFile>(language: Language<File>): Language {
  return language as unknown as Language;
}
