import type { Assignment } from '../../languages/dockerfile/dockerfileFile.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/** `ENV name value` takes the rest of the line, so a second variable in it is part of the first one's value. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/legacy-key-value',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['buildkit:LegacyKeyValueFormat'],
  *check(file) {
    for (const outer of file.instructions) {
      const instruction = outer.trigger ?? outer;
      for (const assignment of instruction.assignments) {
        if (!assignment.legacy || !assignment.value) continue;
        const written = modernForm(assignment);
        yield {
          at: placeOf(file, assignment.span),
          message: `${instruction.keyword} ${assignment.name} is written without "=".`,
          fixes:
            written === undefined
              ? []
              : [
                  {
                    title: `Write ${written.length > 60 ? `${assignment.name}=…` : written}`,
                    safe: true,
                    edits: () => [replace(file, assignment.span, written)],
                  },
                ],
        };
      }
    }
  },
});

/** The same value after `=`; undefined where quotes or line breaks in it make that less than certain. */
function modernForm({ name, value, span }: Assignment): string | undefined {
  const text = value!.text;
  const isOneLine = span.end - span.start >= name.length + 1 + text.length && !text.includes('\n');
  if (!isOneLine || value!.span.end - value!.span.start !== text.length) return undefined;
  if (/^"[^"\\]*"$/.test(text) || /^'[^']*'$/.test(text) || !/[\s"'\\]/.test(text)) return `${name}=${text}`;
  return /["'\\]/.test(text) ? undefined : `${name}="${text}"`;
}
