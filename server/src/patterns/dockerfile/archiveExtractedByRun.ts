import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { readArguments } from '../../languages/shell/commandArguments.ts';
import type { CommandUse } from '../../languages/shell/commandUses.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { fileCopies, isTarArchive } from './fileCopies.ts';

/** ADD unpacks a local archive in one step; copied first, the archive stays in its own layer for ever. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/archive-extracted-by-run',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['hadolint:DL3010'],
  *check(file) {
    const runs = stageRuns(file);
    for (const { instruction, stage, sources, destination, from } of fileCopies(file)) {
      if (instruction.keyword !== 'COPY' || from !== undefined) continue;
      for (const { value, span } of sources) {
        if (value === undefined || !isTarArchive(value)) continue;
        const fileName = value.slice(value.lastIndexOf('/') + 1);
        const later = runs.filter((run) => run.stage === stage && run.instruction.order > instruction.order);
        const use = later
          .flatMap((run) => run.commands)
          .find((candidate) => extracts(candidate, fileName, destination.value));
        if (!use) continue;
        yield {
          at: placeOf(file, span),
          message: `${fileName} stays in a layer of its own, although it is only unpacked; ADD would unpack it here.`,
          related: [{ at: placeOf(file, use.command.span), message: 'It is unpacked here.' }],
        };
      }
    }
  },
});

function extracts(use: CommandUse, fileName: string, destination: string | undefined): boolean {
  if (use.name !== 'tar') return false;
  const words = use.arguments;
  // The first word of tar may be a row of letters without a dash.
  const letters = words[0]?.text?.replace(/^-(?!-)/, '') ?? '';
  const { options } = readArguments(words, { valued: new Set(['-f', '-C']) });
  const unpacks =
    (!letters.startsWith('-') && letters.includes('x')) ||
    options.some(({ name }) => name === '-x' || name === '--extract' || name === '--get');
  if (!unpacks) return false;
  return words.some(
    ({ text }) => text !== undefined && (text === destination || text.slice(text.lastIndexOf('/') + 1) === fileName),
  );
}
