type Version = readonly [number, number, number];

/**
 * The lowest version that a constraint (`~> 1.5, != 1.5.3`) admits, as far as `=`, `>=`, `>` and `~>` say; 0.0.0 where
 * nothing bounds it from below. Undefined when it is not a constraint.
 */
export function lowestVersion(constraint: string): Version | undefined {
  let lowest: Version = [0, 0, 0];
  for (const part of constraint.split(',')) {
    const match = /^\s*(=|!=|>=|<=|>|<|~>)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-[\w.]+)?\s*$/.exec(part);
    if (!match) return undefined;
    const version: Version = [Number(match[2]), Number(match[3] ?? 0), Number(match[4] ?? 0)];
    if (['!=', '<', '<='].includes(match[1] ?? '=')) continue;
    if (compareVersions(version, lowest) > 0) lowest = version;
  }
  return lowest;
}

/** Negative when `a` is older than `b`. */
export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
