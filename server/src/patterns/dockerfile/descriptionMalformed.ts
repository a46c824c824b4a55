import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/**
 * `docker build --call=outline` shows the comment above an ARG or a named stage, when it begins with the name. Strict:
 * most such comments were never meant for that.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/description-malformed',
  severity: 'information',
  profile: 'strict',
  equivalents: ['buildkit:InvalidDefinitionDescription'],
  *check(file) {
    for (const { keyword, from, assignments, commentsAbove } of file.instructions) {
      const names =
        keyword === 'ARG'
          ? assignments.map((one) => one.name)
          : keyword === 'FROM' && from?.name
            ? [from.name.text]
            : [];
      const comment = commentsAbove[commentsAbove.length - 1];
      if (names.length === 0 || !comment || /^(?:hadolint|slipway)\b/.test(comment.text)) continue;
      if (names.some((name) => commentsAbove.some(({ text }) => text.startsWith(`${name} `)))) continue;
      yield { at: placeOf(file, comment.span), message: `A description of ${names[0]} begins with its name.` };
    }
  },
});
