import type { Severity } from '../../../server/src/rules/contract.ts';
import type { Range } from '../../../server/src/text/sourceText.ts';
import type { Report, ReportItem } from '../report.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };

/** SARIF 2.1.0 (OASIS); lines and columns from 1, columns in UTF-16 code units. */
export function formatSarif(report: Report): string {
  const ids = [...new Set(report.findings.map((finding) => finding.rule))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Slipway',
            informationUri: 'https://github.com/slipway/slipway',
            rules: ids.map((id) => ({ id })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => resultOf(finding, ids)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(finding: ReportItem, ids: readonly string[]): object {
  return {
    ruleId: finding.rule,
    ruleIndex: ids.indexOf(finding.rule),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: physicalLocation(finding.file, finding.range) }],
    relatedLocations: finding.related.map((place, id) => ({
      id,
      physicalLocation: physicalLocation(place.file, place.range),
      message: { text: place.message },
    })),
    fixes: finding.fixes
      .filter((fix) => fix.edits.length > 0)
      .map((fix) => ({
        description: { text: fix.title },
        artifactChanges: [...new Set(fix.edits.map((edit) => edit.file))].map((file) => ({
          artifactLocation: { uri: encodePath(file) },
          replacements: fix.edits
            .filter((edit) => edit.file === file)
            .map((edit) => ({ deletedRegion: region(edit.range), insertedContent: { text: edit.newText } })),
        })),
      })),
  };
}

function physicalLocation(file: string, range: Range): object {
  return { artifactLocation: { uri: encodePath(file) }, region: region(range) };
}

function region({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function encodePath(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}
