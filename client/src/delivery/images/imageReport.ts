import type { ImageSize } from '../imageSize.ts';
import { bytesInWords, type RegistryVersion, type VersionDifference } from './registryVersion.ts';
import { type ScannerName, type Vulnerability, vulnerabilitiesInWords } from './vulnerabilities.ts';
import type { Waste } from './wastedBytes.ts';

/** What is said of an image: parts that are undefined were not looked at. */
export interface ImageFindings {
  readonly reference: string;
  readonly size: ImageSize;
  readonly waste: Waste;
  readonly scan: { readonly scanner: ScannerName; readonly vulnerabilities: readonly Vulnerability[] } | undefined;
  /** Why there was no scan. */
  readonly notScanned: string | undefined;
}

/** Longer lists are cut; the count before them is whole. */
const MOST_ROWS = 30;

/** The image as a Markdown page: size by layer, what is carried in vain, and known vulnerabilities. */
export function imageReport({ notScanned, reference, scan, size, waste }: ImageFindings): string {
  const share = size.totalBytes === 0 ? 0 : (waste.totalBytes / size.totalBytes) * 100;
  const hints = [
    ...waste.advice.map(({ bytes, text }) => `- ${text} Saves ${bytesInWords(bytes)}.`),
    ...size.layers.flatMap(({ hint, instruction }) => (hint ? [`- \`${cell(instruction)}\`: ${hint}`] : [])),
  ];
  const lines = [
    `# ${reference}`,
    '',
    `${bytesInWords(size.totalBytes)} in ${size.layers.length} layers; ${bytesInWords(waste.totalBytes)} (${share.toFixed(1)} %) of it in vain.`,
    '',
    '## What to change',
    '',
    ...(hints.length > 0
      ? hints
      : ['Nothing: every byte is seen by a container, and no layer looks larger than it needs to be.']),
    '',
    '## Layers',
    '',
    ...table(
      ['Size', 'Share', 'Instruction'],
      size.layers.map((layer) => [
        bytesInWords(layer.sizeBytes),
        `${(layer.share * 100).toFixed(1)} %`,
        `\`${cell(layer.instruction)}\``,
      ]),
    ),
    ...section(
      'Carried in vain',
      waste.files.length,
      ['Size', 'File', 'Written by', 'Hidden by'],
      waste.files.map((file) => [
        bytesInWords(file.bytes),
        `\`${cell(file.path)}\``,
        `\`${cell(file.writtenBy)}\``,
        `${file.how} by \`${cell(file.hiddenBy)}\``,
      ]),
    ),
    '',
    '## Vulnerabilities',
    '',
    scan
      ? `${scan.scanner} knows ${vulnerabilitiesInWords(scan.vulnerabilities)}.`
      : `Not looked for. ${notScanned ?? ''}`.trim(),
    ...(scan && scan.vulnerabilities.length > 0 ? ['', ...vulnerabilityTable(scan.vulnerabilities)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Two versions of an image as a Markdown page. */
export function versionReport(
  before: RegistryVersion,
  after: RegistryVersion,
  differences: readonly VersionDifference[],
): string {
  const rows = differences.map((difference) => [
    difference.what,
    `\`${cell(difference.before)}\``,
    `\`${cell(difference.after)}\``,
  ]);
  const body = rows.length === 0 ? ['Both are the same image.'] : table(['', before.reference, after.reference], rows);
  return `# ${before.reference} → ${after.reference}\n\n${body.join('\n')}\n`;
}

function section(
  title: string,
  count: number,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  if (count === 0) return [];
  return ['', `## ${title}`, '', ...table(head, rows)];
}

function vulnerabilityTable(found: readonly Vulnerability[]): string[] {
  return table(
    ['Severity', 'Id', 'Package', 'Installed', 'Fixed in', ''],
    found.map(({ fixed, id, installed, packageName, severity, title, url }) => [
      severity,
      url && /^https?:\/\/[^\s)]+$/.test(url) ? `[${cell(id)}](${url})` : cell(id),
      cell(packageName),
      cell(installed),
      cell(fixed.join(', ')) || 'no version yet',
      cell(title),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const shown = rows.slice(0, MOST_ROWS).map(line);
  const more = rows.length > MOST_ROWS ? ['', `And ${rows.length - MOST_ROWS} more.`] : [];
  return [line(head), line(head.map(() => '---')), ...shown, ...more];
}

/** A text of the image in a cell: nothing of it may end the cell or become markup. */
function cell(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/[`|<>[\]]/g, (character) => (character === '`' ? "'" : `&#${character.charCodeAt(0)};`))
    .trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
