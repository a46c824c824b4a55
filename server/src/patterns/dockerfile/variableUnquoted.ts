import { stageRuns, variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/**
 * A value with a blank or a star in it becomes several words. Strict: most values in a Dockerfile are versions and paths,
 * and lists of packages are split on purpose. Values that the file itself gives, and that hold neither, are not spoken of.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/variable-unquoted',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:SC2086', 'hadolint:SC2046', 'hadolint:SC2048', 'hadolint:SC2068'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const use of run.commands) {
        const { name, arguments: words } = use;
        // Loops over words, and lists of packages, want the splitting.
        if (['[[', 'set', 'export', 'local', 'readonly'].includes(name)) continue;
        if (run.packageOf.has(use)) continue;
        for (const { parts } of words) {
          for (const part of parts) {
            if (part.kind !== 'parameter' && part.kind !== 'command') continue;
            // ${#name} is a number.
            if (file.source.slice(part.span).startsWith('${#')) continue;
            if (part.quoted || (part.kind === 'parameter' && isHarmless(part.name))) continue;
            if (part.kind === 'command' && isNumber(part.script.items[0]?.pipeline.commands[0])) continue;
            const value =
              part.kind === 'parameter'
                ? variableScopes(file).definitionAt(part.name, run.instruction)?.value
                : undefined;
            if (value !== undefined && !/[\s*?[]/.test(value)) continue;
            yield {
              at: placeOf(file, part.span),
              message: 'Without quotes, a value with blanks becomes several words.',
            };
          }
        }
      }
    }
  },
});

function isHarmless(name: string): boolean {
  return /^[#?$!\d]$/.test(name) || PLAIN_VALUES.has(name);
}

const PLAIN_VALUES: ReadonlySet<string> = new Set([
  'TARGETARCH',
  'TARGETOS',
  'TARGETPLATFORM',
  'TARGETVARIANT',
  'BUILDARCH',
  'BUILDOS',
  'BUILDPLATFORM',
  'UID',
  'EUID',
  'HOME',
  'PWD',
]);

/** `$(nproc)`, `$(id -u)`, `$(uname -m)` … give one word. */
function isNumber(command: { readonly kind: string } | undefined): boolean {
  if (command?.kind !== 'simple') return false;
  const name = (command as { words?: readonly { readonly text: string | undefined }[] }).words?.[0]?.text;
  return (
    name !== undefined &&
    ['nproc', 'id', 'uname', 'arch', 'date', 'dpkg', 'lsb_release', 'getconf', 'mktemp', 'pwd', 'hostname'].includes(
      name,
    )
  );
}
