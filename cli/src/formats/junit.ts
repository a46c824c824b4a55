import type { Report, ReportItem } from '../report.ts';

/** JUnit XML: one suite per file with findings, one failed case per finding; a clean run is one passed case. */
export function formatJunit(report: Report): string {
  const byFile = new Map<string, ReportItem[]>();
  for (const finding of report.findings) byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
  const suites = [...byFile].map(([file, findings]) => {
    const cases = findings.map(({ rule, range, severity, message }) => {
      const name = `${rule} ${range.start.line + 1}:${range.start.character + 1}`;
      return `    <testcase classname="${escapeXml(file)}" name="${escapeXml(name)}"><failure type="${severity}" message="${escapeXml(message)}"/></testcase>`;
    });
    return `  <testsuite name="${escapeXml(file)}" tests="${findings.length}" failures="${findings.length}">\n${cases.join('\n')}\n  </testsuite>`;
  });
  if (suites.length === 0)
    suites.push(
      '  <testsuite name="slipway" tests="1" failures="0">\n    <testcase classname="slipway" name="no findings"/>\n  </testsuite>',
    );
  const seconds = (report.durationMilliseconds / 1000).toFixed(3);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="slipway" tests="${Math.max(1, report.findings.length)}" failures="${report.findings.length}" time="${seconds}">\n${suites.join('\n')}\n</testsuites>\n`;
}

function escapeXml(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  return [...text].map((character) => (isControl(character) ? '' : (named[character] ?? character))).join('');
}

/** XML 1.0 has no way to write control characters other than tab and line breaks. */
function isControl(character: string): boolean {
  return character < ' ' && !'\t\n\r'.includes(character);
}
