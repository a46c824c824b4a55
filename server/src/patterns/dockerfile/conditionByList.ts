import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { CommandUse } from '../../languages/shell/commandUses.ts';
import type { ListItem, ShellCommand } from '../../languages/shell/shellScript.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** Commands after `||` that do no harm when the second command fails, and second commands that do not fail. */
const HARMLESS: ReadonlySet<string> = new Set(['echo', 'exit', 'return', 'printf', 'true', ':', 'false', '[', 'test']);

/** `a && b || c` runs `c` when `b` fails as well. Strict: often that is meant, or `b` can't fail. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/condition-by-list',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:SC2015'],
  *check(file) {
    for (const run of stageRuns(file)) {
      const seen = new Set<ListItem>();
      const useOf = new Map(run.commands.map((use) => [use.command as ShellCommand, use]));
      for (const use of run.commands) {
        const { list, index, item } = use;
        const second = list.items[index + 1];
        const third = list.items[index + 2];
        if (item.separator !== '&&' || second?.separator !== '||' || !third || use.condition || seen.has(item))
          continue;
        seen.add(item);
        // Of a longer row, only its last two commands are a choice between two ways.
        if (isHarmless(second, useOf) || isHarmless(third, useOf)) continue;
        yield {
          at: placeOf(file, second.separatorSpan!),
          message: `What follows || runs when ${nameOf(second, useOf)} fails as well, which if … else does not do.`,
        };
      }
    }
  },
});

function nameOf({ pipeline }: ListItem, useOf: ReadonlyMap<ShellCommand, CommandUse>): string {
  return useOf.get(pipeline.commands.at(-1)!)?.name ?? 'the command before it';
}

function isHarmless({ pipeline }: ListItem, useOf: ReadonlyMap<ShellCommand, CommandUse>): boolean {
  const [command] = pipeline.commands;
  if (pipeline.commands.length !== 1 || !command) return false;
  if (command.kind === 'compound') {
    const last = command.type === 'group' ? command.bodies[0]?.items.at(-1) : undefined;
    return command.type === 'test' || command.type === 'arithmetic' || (last !== undefined && isHarmless(last, useOf));
  }
  if (command.words.length === 0) return true;
  const name = useOf.get(command)?.name;
  return name === undefined || HARMLESS.has(name);
}
