import { databaseRole } from '../../rules/parts/databaseRole.ts';
import { runningSource } from '../../rules/parts/runningSource.ts';
import { definePattern, type Participant } from '../../rules/pattern.ts';
import {
  csharpSources,
  dataPackages,
  efMigrations,
  projectsOf,
} from '../../workspace/applications/dotnet/dotnetSources.ts';
import { type SourceFolder, sourceFoldersOf } from '../../workspace/applications/sourceFolders.ts';
import type { StartedProgram } from '../../workspace/applications/startedPrograms.ts';
import { applyAspireEfCore } from './applyAspireEfCore.ts';
import { hostResources } from './connectionNames.ts';
import { explanations } from './explanations.ts';

export const pattern = definePattern({
  id: 'aspire-efcore',
  title: 'Aspire with EF Core',
  category: 'data',
  summary:
    'Keeps the data of a .NET service in databases: mapped by EF Core, migrated once, and named alike in code, settings and AppHost.',
  roles: {
    orm: { title: 'object-relational mapper or data access', required: true },
    context: { title: 'context of EF Core', required: true },
    migrations: { title: 'migrations', required: true },
    host: { title: 'project of the AppHost', required: true },
    resource: { title: 'database of the AppHost', required: true },
    workload: { title: 'workload that runs it', required: false },
    connection: { title: 'connection string', required: true },
    job: { title: 'run of the migrations', required: true },
    database: { title: 'database', required: true },
  },
  *recognize(graph) {
    for (const source of sourceFoldersOf(graph)) {
      const own = [...ofSources(source)];
      const isData = own.some(({ role }) => role === 'orm' || role === 'context' || role === 'resource');
      if (!isData) continue;
      const { participants, isMissing } = databaseRole('aspire-efcore', source, graph);
      const all = [
        ...own,
        ...runningSource(source, graph, { stack: 'aspire-efcore', addressRole: 'connection', isMigration }),
        ...participants,
      ];
      const plays = (role: string) => all.some((participant) => participant.role === role);
      const wanted = [
        'orm',
        'context',
        'migrations',
        // Aspire is a way to start it, not the only one; half an AppHost is none.
        ...(plays('host') || plays('resource') ? ['host', 'resource'] : []),
        ...(plays('workload') ? ['connection', 'job'] : []),
      ];
      yield {
        pattern: 'aspire-efcore',
        name: source.name,
        participants: all,
        missing: [...wanted.filter((role) => !plays(role)), ...(isMissing ? ['database'] : [])],
      };
    }
  },
  explanations,
  apply: applyAspireEfCore,
});

function* ofSources(source: SourceFolder): Iterable<Participant> {
  for (const { package: one, resource } of dataPackages(source)) {
    if (/Design$|Diagnostics|OpenTelemetry|DependencyInjection/.test(one.name)) continue;
    yield { role: 'orm', resource, at: { source: resource.root.source, span: one.nameSpan } };
  }
  for (const { file, resource } of csharpSources(source)) {
    for (const { bases, nameSpan } of file.module.classes) {
      if (bases.some((base) => /(?:^|\.)\w*DbContext$/.test(base)))
        yield { role: 'context', resource, at: { source: file.source, span: nameSpan } };
    }
  }
  const [first] = efMigrations(source);
  if (first) yield { role: 'migrations', resource: first, at: first.root };
  for (const { file, resource } of projectsOf(source))
    if (file.isAppHost) yield { role: 'host', resource, at: resource.root };
  for (const { method, at, resource } of hostResources(source) ?? [])
    if (method === 'AddDatabase') yield { role: 'resource', resource, at };
}

/** A migration bundle, `dotnet ef database update`, or an application that is told to migrate and end. */
function isMigration({ name, arguments: words }: StartedProgram): boolean {
  const texts = words.map(({ text }) => text ?? '');
  return (
    /efbundle|migrat/i.test(name) ||
    texts.some((text) => /^(?:--)?migrate$|efbundle/.test(text)) ||
    (texts.includes('ef') && texts.includes('update'))
  );
}
