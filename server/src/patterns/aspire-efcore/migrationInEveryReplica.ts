import { CSHARP_SETUP, type CSharpFile } from '../../languages/dotnet/csharpLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { csharpSources } from '../../workspace/applications/dotnet/dotnetSources.ts';
import { podCountOf } from '../../workspace/applications/podCount.ts';
import { sourceFolderOf } from '../../workspace/applications/sourceFolders.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describeOther } from '../../workspace/resource.ts';

/** Every pod that starts migrates: before EF Core 9 without any lock, and since then one after the other. */
export const rule = defineRule({
  id: 'aspire-efcore/migration-in-every-replica',
  severity: 'warning',
  profile: 'recommended',
  types: [CSHARP_SETUP],
  *check(resource, graph) {
    const source = sourceFolderOf(resource, graph);
    const isHost = source && csharpSources(source).find((one) => one.resource === resource)?.isAppHost;
    if (!source || isHost !== false || !/\/(?:Program|Startup)\.cs$/.test(resource.uri)) return;
    const { calls } = (resource.model as CSharpFile).module;
    const migrate = calls.find(({ name, receiver }) => /^Migrate(?:Async)?$/.test(name) && receiver === 'Database');
    // A condition may keep it to one process or to a developer's machine.
    const isGuarded = calls.some(
      ({ name, nameSpan }) => /^(?:if|switch|while)$/.test(name) && migrate && nameSpan.start < migrate.nameSpan.start,
    );
    if (!migrate || isGuarded) return;
    for (const { workload } of source.uses) {
      if (!SERVING_TYPES.includes(workload.resource.type)) continue;
      const count = podCountOf(workload, graph);
      if (!count || count.most < 2) continue;
      yield {
        at: { source: resource.root.source, span: migrate.nameSpan },
        message: `Each of up to ${count.most} pods of ${describeOther(workload.resource)} migrates the database when it starts: run a migration bundle once, in a Job before the rollout.`,
        related: count.at ? [{ at: count.at, message: `The most pods of ${describeOther(workload.resource)}.` }] : [],
      };
      return;
    }
  },
});
