import { dockerfileLanguage } from './dockerfile/dockerfileLanguage.ts';
import { dockerignoreLanguage } from './dockerfile/dockerignore.ts';
import { appSettingsLanguage } from './dotnet/appSettingsLanguage.ts';
import { csharpLanguage } from './dotnet/csharpLanguage.ts';
import { dotnetProjectLanguage } from './dotnet/dotnetProjectLanguage.ts';
import { helmLanguage } from './helm/helmLanguage.ts';
import { gradleLanguage } from './java/gradleLanguage.ts';
import { mavenLanguage } from './java/mavenLanguage.ts';
import type { Language, ParsedFile } from './language.ts';
import { liquibaseLanguage } from './liquibase/liquibaseLanguage.ts';
import { propertiesLanguage } from './properties/propertiesLanguage.ts';
import { iniLanguage } from './python/iniLanguage.ts';
import { pyprojectLanguage } from './python/pyprojectLanguage.ts';
import { pythonLanguage } from './python/pythonLanguage.ts';
import { requirementsLanguage } from './python/requirementsLanguage.ts';
import { queryLanguage } from './rust/queryLanguage.ts';
import { rustLanguage } from './rust/rustLanguage.ts';
import { migrationLanguage } from './sql/migrationLanguage.ts';
import { terraformLanguage } from './terraform/terraformLanguage.ts';
import { tomlLanguage } from './toml/tomlLanguage.ts';
import { yamlLanguage } from './yaml/yamlLanguage.ts';

/** Every language that Slipway reads; the first that claims a file has it. */
export const LANGUAGES: readonly Language[] = [
  general(helmLanguage),
  general(yamlLanguage),
  general(dockerfileLanguage),
  general(dockerignoreLanguage),
  general(terraformLanguage),
  general(propertiesLanguage),
  general(mavenLanguage),
  general(gradleLanguage),
  general(liquibaseLanguage),
  general(tomlLanguage),
  general(migrationLanguage),
  general(queryLanguage),
  general(rustLanguage),
  general(pythonLanguage),
  general(requirementsLanguage),
  general(iniLanguage),
  general(appSettingsLanguage),
  general(csharpLanguage),
  general(dotnetProjectLanguage),
  general(pyprojectLanguage),
];

/** The core hands a language only the files that this language parsed, so its own file type may be forgotten here. */
function general<File extends ParsedFile>(language: Language<File>): Language {
  return language as unknown as Language;
}
