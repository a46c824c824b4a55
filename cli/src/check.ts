import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type DiagnosticOptions, diagnose } from '../../server/src/features/diagnostics.ts';
import { schemaInspection } from '../../server/src/features/schemaInspection.ts';
import { schemaFiles } from '../../server/src/host/schemaFiles.ts';
import { RULES } from '../../server/src/patterns/registry.generated.ts';
import type { Severity } from '../../server/src/rules/contract.ts';
import { type ReportedFinding, RuleSet } from '../../server/src/rules/runRules.ts';
import { BundledSchemas } from '../../server/src/schema/bundledSchemas.ts';
import { SchemaIndex } from '../../server/src/schema/schemaIndex.ts';
import type { Place } from '../../server/src/text/sourceNode.ts';
import { SourceText } from '../../server/src/text/sourceText.ts';
import { CommandLineError } from './commandLineError.ts';
import { formatGithub } from './formats/github.ts';
import { formatHuman } from './formats/human.ts';
import { formatJson } from './formats/json.ts';
import { formatJunit } from './formats/junit.ts';
import { formatSarif } from './formats/sarif.ts';
import { loadWorld, relativePath } from './loadWorld.ts';
import type { Report, ReportFormat, ReportItem } from './report.ts';

const FORMATS: Readonly<Record<string, ReportFormat>> = {
  human: formatHuman,
  json: formatJson,
  sarif: formatSarif,
  github: formatGithub,
  junit: formatJunit,
};

const RANKS: Readonly<Record<string, number>> = { never: 4, error: 3, warning: 2, information: 1 };

const USAGE = `Usage: slipway check [options] [paths]

Checks the files below the paths (default: the working directory).

  --format human|json|sarif|github|junit   how to print findings (default: human)
  --profile recommended|strict             which rules to run (default: recommended)
  --output FILE                            write the findings to a file
  --fail-on error|warning|information|never
                                           least severity that makes the exit code 1 (default: error)
  --max-warnings N                         more warnings than this make the exit code 1

Exit codes: 0 clean, 1 findings, 2 wrong usage or a fault of Slipway.
`;

/** `slipway check`: prints all findings; the exit code says whether they are bad enough. */
export async function runCheck(args: readonly string[], program: string): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const started = performance.now();
  const { world, unreadable, files } = await loadWorld(options.paths);
  const snapshot = world.snapshot();
  let faulted = false;
  const diagnostics: DiagnosticOptions = {
    profile: options.profile,
    rules: new RuleSet(RULES),
    inspections: [schemaInspection(new SchemaIndex(new BundledSchemas(schemaFiles(program))))],
    onFault(rule, resource, error) {
      faulted = true;
      process.stderr.write(
        `slipway: internal fault in ${rule.id} on ${relativePath(resource.uri)}: ${error instanceof Error ? error.stack : error}\n`,
      );
    },
  };
  const findings: ReportItem[] = [];
  for (const { uri, problem, message } of unreadable) {
    const at: Place = { source: new SourceText(uri, ''), span: { start: 0, end: 0 } };
    findings.push(itemOf({ rule: { id: `syntax/${problem}` }, severity: 'warning', finding: { at, message } }));
  }
  for (const uri of snapshot.files.keys()) {
    findings.push(...diagnose(snapshot, uri, diagnostics).map(itemOf));
  }
  const report: Report = { version: 1, findings, files, durationMilliseconds: Math.round(performance.now() - started) };
  const text = options.format(report);
  if (options.output === undefined) process.stdout.write(text);
  else writeFileSync(options.output, text);
  if (faulted) return 2;
  const warnings = findings.filter((finding) => finding.severity === 'warning').length;
  const isBad = findings.some((finding) => RANKS[finding.severity]! >= options.failOn);
  return isBad || warnings > options.maxWarnings ? 1 : 0;
}

function readOptions(args: readonly string[]) {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new CommandLineError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
  const { values, positionals } = parsed;
  const format = FORMATS[values.format];
  if (!format)
    throw new CommandLineError(
      `There is no format '${values.format}'; choose one of ${Object.keys(FORMATS).join(', ')}.`,
    );
  if (values.profile !== 'recommended' && values.profile !== 'strict') {
    throw new CommandLineError(`There is no profile '${values.profile}'; choose recommended or strict.`);
  }
  const failOn = RANKS[values['fail-on']];
  if (failOn === undefined)
    throw new CommandLineError(`--fail-on takes ${Object.keys(RANKS).join(', ')}, not '${values['fail-on']}'.`);
  const maxWarnings = values['max-warnings'] === undefined ? Number.POSITIVE_INFINITY : Number(values['max-warnings']);
  if (Number.isNaN(maxWarnings) || maxWarnings < 0)
    throw new CommandLineError('--max-warnings takes a number from 0 up.');
  return {
    help: values.help === true,
    format,
    profile: values.profile as 'recommended' | 'strict',
    output: values.output,
    failOn,
    maxWarnings,
    paths: positionals.length > 0 ? positionals : ['.'],
  };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'human' },
      profile: { type: 'string', default: 'recommended' },
      output: { type: 'string' },
      'fail-on': { type: 'string', default: 'error' },
      'max-warnings': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

function itemOf({ rule, severity, finding }: ReportedFinding & { severity: Severity }): ReportItem {
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
