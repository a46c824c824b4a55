import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { hasOption, readArguments } from '../../languages/shell/commandArguments.ts';
import type { CommandUse } from '../../languages/shell/commandUses.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/**
 * Pipes that one program does without, or that stumble over names with blanks. Strict: in a build the files are known, and
 * what is left is taste.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/pipe-avoidable',
  severity: 'information',
  profile: 'strict',
  equivalents: ['SC2002', 'SC2009', 'SC2010', 'SC2011', 'SC2012', 'SC2038', 'SC2126'].map((id) => `hadolint:${id}`),
  *check(file) {
    for (const run of stageRuns(file)) {
      const useOf = new Map(run.commands.map((use) => [use.command, use]));
      for (const use of run.commands) {
        const { commands, pipes } = use.pipeline;
        const place = commands.indexOf(use.command);
        const following = commands[place + 1];
        const next = following?.kind === 'simple' ? useOf.get(following) : undefined;
        const message = place >= 0 && next ? messageOf(use, next, place === 0) : undefined;
        if (message !== undefined) yield { at: placeOf(file, pipes[place]!), message };
      }
    }
  },
});

function messageOf(use: CommandUse, next: CommandUse, isFirst: boolean): string | undefined {
  const { options, operands } = readArguments(use.arguments);
  const throughXargs = next.wrappers.includes('xargs');
  const nextName = throughXargs ? 'xargs' : next.name;
  if (use.wrappers.length > 0) return undefined;
  if (use.name === 'cat' && isFirst) {
    const isOneFile = operands.length === 1 && options.length === 0 && operands[0]!.text !== '-';
    const isRead = isOneFile && use.command.redirections.length === 0 && !throughXargs;
    return isRead ? `${nextName} can read ${operands[0]!.written} itself, by < or as its argument.` : undefined;
  }
  if (use.name === 'grep' && next.name === 'wc') {
    const counts = next.arguments.length === 1 && next.arguments[0]!.text === '-l';
    return counts && !options.some(({ name }) => /^-(?:o|-only-matching|A|B|C|r|R|-recursive)$/.test(name))
      ? 'grep -c counts the lines itself.'
      : undefined;
  }
  if (use.name === 'ps' && next.name === 'grep') return 'pgrep finds processes, and never itself.';
  if (use.name === 'ls') {
    if (throughXargs || nextName === 'xargs')
      return 'Names with blanks in them become several arguments; find -exec keeps them whole.';
    return `What ls prints is made for people; a pattern or find gives ${nextName} the names as they are.`;
  }
  if (use.name === 'find' && (throughXargs || nextName === 'xargs')) {
    const prints = use.arguments.some(({ text }) => text === '-print0' || text === '-printf' || text === '-exec');
    const words = throughXargs ? next.command.words : next.arguments;
    const takes = hasOption(readArguments(words), '-0', '--null', '-d', '--delimiter');
    return prints || takes
      ? undefined
      : 'Names with blanks in them become several arguments: -print0 and xargs -0 keep them whole.';
  }
  return undefined;
}
