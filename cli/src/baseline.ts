import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ReportedFinding } from '../../server/src/rules/runRules.ts';
import { CommandLineError } from './commandLineError.ts';

/** One kind of known finding. A fingerprint is made of the rule, its words and the text of its line, not of its place. */
interface KnownFinding {
  readonly rule: string;
  /** Relative to the baseline's folder, with `/`. */
  readonly file: string;
  readonly fingerprint: string;
  /** How many findings of the file look the same. */
  readonly count: number;
}

/** Findings that were there when the baseline was written, and are not to be reported again. */
export class Baseline {
  readonly #file: string;
  readonly #left: Map<string, number>;

  private constructor(file: string, findings: readonly KnownFinding[]) {
    this.#file = file;
    this.#left = new Map(findings.map((known) => [`${known.file} ${known.fingerprint}`, known.count]));
  }

  /** Rejects what is no baseline with words for the user. */
  static read(file: string): Baseline {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      throw new CommandLineError(
        isMissing
          ? `There is no baseline ${file}; --write-baseline ${file} writes one.`
          : `The baseline ${file} cannot be read: ${error instanceof Error ? error.message : error}.`,
      );
    }
    const findings = findingsIn(text);
    if (!findings) throw new CommandLineError(`${file} is no baseline of Slipway.`);
    return new Baseline(file, findings);
  }

  /** Writes the baseline of these findings, in a stable order. */
  static write(file: string, findings: readonly ReportedFinding[]): void {
    const known = new Map<string, KnownFinding>();
    for (const finding of findings) {
      const entry = { rule: finding.rule.id, file: fileOf(file, finding), fingerprint: fingerprintOf(finding) };
      const key = `${entry.file} ${entry.fingerprint}`;
      known.set(key, { ...entry, count: (known.get(key)?.count ?? 0) + 1 });
    }
    const sorted = [...known.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
    writeFileSync(file, `${JSON.stringify({ version: 1, findings: sorted }, null, 2)}\n`);
  }

  /** Whether a finding is known; each known finding answers once. */
  takes(finding: ReportedFinding): boolean {
    const key = `${fileOf(this.#file, finding)} ${fingerprintOf(finding)}`;
    const left = this.#left.get(key) ?? 0;
    if (left > 0) this.#left.set(key, left - 1);
    return left > 0;
  }

  /** How many known findings nothing answered to: they were mended. */
  get mended(): number {
    return [...this.#left.values()].reduce((sum, left) => sum + left, 0);
  }
}

function fingerprintOf({ rule, finding }: ReportedFinding): string {
  const { source, span } = finding.at;
  const line = source.slice(source.lineSpan(source.lineAt(span.start))).trim();
  return createHash('sha256')
    .update(JSON.stringify([rule.id, finding.message, line]))
    .digest('hex')
    .slice(0, 32);
}

function fileOf(baseline: string, { finding }: ReportedFinding): string {
  const folder = pathToFileURL(path.dirname(path.resolve(baseline))).href;
  const { uri } = finding.at.source;
  if (uri.startsWith(`${folder}/`)) return decodeURIComponent(uri.slice(folder.length + 1));
  return path.posix.relative(decodeURIComponent(new URL(folder).pathname), decodeURIComponent(new URL(uri).pathname));
}

function findingsIn(text: string): readonly KnownFinding[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { version, findings } = (value ?? {}) as { version?: unknown; findings?: unknown };
  if (version !== 1 || !Array.isArray(findings)) return undefined;
  return findings.every(isKnownFinding) ? findings : undefined;
}

function isKnownFinding(value: unknown): value is KnownFinding {
  const { file, fingerprint, count } = (value ?? {}) as Partial<Record<keyof KnownFinding, unknown>>;
  return typeof file === 'string' && typeof fingerprint === 'string' && Number.isInteger(count);
}
