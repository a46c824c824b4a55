import type { Severity } from '../../../server/src/rules/contract.ts';
import type { Report } from '../report.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'notice' };

/** GitHub Actions workflow commands, which the runner shows as annotations; lines and columns from 1. */
export function formatGithub(report: Report): string {
  return report.findings
    .map(({ file, range, severity, message, rule }) => {
      const { start, end } = range;
      // Columns are only allowed for annotations of one line.
      const columns = start.line === end.line ? `,col=${start.character + 1},endColumn=${end.character + 1}` : '';
      const properties = `file=${property(file)},line=${start.line + 1},endLine=${end.line + 1}${columns},title=${property(rule)}`;
      return `::${COMMANDS[severity]} ${properties}::${data(message)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
