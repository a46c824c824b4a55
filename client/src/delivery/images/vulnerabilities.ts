import { Failure } from '../../cluster/failure.ts';

/** How bad a vulnerability is, the worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'unknown'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One known vulnerability of one package in an image. */
export interface Vulnerability {
  /** `CVE-2024-1234`, or another database's name for it. */
  readonly id: string;
  readonly severity: Severity;
  readonly packageName: string;
  readonly installed: string;
  /** The versions that no longer have it; empty while there is none. */
  readonly fixed: readonly string[];
  readonly title: string;
  readonly url: string | undefined;
}

/** The scanners whose reports are understood. */
export type ScannerName = 'trivy' | 'grype';

/**
 * Reads the JSON report of a scanner: the worst first, each vulnerability of a package once. Throws `invalid` for
 * anything else, so that a report that is not understood is never taken for a clean image.
 */
export function parseVulnerabilities(scanner: ScannerName, report: string): readonly Vulnerability[] {
  let root: unknown;
  try {
    root = JSON.parse(report);
  } catch (error) {
    throw notUnderstood(scanner, error instanceof Error ? error.message : String(error));
  }
  const found = scanner === 'trivy' ? ofTrivy(root) : ofGrype(root);
  const unique = new Map(found.map((each) => [`${each.id} ${each.packageName} ${each.installed}`, each]));
  return [...unique.values()].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      Number(b.fixed.length > 0) - Number(a.fixed.length > 0) ||
      compareTexts(a.packageName, b.packageName) ||
      compareTexts(a.id, b.id),
  );
}

/** `2 critical and 5 high` of what was found; `no known vulnerabilities` of nothing. */
export function vulnerabilitiesInWords(found: readonly Vulnerability[]): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = found.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : `${count} ${severity}`;
  });
  if (counts.length === 0) return 'no known vulnerabilities';
  const last = counts.pop()!;
  return counts.length === 0 ? last : `${counts.join(', ')} and ${last}`;
}

interface TrivyReport {
  readonly SchemaVersion?: unknown;
  readonly ArtifactName?: unknown;
  readonly Results?:
    | readonly {
        readonly Vulnerabilities?:
          | readonly {
              readonly VulnerabilityID?: string;
              readonly PkgName?: string;
              readonly InstalledVersion?: string;
              readonly FixedVersion?: string;
              readonly Severity?: string;
              readonly Title?: string;
              readonly PrimaryURL?: string;
            }[]
          | null;
      }[]
    | null;
}

function ofTrivy(root: unknown): Vulnerability[] {
  const report = root as TrivyReport | null;
  if (report?.SchemaVersion === undefined || report.ArtifactName === undefined)
    throw notUnderstood('trivy', 'It names no image.');
  return (report.Results ?? []).flatMap(({ Vulnerabilities }) =>
    (Vulnerabilities ?? []).map((each) => ({
      id: each.VulnerabilityID ?? '',
      severity: severityOf(each.Severity),
      packageName: each.PkgName ?? '',
      installed: each.InstalledVersion ?? '',
      fixed: (each.FixedVersion ?? '').split(',').flatMap((version) => version.trim() || []),
      title: each.Title ?? '',
      url: each.PrimaryURL,
    })),
  );
}

interface GrypeReport {
  readonly matches?: readonly {
    readonly vulnerability?: {
      readonly id?: string;
      readonly severity?: string;
      readonly description?: string;
      readonly dataSource?: string;
      readonly fix?: { readonly versions?: readonly string[] | null; readonly state?: string };
    };
    readonly artifact?: { readonly name?: string; readonly version?: string };
  }[];
}

function ofGrype(root: unknown): Vulnerability[] {
  const report = root as GrypeReport | null;
  if (!Array.isArray(report?.matches)) throw notUnderstood('grype', 'It has no list of matches.');
  return (report as Required<GrypeReport>).matches.map(({ artifact, vulnerability }) => ({
    id: vulnerability?.id ?? '',
    severity: severityOf(vulnerability?.severity),
    packageName: artifact?.name ?? '',
    installed: artifact?.version ?? '',
    fixed: vulnerability?.fix?.versions ?? [],
    title: (vulnerability?.description ?? '').split('\n')[0] ?? '',
    url: vulnerability?.dataSource,
  }));
}

/** `Negligible` of grype is the low end; what neither database rates stays unknown. */
function severityOf(text: string | undefined): Severity {
  const lower = (text ?? '').toLowerCase();
  if (lower === 'negligible') return 'low';
  return SEVERITIES.find((severity) => severity === lower) ?? 'unknown';
}

function notUnderstood(scanner: ScannerName, said: string): Failure {
  return new Failure('invalid', `The report of ${scanner} is not understood.`, {
    said,
    advice: `Update ${scanner}, and run it by hand to see what it says.`,
  });
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
