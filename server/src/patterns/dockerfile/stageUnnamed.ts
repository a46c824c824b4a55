import { stageUses } from '../../languages/dockerfile/stageSettings.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/** A number means another stage as soon as somebody adds one above. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/stage-unnamed',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['kics:using_unnamed_build_stages'],
  *check(file) {
    for (const { text, span, stage, from } of stageUses(file)) {
      if (!stage || from === 'FROM' || !/^\d+$/.test(text)) continue;
      const name = stage.nameWord?.text;
      yield {
        at: placeOf(file, span),
        message:
          name === undefined
            ? `Stage ${text} has no name, and its number changes with every stage above it.`
            : `Stage ${text} is called ${name}, and its number changes with every stage above it.`,
        related: [{ at: placeOf(file, stage.instruction.headSpan), message: `Stage ${text}.` }],
        fixes:
          name === undefined ? [] : [{ title: `Write ${name}`, safe: true, edits: () => [replace(file, span, name)] }],
      };
    }
  },
});
