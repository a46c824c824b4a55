import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/**
 * `cd` holds until the RUN ends. A RUN that ends with it does nothing; any other use is only a matter of taste, for the
 * strict profile.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/cd-instead-of-workdir',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3003', 'kics:run_command_cd_instead_of_workdir', 'trivy:DS-0013'],
  *check(file) {
    for (const { instruction, scripts, commands } of stageRuns(file)) {
      const last = commands[commands.length - 1];
      for (const use of commands) {
        const target = use.arguments[0];
        if (use.name !== 'cd' || use.nested || use.substituted || !target) continue;
        if (use === last && use.item.separator === undefined && scripts.length === 1) {
          const isOnly =
            commands.length === 1 &&
            target.text !== undefined &&
            use.arguments.length === 1 &&
            instruction.flags.length === 0;
          yield {
            at: placeOf(file, use.command.span),
            message: `cd ${target.written} ends with this RUN; the next instruction starts where this one did.`,
            fixes: isOnly
              ? [
                  {
                    title: `Write WORKDIR ${target.written}`,
                    safe: true,
                    edits: () => [
                      replace(
                        file,
                        instruction.span,
                        `${instruction.written === 'run' ? 'workdir' : 'WORKDIR'} ${target.text}`,
                      ),
                    ],
                  },
                ]
              : [],
          };
          continue;
        }
        yield {
          at: placeOf(file, use.command.span),
          message: `cd ${target.written} holds only in this RUN; WORKDIR holds for all that follow.`,
          strict: true,
        };
      }
    }
  },
});
