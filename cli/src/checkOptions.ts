import type { Profile } from '../../server/src/rules/contract.ts';
import { CommandLineError } from './commandLineError.ts';
import { formatGithub } from './formats/github.ts';
import { formatHuman } from './formats/human.ts';
import { formatJson } from './formats/json.ts';
import { formatJunit } from './formats/junit.ts';
import { formatSarif } from './formats/sarif.ts';
import { parseOptions } from './parseOptions.ts';
import type { ReportFormat } from './report.ts';

const FORMATS: Readonly<Record<string, ReportFormat>> = {
  human: formatHuman,
  json: formatJson,
  sarif: formatSarif,
  github: formatGithub,
  junit: formatJunit,
};

/** Severities from bad to worse; `never` is worse than all. */
export const SEVERITY_RANKS: Readonly<Record<string, number>> = { never: 4, error: 3, warning: 2, information: 1 };

export const CHECK_USAGE = `Usage: slipway check [options] [paths]

Checks the files below the paths (default: the working directory). The slipway.yaml files above and below them count.

  --format human|json|sarif|github|junit   how to print findings (default: human)
  --profile recommended|strict             which rules to run, whatever slipway.yaml says
  --output FILE                            write the findings to a file
  --fail-on error|warning|information|never
                                           least severity that makes the exit code 1 (default: error)
  --max-warnings N                         more warnings than this make the exit code 1
  --render                                 check charts as the helm of this machine renders them, too
  --baseline FILE                          leave out the findings that the file knows
  --write-baseline FILE                    write all findings to the file, and print none

Exit codes: 0 clean, 1 findings, 2 wrong usage or a fault of Slipway.
`;

export interface CheckOptions {
  readonly help: boolean;
  readonly format: ReportFormat;
  /** Undefined: what slipway.yaml says, and `recommended` where none does. */
  readonly profile: Profile | undefined;
  readonly output: string | undefined;
  /** One of `SEVERITY_RANKS`. */
  readonly failOn: number;
  readonly maxWarnings: number;
  /** Charts are rendered, which runs a program. */
  readonly render: boolean;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  readonly paths: readonly string[];
}

const CHECK_OPTIONS = {
  format: { type: 'string', default: 'human' },
  profile: { type: 'string' },
  output: { type: 'string' },
  'fail-on': { type: 'string', default: 'error' },
  'max-warnings': { type: 'string' },
  render: { type: 'boolean' },
  baseline: { type: 'string' },
  'write-baseline': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line of `slipway check`; throws CommandLineError for what cannot be followed. */
export function readCheckOptions(args: readonly string[]): CheckOptions {
  const { values, positionals } = parseOptions(args, CHECK_OPTIONS, CHECK_USAGE);
  const format = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined;
  if (!format) {
    throw new CommandLineError(
      `There is no format '${values.format}'; choose one of ${Object.keys(FORMATS).join(', ')}.`,
    );
  }
  const { profile } = values;
  if (profile !== undefined && profile !== 'recommended' && profile !== 'strict') {
    throw new CommandLineError(`There is no profile '${profile}'; choose recommended or strict.`);
  }
  const failOn = Object.hasOwn(SEVERITY_RANKS, values['fail-on']) ? SEVERITY_RANKS[values['fail-on']] : undefined;
  if (failOn === undefined)
    throw new CommandLineError(
      `--fail-on takes ${Object.keys(SEVERITY_RANKS).join(', ')}, not '${values['fail-on']}'.`,
    );
  const maxWarnings = values['max-warnings'] === undefined ? Number.POSITIVE_INFINITY : Number(values['max-warnings']);
  if (Number.isNaN(maxWarnings) || maxWarnings < 0)
    throw new CommandLineError('--max-warnings takes a number from 0 up.');
  if (values.baseline !== undefined && values['write-baseline'] !== undefined)
    throw new CommandLineError(
      '--baseline and --write-baseline do not go together: the one reads what the other writes.',
    );
  return {
    help: values.help === true,
    format,
    profile,
    output: values.output,
    failOn,
    maxWarnings,
    render: values.render === true,
    baseline: values.baseline,
    writeBaseline: values['write-baseline'],
    paths: positionals.length > 0 ? positionals : ['.'],
  };
}
