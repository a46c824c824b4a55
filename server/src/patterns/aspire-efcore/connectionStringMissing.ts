import { CSHARP_SETUP } from '../../languages/dotnet/csharpLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { connectionStrings } from '../../workspace/applications/dotnet/connectionStrings.ts';
import { csharpSources } from '../../workspace/applications/dotnet/dotnetSources.ts';
import { runningSources } from '../../workspace/applications/sourceFolders.ts';
import { describeOther } from '../../workspace/resource.ts';
import { askedNames } from './connectionNames.ts';

/** Sources of settings whose content is not in the repository. */
const OTHER_SOURCES =
  /^Add(?:KeyPerFile|AzureKeyVault|AzureAppConfiguration|SecretsManager|SystemsManager|VaultConfiguration)/;

/** The application asks for a connection string that neither its settings nor its pod have: it fails when it starts. */
export const rule = defineRule({
  id: 'aspire-efcore/connection-string-missing',
  severity: 'error',
  profile: 'recommended',
  types: [CSHARP_SETUP],
  *check(resource, graph) {
    const told = new Set<number>();
    for (const running of runningSources(graph)) {
      const asked = askedNames(running.source).filter((one) => one.resource === resource);
      if (asked.length === 0) continue;
      const { byName, open } = connectionStrings(running.source, running, graph);
      const isElsewhere = csharpSources(running.source).some(({ file }) =>
        file.module.calls.some(({ name }) => OTHER_SOURCES.test(name)),
      );
      for (const { name, at } of open ? [] : asked) {
        if (byName.has(name.toLowerCase()) || told.has(at.span.start)) continue;
        const nearest = nearestName(
          name,
          [...byName.values()].map((setting) => setting.name.replace(/^.*__/, '')),
        );
        if (nearest === undefined && isElsewhere) continue;
        told.add(at.span.start);
        yield {
          at,
          message: `${describeOther(running.workload.resource)} has no connection string ${name}: neither appsettings.json nor ConnectionStrings__${name} of its environment says it.`,
          // Only a slip of the pen is certain: files that nobody sees here may be mounted.
          ...(nearest === undefined && { strict: true as const }),
          ...(nearest !== undefined && {
            fixes: [
              {
                title: `Ask for ${nearest}`,
                safe: false,
                edits: () => [{ uri: resource.uri, span: at.span, newText: nearest }],
              },
            ],
          }),
        };
      }
    }
  },
});
