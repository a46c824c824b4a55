import type { DockerfileStage } from '../../languages/dockerfile/dockerfileFile.ts';
import { type StageRun, stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { hasOption } from '../../languages/shell/commandArguments.ts';
import type { CommandUse } from '../../languages/shell/commandUses.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { type FileCopy, fileCopies } from './fileCopies.ts';

/**
 * Every change of any file makes the whole context new, and with it all that stands below. With the list of dependencies
 * copied first, they are installed again only when the list changes.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/dependencies-after-sources',
  severity: 'information',
  profile: 'recommended',
  *check(file) {
    const copies = fileCopies(file);
    const copiesOfStage = new Map<DockerfileStage, FileCopy[]>();
    for (const copy of copies) {
      if (copy.deferred || copy.from !== undefined) continue;
      const own = copiesOfStage.get(copy.stage);
      if (own) own.push(copy);
      else copiesOfStage.set(copy.stage, [copy]);
    }
    for (const [stage, own] of copiesOfStage) {
      const whole = own.find(({ sources }) => sources.some(({ value }) => value === '.' || value === './'));
      if (!whole) continue;
      const before = own
        .filter((copy) => copy.instruction.order < whole.instruction.order)
        .flatMap((copy) => copy.sources);
      for (const run of stageRuns(file)) {
        if (run.stage !== stage || run.deferred || run.instruction.order < whole.instruction.order) continue;
        const found = installOf(run);
        if (!found) continue;
        // Bound into the RUN, or copied before the rest: the order is already as it should be. A cache keeps what is installed.
        const isPrepared =
          before.some(({ value }) => value === undefined || found.lists.test(value)) ||
          run.instruction.flags.some(
            ({ name, options }) =>
              name === 'mount' && options.some(({ value }) => value === 'cache' || found.lists.test(value ?? '')),
          );
        if (isPrepared) continue;
        yield {
          at: placeOf(file, found.use.command.span),
          message: `Every change of any file runs this ${found.use.name} again: the whole context is copied before it.`,
          related: [{ at: placeOf(file, whole.instruction.headSpan), message: 'The whole context is copied here.' }],
        };
        break;
      }
    }
  },
});

interface Installation {
  readonly use: CommandUse;
  /** The files that say what is installed. */
  readonly lists: RegExp;
}

function installOf(run: StageRun): Installation | undefined {
  for (const { manager, action, read, use } of run.packages) {
    if (
      manager === 'npm' &&
      (action === 'ci' || (action === 'install' && read.operands.length === 0 && !hasOption(read, '-g', '--global')))
    ) {
      return { use, lists: /package(?:-lock)?\*?\.json|package\*/ };
    }
    if (manager === 'yarn' && (action === '' || action === 'install') && !hasOption(read, '--version', '-v'))
      return { use, lists: /package|yarn\.lock/ };
    const file = read.options.find(({ name }) => name === '-r' || name === '--requirement')?.value;
    if (manager === 'pip' && action === 'install' && file !== undefined) return { use, lists: /require|\.txt|\.toml/ };
    if (manager === 'go' && action === 'mod' && read.operands[0]?.text === 'download')
      return { use, lists: /go\.(?:mod|sum)|go\.\*/ };
  }
  for (const use of run.commands) {
    const [first] = use.arguments;
    if (use.name === 'bundle' && first?.text === 'install') return { use, lists: /Gemfile/ };
    if (use.name === 'composer' && first?.text === 'install') return { use, lists: /composer/ };
    if (use.name === 'pnpm' && (first?.text === 'install' || first?.text === 'i'))
      return { use, lists: /package|pnpm/ };
    if (use.name === 'poetry' && first?.text === 'install') return { use, lists: /pyproject|poetry/ };
    if (use.name === 'pipenv' && (first?.text === 'install' || first?.text === 'sync'))
      return { use, lists: /Pipfile/ };
    if (use.name === 'dotnet' && first?.text === 'restore') return { use, lists: /proj|\.sln|packages/ };
  }
  return undefined;
}
