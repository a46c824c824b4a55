import type { Report } from '../report.ts';

/** One line per finding, as compilers write them, and a closing sentence. */
export function formatHuman(report: Report): string {
  const lines: string[] = [];
  for (const { file, range, severity, message, rule, related } of report.findings) {
    lines.push(`${file}:${range.start.line + 1}:${range.start.character + 1}: ${severity}: ${message} (${rule})`);
    for (const place of related) {
      lines.push(`  ${place.file}:${place.range.start.line + 1}:${place.range.start.character + 1}: ${place.message}`);
    }
  }
  const count = (severity: string): number => report.findings.filter((finding) => finding.severity === severity).length;
  const parts = [
    plural(count('error'), 'error'),
    plural(count('warning'), 'warning'),
    `${count('information')} information`,
  ];
  lines.push(
    report.findings.length === 0
      ? `No findings in ${plural(report.files, 'file')}.`
      : `${parts.join(', ')} in ${plural(report.files, 'file')}.`,
  );
  return `${lines.join('\n')}\n`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
