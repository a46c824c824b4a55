import { defineDockerfileRule, insert, placeOf } from './dockerfileRule.ts';
import { fileCopies } from './fileCopies.ts';

/** Several files need a folder, and only a trailing slash says that the destination is one: the builder refuses the rest. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/copy-many-without-slash',
  severity: 'error',
  profile: 'recommended',
  equivalents: ['hadolint:DL3021', 'kics:copy_with_more_than_two_arguments_not_ending_with_slash', 'trivy:DS-0011'],
  *check(file) {
    for (const { instruction, sources, heredocCount, destination } of fileCopies(file)) {
      const { value } = destination;
      if (sources.length + heredocCount < 2 || value === undefined || /[\\/]$/.test(value)) continue;
      // "." and ".." are folders by themselves.
      if (/(?:^|[\\/])\.\.?$/.test(value)) continue;
      const end = destination.span.end - (instruction.json || /["']$/.test(destination.written) ? 1 : 0);
      yield {
        at: placeOf(file, destination.span),
        message: `${instruction.keyword} of several files needs a folder: ${value}/.`,
        fixes: [{ title: 'Add the slash', safe: true, edits: () => [insert(file, end, '/')] }],
      };
    }
  },
});
