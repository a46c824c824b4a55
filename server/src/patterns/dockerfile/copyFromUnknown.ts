import { stageUses } from '../../languages/dockerfile/stageSettings.ts';
import { nearestName } from '../../text/nearestName.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/**
 * `--from` names an earlier stage, an image or a build context. Numbers and later stages are certainly wrong, and so is
 * what is nearly a stage's name; any other bare name may be an image or a context, so only the strict profile asks.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/copy-from-unknown',
  severity: 'error',
  profile: 'recommended',
  equivalents: ['hadolint:DL3022'],
  *check(file) {
    for (const { instruction, text, span, stage, from } of stageUses(file)) {
      if (from === 'FROM' || text === '' || text.includes('$') || /[/:@]/.test(text)) continue;
      const at = placeOf(file, span);
      const isDeferred = file.instructions[instruction.order]?.trigger !== undefined;
      if (isDeferred) continue;
      if (stage && stage.index > instruction.stage) {
        yield {
          at,
          message: `The stage ${text} stands below, and only earlier stages can be copied from.`,
          related: [{ at: placeOf(file, stage.instruction.headSpan), message: `The stage ${text}.` }],
        };
      } else if (!stage && /^\d+$/.test(text)) {
        yield { at, message: `There is no stage ${text}: stages are counted from 0.` };
      } else if (!stage) {
        const earlier = file.stages.slice(0, Math.min(instruction.stage, MOST_STAGES));
        const nearest = nearestName(
          text,
          earlier.flatMap((other) => other.nameWord?.text ?? []),
        );
        if (nearest !== undefined) {
          yield {
            at,
            message: `There is no stage ${text}; did you mean ${nearest}?`,
            fixes: [{ title: `Write ${nearest}`, safe: false, edits: () => [replace(file, span, nearest)] }],
          };
        } else {
          yield { at, message: `${text} is no stage of this file.`, severity: 'information', strict: true };
        }
      }
    }
  },
});

/** No person writes more, and only persons mistype. */
const MOST_STAGES = 200;
