import type { RelatedPlace } from '../rules/contract.ts';
import type { ReportedFinding } from '../rules/runRules.ts';
import type { Place } from '../text/sourceNode.ts';
import type { SourceText } from '../text/sourceText.ts';
import type { Chart } from '../workspace/helm/chart.ts';
import { renderedTemplate } from './renderedTemplate.ts';

/** `cart/templates/deployment.yaml:12:20`, and `(cart/templates/deployment.yaml:12)` of what cannot be parsed. */
const PLACE = /([^\s:()"]+\/templates\/[^\s:()"]+):(\d+)(?::(\d+))?/g;
const FILE = /([^\s:()"]+\/templates\/[^\s:()"]+)/;

/**
 * What Helm said when it failed, at the innermost place of the chart that it names, with the calls that led there. Without
 * one it lies at the chart's name, or at the dependencies that are not there.
 */
export function renderFailure(chart: Chart, stderr: string): ReportedFinding[] {
  const said = messageOf(stderr);
  const missing = /missing in charts\/ directory: (.+)$/m.exec(said)?.[1]?.split(/,\s*/) ?? [];
  const dependencies = chart.dependencies.flatMap(({ name, node }) =>
    missing.includes(name) && node ? [{ name, at: node.find('name') ?? node }] : [],
  );
  if (dependencies.length > 0) {
    return dependencies.map(({ name, at }) =>
      failure(
        at,
        `The dependency ${name} is not in charts/; run helm dependency update to render this chart.`,
        'warning',
      ),
    );
  }
  const places = [...said.matchAll(PLACE)].flatMap(([, source, line, column]) => {
    const file = renderedTemplate(chart, source!)?.template.source;
    return file ? [placeAt(file, Number(line) - 1, column === undefined ? undefined : Number(column))] : [];
  });
  const file = renderedTemplate(chart, FILE.exec(said)?.[1] ?? '')?.template.source;
  const at = places.at(-1) ?? (file ? placeAt(file, 0, undefined) : placeOfChart(chart));
  const callers = places
    .slice(0, -1)
    .filter(({ source, span }) => source !== at.source || span.start !== at.span.start);
  return [
    failure(
      at,
      `Helm cannot render this chart: ${reasonOf(said)}`,
      'error',
      callers.map((place) => ({ at: place, message: 'It is called from here' })),
    ),
  ];
}

function failure(
  at: Place,
  message: string,
  severity: 'error' | 'warning',
  related: readonly RelatedPlace[] = [],
): ReportedFinding {
  return {
    rule: { id: 'syntax/not-rendered', equivalents: ['helm:template'] },
    severity,
    finding: { at, message, related },
  };
}

/** From the first line that Helm calls an error: before it there may be warnings. */
function messageOf(stderr: string): string {
  const start = /^Error: /m.exec(stderr);
  return (start ? stderr.slice(start.index + 'Error: '.length) : stderr)
    .replace(/\n+Use --debug flag[^\n]*/, '')
    .trim();
}

/** What went wrong in the end, without the way there. */
function reasonOf(said: string): string {
  const [first = '', ...rest] = said.split('\n').filter((line) => line.trim() !== '');
  const own = /: (?:executing "[^"]*" at )?<[^>]*>: (?!error calling)(.+)$/s.exec(said)?.[1];
  const reason = own ?? first.replace(/^(?:execution|parse) error at \([^)]*\): /, '');
  return rest.length > 0 && own === undefined ? [reason, ...rest].join(' ') : reason;
}

function placeOfChart(chart: Chart): Place {
  return chart.resource.root.find('name') ?? (chart.resource.root.entries[0] ?? chart.resource.root).keyPlace;
}

/** From the column to the end of the action there, or the whole line without its indentation. */
function placeAt(source: SourceText, line: number, column: number | undefined): Place {
  const { start, end } = source.lineSpan(Math.min(Math.max(line, 0), source.lineStarts.length - 1));
  const text = source.text.slice(start, end);
  const first = column === undefined ? text.length - text.trimStart().length : beginning(text, column);
  const close = column === undefined ? -1 : text.indexOf('}}', first);
  const last = close < 0 ? text.trimEnd().length : text.slice(0, close).replace(/[\s-]+$/, '').length;
  return { source, span: { start: start + first, end: start + Math.max(first, last) } };
}

/** Helm counts to the field that could not be read; the expression begins before it. */
function beginning(text: string, column: number): number {
  let first = Math.min(column, text.length);
  while (first > 0 && text[first] === '.' && /[\w.$]/.test(text[first - 1]!)) {
    first--;
    while (first > 0 && /[\w$]/.test(text[first]!) && /[\w$.]/.test(text[first - 1]!)) first--;
  }
  return first;
}
