import { DOTNET_PROJECT, type DotnetProjectFile } from '../../languages/dotnet/dotnetProjectLanguage.ts';
import { defineRule } from '../../rules/contract.ts';

/** Providers whose major version is that of the EF Core that they are built for. */
const EF_CORE =
  /^(?:Microsoft\.EntityFrameworkCore(?:\..+)?|Npgsql\.EntityFrameworkCore\.PostgreSQL|Pomelo\.EntityFrameworkCore\.MySql|Oracle\.EntityFrameworkCore)$/;

/** EF Core and its providers call each other's internals: with two major versions the first query fails. */
export const rule = defineRule({
  id: 'aspire-efcore/versions-differ',
  severity: 'warning',
  profile: 'recommended',
  types: [DOTNET_PROJECT],
  *check(resource) {
    const { packages, source } = resource.model as DotnetProjectFile;
    const own = packages.flatMap((one) => {
      const major = /^\[?(\d+)\./.exec(one.version ?? '')?.[1];
      return EF_CORE.test(one.name) && major !== undefined && one.versionSpan
        ? [{ ...one, major: Number(major), versionSpan: one.versionSpan }]
        : [];
    });
    const newest = own.reduce<(typeof own)[number] | undefined>((a, b) => (a && a.major >= b.major ? a : b), undefined);
    for (const one of own) {
      if (!newest || one.major === newest.major) continue;
      yield {
        at: { source, span: one.versionSpan },
        message: `${one.name} ${one.version} belongs to EF Core ${one.major}, but ${newest.name} is ${newest.version}: packages of two major versions do not work together.`,
        related: [{ at: { source, span: newest.versionSpan }, message: `${newest.name} ${newest.version}.` }],
      };
    }
  },
});
