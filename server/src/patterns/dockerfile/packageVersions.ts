import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { PackageCommand, PackageManager } from '../../languages/shell/packageCommands.ts';
import type { ShellWord } from '../../languages/shell/shellScript.ts';
import type { Finding } from '../../rules/contract.ts';
import { placeOf } from './dockerfileRule.ts';

/** The packages that a manager installs without a version. Words that a variable decides are left out. */
export function* unpinnedPackages(
  file: DockerfileFile,
  managers: readonly PackageManager[],
  packagesOf: (command: PackageCommand) => readonly ShellWord[],
  isPinned: (text: string) => boolean,
): Iterable<Finding> {
  for (const run of stageRuns(file)) {
    for (const command of run.packages) {
      if (!managers.includes(command.manager)) continue;
      const unpinned = packagesOf(command).filter(({ text }) => text !== undefined && text !== '' && !isPinned(text));
      for (const word of unpinned) {
        yield { at: placeOf(file, word.span), message: `${word.text} is installed in whatever version there is.` };
      }
    }
  }
}

/** A file, an address or a pattern: no name of a package in an index. */
export function isLocalOrRemote(text: string): boolean {
  return /^[./~]|^[A-Za-z][A-Za-z0-9+.-]*:|\//.test(text);
}
