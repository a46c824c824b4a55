import { baseSystem } from '../../languages/dockerfile/baseSystem.ts';
import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import type { InstructionScript } from '../../languages/dockerfile/instructionScripts.ts';
import { type StageRun, stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { CommandUse } from '../../languages/shell/commandUses.ts';
import type { ShellCommand, ShellPipeline, SimpleCommand } from '../../languages/shell/shellScript.ts';
import type { Fix } from '../../rules/contract.ts';
import { defineDockerfileRule, insert, placeOf } from './dockerfileRule.ts';

const HARMLESS: ReadonlySet<string> = new Set(['echo', 'printf', 'yes', 'true', ':']);
const RUNS_ITS_INPUT = /^(?:sh|bash|dash|ash|zsh|python[\d.]*|node|perl|ruby|php|apt-key|sudo)$/;

/**
 * The status of a pipe is that of its last command, so a failed download goes on as if it had worked. A script that
 * comes through the pipe is then simply empty, which nothing notices; most other programs stumble over it themselves, so
 * only the strict profile speaks of those.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/pipe-without-pipefail',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL4006', 'kics:shell_running_a_pipe_without_pipefail_flag'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const script of run.scripts) {
        if (script.form === 'exec' || setsPipefail(script)) continue;
        const seen = new Set<ShellPipeline>();
        const useOf = new Map(script.commands.map((use) => [use.command as ShellCommand, use]));
        for (const use of script.commands) {
          const { pipeline } = use;
          if (pipeline.pipes.length === 0 || seen.has(pipeline) || use.condition) continue;
          seen.add(pipeline);
          if (pipeline.commands.slice(0, -1).every(isHarmless)) continue;
          if (use.innerOf?.arguments.some((word) => word.written.includes('pipefail'))) continue;
          const last = useOf.get(pipeline.commands.at(-1)!);
          const first = useOf.get(pipeline.commands[0]!);
          const isCertain =
            last !== undefined && RUNS_ITS_INPUT.test(last.name) && (first?.name === 'curl' || first?.name === 'wget');
          yield {
            at: placeOf(file, pipeline.pipes[0]!),
            message: `A failure of ${nameOf(first)} goes unnoticed: the pipe ends as ${nameOf(last)} does.`,
            ...(isCertain ? {} : ({ strict: true } as const)),
            fixes: setPipefail(file, run, script),
          };
        }
      }
    }
  },
});

function nameOf(use: CommandUse | undefined): string {
  return use?.name ?? 'the other command';
}

/** Through SHELL, the options of the shell, or `set -o pipefail` in the script. */
function setsPipefail({ shellOptions, commands }: InstructionScript): boolean {
  if (shellOptions.includes('pipefail') || shellOptions.some((option) => /pipefail/.test(option))) return true;
  return commands.some(
    (use) =>
      (use.name === 'set' || use.name === 'shopt') && use.arguments.some((word) => word.written.includes('pipefail')),
  );
}

function isHarmless(command: ShellPipeline['commands'][number]): boolean {
  return command.kind === 'simple' && HARMLESS.has((command as SimpleCommand).words[0]?.text ?? '');
}

/** Only bash and the shell of BusyBox are known to take the option. */
function setPipefail(file: DockerfileFile, run: StageRun, script: InstructionScript): Fix[] {
  const { family } = baseSystem(file, run.stage);
  const takesIt = script.shell === 'bash' || family === 'alpine' || family === 'busybox';
  const start = script.parsed.script.items[0]?.pipeline.span.start;
  if (!takesIt || start === undefined || run.instruction.json) return [];
  const { source } = file;
  const text = script.form === 'line' ? 'set -o pipefail && ' : `set -o pipefail${source.lineBreak}`;
  return [{ title: 'Set pipefail in this RUN', safe: true, edits: () => [insert(file, start, text)] }];
}
