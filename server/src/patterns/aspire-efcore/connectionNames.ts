import type { CSharpArgument } from '../../languages/dotnet/csharpCalls.ts';
import type { Place } from '../../text/sourceNode.ts';
import { csharpSources } from '../../workspace/applications/dotnet/dotnetSources.ts';
import type { SourceFolder } from '../../workspace/applications/sourceFolders.ts';
import type { Resource } from '../../workspace/resource.ts';

/** Calls whose first literal names a connection string, those of Aspire's client integrations among them. */
const READS =
  /^(?:Get)?ConnectionString$|^GetRequiredConnectionString$|^Add(?:Npgsql|SqlServer|MySql|Oracle|Azure\w+)(?:DbContext|DataSource|Client)$/;

/** A name in the sources, and where. */
export interface NamedPlace {
  readonly name: string;
  readonly at: Place;
  readonly resource: Resource;
}

/** The connection strings that an application asks for by a literal name. */
export function askedNames(source: SourceFolder): readonly NamedPlace[] {
  return csharpSources(source)
    .filter(({ isAppHost }) => !isAppHost)
    .flatMap(({ file, resource }) =>
      file.module.calls.flatMap(({ name, arguments: [first] }) => {
        const isRead = READS.test(name) && (name !== 'AddNpgsqlDataSource' || typeof first?.literal === 'string');
        return isRead ? named(first, resource) : [];
      }),
    );
}

/** The resources of an AppHost: every `Add…("name")` of its files; undefined where there is no AppHost. */
export function hostResources(source: SourceFolder): readonly (NamedPlace & { readonly method: string })[] | undefined {
  const hosts = csharpSources(source).filter(({ isAppHost }) => isAppHost);
  if (hosts.length === 0) return undefined;
  return hosts.flatMap(({ file, resource }) =>
    file.module.calls.flatMap(({ name: method, arguments: [first] }) =>
      method.startsWith('Add') ? named(first, resource).map((one) => ({ ...one, method })) : [],
    ),
  );
}

function named(argument: CSharpArgument | undefined, resource: Resource): NamedPlace[] {
  if (typeof argument?.literal !== 'string' || argument.literal === '') return [];
  // Without the quotes.
  const span = { start: argument.span.start + 1, end: argument.span.end - 1 };
  return [{ name: argument.literal, at: { source: resource.root.source, span }, resource }];
}
