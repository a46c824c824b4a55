/**
 * The pattern that protects a context, or undefined. A pattern is a context's name in which `*` stands for any text;
 * case does not count, because `PROD` is production too.
 */
export function protectingPattern(context: string, patterns: readonly string[]): string | undefined {
  return patterns.find((pattern) => {
    const source = pattern
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    return new RegExp(`^${source}$`, 'is').test(context);
  });
}
