import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const FOLDER = new URL('./lossesWithoutTrace/', import.meta.url);

/** A role that a use of a pattern lost with a file. */
export interface Loss {
  readonly role: string;
  readonly use: string;
}

interface Row {
  readonly roles: readonly string[];
  /** Absent for all uses that lose these roles. */
  readonly uses?: readonly string[];
  readonly why: string;
}

/**
 * After which losses nothing in the shop tells that a pattern was meant, and why: a file for each pattern in
 * `lossesWithoutTrace/`, a list of rows of `roles`, `uses` and `why`. Every other loss leaves an incomplete use.
 */
export const lossesWithoutTrace = {
  patterns: (): readonly string[] => readdirSync(FOLDER).map((file) => file.replace(/\.yaml$/, '')),

  /** Those of one pattern, among all the `losses` that can happen to it; a row that explains nothing is a fault. */
  of(pattern: string, losses: readonly Loss[]): readonly Loss[] {
    return rowsOf(pattern).flatMap(({ roles, uses, why }) => {
      assert.match(why, /^[A-Z].*\.$/, 'a reason is a sentence');
      return roles.flatMap((role) => {
        const explained = losses.filter((loss) => loss.role === role && (uses?.includes(loss.use) ?? true));
        const unknown = (uses ?? []).filter((use) => !explained.some((loss) => loss.use === use));
        assert.ok(explained.length > 0 && unknown.length === 0, `no use loses ${role}: ${unknown.join(', ')}`);
        return explained;
      });
    });
  },
};

function rowsOf(pattern: string): readonly Row[] {
  const file = new URL(`${pattern}.yaml`, FOLDER);
  return existsSync(file) ? (parse(readFileSync(file, 'utf8')) as Row[]) : [];
}
