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
    const unpacks = stageRuns(file).flatMap((run) =>
      run.commands.flatMap((use) => (use.name === 'tar' || DECOMPRESSES.test(use.name) ? [{ run, use }] : [])),
    );
    if (unpacks.length === 0) return;
    for (const { instruction, stage, sources, destination, from } of fileCopies(file)) {
      if (instruction.keyword !== 'COPY' || from !== undefined) continue;
      for (const { value, span } of sources) {
        if (value === undefined || !isTarArchive(value)) continue;
        const fileName = value.slice(value.lastIndexOf('/') + 1);
        const found = unpacks.find(
          ({ run, use }) =>
            run.stage === stage &&
            run.instruction.order > instruction.order &&
            extracts(use, fileName, destination.value),
        );
        if (!found) continue;
        yield {
          at: placeOf(file, span),
          message: `${fileName} stays in a layer of its own, although it is only unpacked; ADD would unpack it here.`,
          related: [{ at: placeOf(file, found.use.command.span), message: 'It is unpacked here.' }],
        };
      }
    }
  },
});

function extracts(use: CommandUse, fileName: string, destination: string | undefined): boolean {
  const words = use.arguments;
  const isNamed = words.some(
    ({ text }) => text !== undefined && (text === destination || text.slice(text.lastIndexOf('/') + 1) === fileName),
  );
  if (use.name !== 'tar') return isNamed;
  // The first word of tar may be a row of letters without a dash.
  const letters = words[0]?.text?.replace(/^-(?!-)/, '') ?? '';
  const { options } = readArguments(words, { valued: new Set(['-f', '-C']) });
  const unpacks =
    (!letters.startsWith('-') && letters.includes('x')) ||
    options.some(({ name }) => name === '-x' || name === '--extract' || name === '--get');
  return unpacks && isNamed;
}

/** Programs that take the outer shell of a `.tar.gz` off, for tar to do the rest. */
const DECOMPRESSES = /^(?:g?unzip|bunzip2|unxz|unlzma|unzstd|uncompress|[bgxz]?zcat|xzcat)$/;
