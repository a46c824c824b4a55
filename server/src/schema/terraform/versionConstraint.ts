/** A version in its parts; a pre-release counts as the version that it leads to. */
type Version = readonly number[];

interface Condition {
  readonly operator: string;
  readonly version: Version;
  /** How many parts were written: `~> 5.1` and `~> 5.1.0` differ. */
  readonly parts: number;
}

/** Whether a version meets a constraint as Terraform writes it; undefined where the constraint cannot be read. */
export function meets(version: string, constraint: string): boolean | undefined {
  const wanted = versionOf(version);
  const conditions = constraint.split(',').map((part) => conditionOf(part.trim()));
  if (!wanted || conditions.some((condition) => condition === undefined)) return undefined;
  return conditions.every((condition) => isMet(wanted, condition!));
}

/** Whether two versions have the same first number: a provider changes its schema in the next one. */
export function isSameMajor(a: string, b: string): boolean {
  const [first, second] = [versionOf(a), versionOf(b)];
  return first !== undefined && second !== undefined && first[0] === second[0];
}

/** Negative where `a` is older than `b`. Undefined where either is no version. */
export function compareVersions(a: string, b: string): number | undefined {
  const [first, second] = [versionOf(a), versionOf(b)];
  return first && second && compare(first, second);
}

function conditionOf(text: string): Condition | undefined {
  const [, operator = '=', written] = /^(=|!=|>=|<=|>|<|~>)?\s*v?(\S+)$/.exec(text) ?? [];
  const version = written === undefined ? undefined : versionOf(written);
  return version && { operator, version, parts: written!.split(/[-+]/)[0]!.split('.').length };
}

function versionOf(text: string): Version | undefined {
  const [core] = text.trim().replace(/^v/, '').split(/[-+]/);
  if (!/^\d+(?:\.\d+){0,2}$/.test(core ?? '')) return undefined;
  const parts = core!.split('.').map(Number);
  return [parts[0]!, parts[1] ?? 0, parts[2] ?? 0];
}

function compare(a: Version, b: Version): number {
  for (let index = 0; index < 3; index++) if (a[index] !== b[index]) return a[index]! - b[index]!;
  return 0;
}

function isMet(version: Version, { operator, version: wanted, parts }: Condition): boolean {
  const order = compare(version, wanted);
  switch (operator) {
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '~>': {
      // Only the last part that is written may grow.
      const fixed = Math.max(1, parts - 1);
      return order >= 0 && version.slice(0, fixed).every((part, index) => part === wanted[index]);
    }
    default:
      return order === 0;
  }
}
