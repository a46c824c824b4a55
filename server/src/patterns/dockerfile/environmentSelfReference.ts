import { variableReferences } from '../../languages/dockerfile/expandVariables.ts';
import type { Finding } from '../../rules/contract.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/** All values of one ENV are read before any of its names is set, so a reference to a neighbour gives its old value. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/environment-self-reference',
  severity: 'error',
  profile: 'recommended',
  equivalents: ['hadolint:DL3044'],
  *check(file): Iterable<Finding> {
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'ENV') continue;
      const { assignments } = instruction;
      for (const [index, assignment] of assignments.entries()) {
        const { value } = assignment;
        if (!value?.text.includes('$')) continue;
        for (const { name, span } of variableReferences(value.text, file.escape)) {
          const neighbour = assignments.findIndex((other) => other.name === name);
          if (neighbour < 0 || name === assignment.name) continue;
          const before = assignments[index - 1];
          const between = before && { start: before.span.end, end: assignment.span.start };
          const isPlain = between && /^[\s\\`]*$/.test(file.source.slice(between));
          yield {
            at: placeOf(file, instruction.head.span(value.start + span.start, value.start + span.end)),
            message: `${name} has its old value here: this ENV sets it only when all its values are read.`,
            related: [{ at: placeOf(file, assignments[neighbour]!.nameSpan), message: `${name} is set here.` }],
            fixes:
              isPlain && neighbour < index
                ? [
                    {
                      title: `Set ${assignment.name} in an ENV of its own`,
                      safe: true,
                      edits: () => [replace(file, between, `${file.source.lineBreak}${instruction.written} `)],
                    },
                  ]
                : [],
          };
        }
      }
    }
  },
});
