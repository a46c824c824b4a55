import { writeFileSync } from 'node:fs';
import { type DiagnosticOptions, diagnose } from '../../server/src/features/diagnostics.ts';
import type { ReportedFinding } from '../../server/src/rules/runRules.ts';
import type { Place } from '../../server/src/text/sourceNode.ts';
import { Baseline } from './baseline.ts';
import { CHECK_USAGE, type CheckOptions, readCheckOptions, SEVERITY_RANKS } from './checkOptions.ts';
import { diagnosticOptions } from './diagnosticOptions.ts';
import { loadWorld, relativePath, unreadableFinding } from './loadWorld.ts';
import { renderedFindings } from './renderedCharts.ts';
import type { Report, ReportItem } from './report.ts';

/** `slipway check`: prints all findings; the exit code says whether they are bad enough. */
export async function runCheck(args: readonly string[], program: string): Promise<number> {
  const options = readCheckOptions(args);
  if (options.help) {
    process.stdout.write(CHECK_USAGE);
    return 0;
  }
  const started = performance.now();
  const baseline = options.baseline === undefined ? undefined : Baseline.read(options.baseline);
  const { reported, files, faulted } = await findAll(options, program);
  if (options.writeBaseline !== undefined) {
    Baseline.write(options.writeBaseline, reported);
    const count = reported.length === 1 ? '1 finding' : `${reported.length} findings`;
    process.stdout.write(`Wrote ${count} to ${options.writeBaseline}.\n`);
    return faulted ? 2 : 0;
  }
  const findings = reported.filter((finding) => !baseline?.takes(finding)).map(itemOf);
  const report: Report = { version: 1, findings, files, durationMilliseconds: Math.round(performance.now() - started) };
  const text = options.format(report);
  if (options.output === undefined) process.stdout.write(text);
  else writeFileSync(options.output, text);
  if (baseline && baseline.mended > 0) {
    process.stderr.write(
      `slipway: ${baseline.mended} of the baseline's findings were mended; --write-baseline ${options.baseline} takes them out.\n`,
    );
  }
  if (faulted) return 2;
  const warnings = findings.filter((finding) => finding.severity === 'warning').length;
  const isBad = findings.some((finding) => SEVERITY_RANKS[finding.severity]! >= options.failOn);
  return isBad || warnings > options.maxWarnings ? 1 : 0;
}

async function findAll(options: CheckOptions, program: string) {
  const { world, unreadable, files, outer } = await loadWorld(options.paths);
  const snapshot = world.snapshot();
  let faulted = false;
  const diagnostics: DiagnosticOptions = {
    ...diagnosticOptions(program, () => {
      faulted = true;
    }),
    ...(options.profile === undefined ? {} : { forcedProfile: options.profile }),
  };
  const reported: ReportedFinding[] = unreadable.map(unreadableFinding);
  for (const uri of snapshot.files.keys()) {
    if (!outer.has(uri)) reported.push(...diagnose(snapshot, uri, diagnostics));
  }
  if (options.render) {
    const signal = new AbortController().signal;
    reported.push(...(await renderedFindings(snapshot, diagnostics, signal)));
  }
  return { reported, files, faulted };
}

function itemOf({ rule, severity, finding }: ReportedFinding): ReportItem {
  const place = ({ source, span }: Place) => ({ file: relativePath(source.uri), range: source.range(span) });
  const { source } = finding.at;
  return {
    rule: rule.id,
    severity,
    ...place(finding.at),
    message: finding.message,
    related: (finding.related ?? []).map(({ at, message }) => ({ ...place(at), message })),
    equivalents: rule.equivalents ?? [],
    fixes: (finding.fixes ?? []).map((fix) => ({
      title: fix.title,
      safe: fix.safe,
      edits: fix.edits().map((edit) => {
        const target =
          edit.uri === source.uri ? source : finding.related?.find(({ at }) => at.source.uri === edit.uri)?.at.source;
        if (!target) throw new Error(`The fix '${fix.title}' edits ${edit.uri}, which its finding does not name.`);
        return { file: relativePath(edit.uri), range: target.range(edit.span), newText: edit.newText };
      }),
    })),
  };
}
