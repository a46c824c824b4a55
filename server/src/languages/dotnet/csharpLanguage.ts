import { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText } from '../../text/sourceText.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Language, ParsedFile } from '../language.ts';
import { type CSharpModule, readCSharp } from './csharpCalls.ts';

/** A file of C# that sets up services, contexts, or the resources of an Aspire AppHost; its `model` is the `CSharpFile`. */
export const CSHARP_SETUP = 'application/CSharpSetup';
/** A class of EF Core's migrations; its `model` is the `CSharpFile`. */
export const EF_MIGRATION = 'application/EfMigration';

export interface CSharpFile extends ParsedFile {
  readonly language: 'csharp';
  readonly module: CSharpModule;
}

/** The names of files in which .NET projects set up services and databases. */
const FILES =
  /\/(?:Program|Startup|AppHost|Extensions|DependencyInjection|[^/]*(?:Context|Extensions|Registration|Installer|Configuration))\.cs$|\/Migrations\/[^/]+\.cs$/;
const MARKS =
  /DbContext|DistributedApplication|IDistributedCache|AddStackExchangeRedis|AddDistributed|NpgsqlDataSource|: Migration\b|AddRedis|UseSql|UseNpgsql|UseMySql|AddKeyPerFile|AddAzureKeyVault/;

export const csharpLanguage: Language<CSharpFile> = {
  id: 'csharp',
  files: FILES,
  claims: (_uri, text) => text.length < 1_000_000 && MARKS.test(text),
  parse: parseCSharp,
  facts(file) {
    const isMigration = file.module.classes.some(({ bases }) => bases.includes('Migration'));
    const kind = isMigration ? 'EfMigration' : 'CSharpSetup';
    return { resources: [applicationFile(kind, file.roots[0]!, file)] };
  },
  outline: () => [],
  foldings: () => [],
};

/** Never throws; what cannot be read is not there. */
export function parseCSharp(source: SourceText): CSharpFile {
  const root = new SourceNode(source, { kind: 'unknown', start: 0, end: source.text.length });
  return { language: 'csharp', source, problems: [], roots: [root], module: readCSharp(source.text) };
}
