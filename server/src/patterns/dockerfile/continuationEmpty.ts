import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/** The builder still steps over blank lines inside an instruction, and has announced that it will stop to. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/continuation-empty',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['buildkit:NoEmptyContinuation'],
  *check(file) {
    const { source } = file;
    for (const instruction of file.instructions) {
      const lines = instruction.emptyContinuations;
      const [first] = lines;
      if (!first) continue;
      const isInside = lines.every((line) => line.start < instruction.headSpan.end);
      yield {
        at: placeOf(file, instruction.keywordSpan),
        message: `${instruction.keyword} goes on behind a blank line (line ${source.lineAt(first.start) + 1}).`,
        related: lines.map((span) => ({ at: placeOf(file, span), message: 'A blank line.' })),
        fixes: isInside
          ? [
              {
                title: 'Remove the blank lines',
                safe: true,
                edits: () =>
                  lines.map(({ start }) =>
                    replace(
                      file,
                      { start, end: source.lineStarts[source.lineAt(start) + 1] ?? source.text.length },
                      '',
                    ),
                  ),
              },
            ]
          : [],
      };
    }
  },
});
