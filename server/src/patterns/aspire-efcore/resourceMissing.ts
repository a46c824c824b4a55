import { CSHARP_SETUP } from '../../languages/dotnet/csharpLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { nearestName } from '../../text/nearestName.ts';
import { sourceFolderOf } from '../../workspace/applications/sourceFolders.ts';
import { askedNames, hostResources } from './connectionNames.ts';

/** Aspire gives a project the connection strings of the resources that it refers to, by their names. */
export const rule = defineRule({
  id: 'aspire-efcore/resource-missing',
  severity: 'warning',
  profile: 'recommended',
  types: [CSHARP_SETUP],
  *check(resource, graph) {
    const source = sourceFolderOf(resource, graph);
    const resources = source && hostResources(source);
    if (!source || !resources?.some(({ method }) => method === 'AddDatabase' || method === 'AddConnectionString'))
      return;
    const names = [...new Set(resources.map(({ name }) => name))];
    const told = new Set<number>();
    for (const { name, at, resource: asking } of askedNames(source)) {
      const isThere = names.some((other) => other.toLowerCase() === name.toLowerCase());
      if (asking !== resource || isThere || told.has(at.span.start)) continue;
      told.add(at.span.start);
      const nearest = nearestName(name, names);
      yield {
        at,
        message: `The AppHost of ${source.name} has no resource ${name}, so its connection string is empty where Aspire starts the application.`,
        related: resources
          .filter(({ method }) => method === 'AddDatabase')
          .slice(0, 3)
          .map((one) => ({ at: one.at, message: `The AppHost has ${one.name}.` })),
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
  },
});
