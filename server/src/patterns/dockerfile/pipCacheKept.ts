import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { isUnkept, type StageRun, stageRuns, variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import { hasOption } from '../../languages/shell/commandArguments.ts';
import type { PackageCommand } from '../../languages/shell/packageCommands.ts';
import { mayRemove } from '../../languages/shell/removedPaths.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { addActionOption } from './runFixes.ts';
import { onlyStrictUnlessShipped } from './shippedLayers.ts';

/** pip keeps what it downloads for a next time that an image never has. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/pip-cache-kept',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['hadolint:DL3042', 'kics:pip_install_keeping_cached_packages'],
  *check(file) {
    for (const run of stageRuns(file)) {
      if (isTurnedOff(file, run)) continue;
      for (const command of run.packages) {
        const { manager, action, actionWord, read } = command;
        if (manager !== 'pip' || (action !== 'install' && action !== 'wheel') || !actionWord) continue;
        const isGiven =
          hasOption(read, '--no-cache-dir', '--no-cache', '--cache-dir') ||
          read.options.some(({ word }) => word.text === undefined);
        if (
          isGiven ||
          setsVariable(command) ||
          read.operands.some(
            (word) => word.text === undefined && word.prefix === '' && /opt|flag|arg/i.test(word.written),
          )
        )
          continue;
        yield {
          at: placeOf(file, actionWord.span),
          ...onlyStrictUnlessShipped(file, run),
          message: `${command.program} ${action} keeps its downloads in this layer.`,
          fixes: addActionOption(file, run, command, '--no-cache-dir', true),
        };
      }
    }
  },
});

const SETTINGS: readonly string[] = ['PIP_NO_CACHE_DIR', 'PIP_CACHE_DIR', 'XDG_CACHE_HOME', 'PIP_CONFIG_FILE'];

function isTurnedOff(file: DockerfileFile, run: StageRun): boolean {
  const scopes = variableScopes(file);
  // Any value counts: pip takes `PIP_NO_CACHE_DIR=off` for what it does not say.
  if (SETTINGS.some((name) => scopes.definitionAt(name, run.instruction))) return true;
  // The cache lies in the home folder of whoever builds.
  if (
    run.unkeptTargets.some((target) => /\.cache(?:\/pip)?$|\/pip|\$/.test(target)) ||
    isUnkept(run, '/root/.cache/pip')
  )
    return true;
  return run.commands.some((use) => {
    if (use.name === 'export')
      return use.arguments.some((word) => SETTINGS.some((name) => word.prefix.startsWith(`${name}=`)));
    if (mayRemove(use, '/root/.cache/pip')) return true;
    if (use.name === 'rm') return use.arguments.some((word) => /(?:^|[/"'])\.cache(?:["'/]|$)/.test(word.written));
    const command = run.packageOf.get(use);
    if (command?.manager !== 'pip') return false;
    const [what] = command.read.operands;
    return (
      command.action === 'config' || (command.action === 'cache' && ['purge', 'remove'].includes(what?.text ?? ''))
    );
  });
}

function setsVariable({ use }: PackageCommand): boolean {
  const assigned = use.command.assignments.map((assignment) => assignment.name);
  const byEnv = use.command.words.map((word) => word.prefix.split('=')[0]!);
  return [...assigned, ...byEnv].some((name) => SETTINGS.includes(name));
}
