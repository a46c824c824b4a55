import { stageRuns, variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import type { ShellWord } from '../../languages/shell/shellScript.ts';
import type { Span } from '../../text/sourceText.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/**
 * When the variable is empty, `rm -rf "$DIR"/*` empties the root of the file system. Strict, because the base image may
 * set it; variables that this file or the script gives a value are left alone.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/removes-below-variable',
  severity: 'warning',
  profile: 'strict',
  equivalents: ['hadolint:SC2115'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const { name, arguments: words } of run.commands) {
        const isRecursive = words.some(({ text }) => /^(?:-[a-zA-Z]*[rR][a-zA-Z]*|--recursive)$/.test(text ?? ''));
        if (name !== 'rm' || !isRecursive) continue;
        for (const word of words) {
          const variable = variableBeforeSlash(word);
          if (!variable || isSetBy(file.source.slice(run.instruction.span), variable.name)) continue;
          if (variableScopes(file).definitionAt(variable.name, run.instruction)?.value) continue;
          yield {
            at: placeOf(file, word.span),
            message: `When ${variable.name} is empty, this removes ${variable.rest} of the whole file system.`,
            fixes: [
              {
                title: `Stop when ${variable.name} is empty`,
                safe: true,
                edits: () => [replace(file, variable.span, `\${${variable.name}:?}`)],
              },
            ],
          };
        }
      }
    }
  },
});

/** The variable that a path begins with, and the path below it. */
function variableBeforeSlash({ parts }: ShellWord): { name: string; rest: string; span: Span } | undefined {
  const [first, second] = parts;
  if (first?.kind !== 'parameter' || first.operator !== undefined || !/^[A-Za-z_]/.test(first.name)) return undefined;
  if (second?.kind !== 'literal' || !second.text.startsWith('/')) return undefined;
  return { name: first.name, rest: second.text, span: first.span };
}

/** The script itself may set it: by an assignment, a loop, `read`. Any mention without a `$` counts. */
function isSetBy(script: string, name: string): boolean {
  return new RegExp(`(?<![$\\w{])${name}(?!\\w)`).test(script);
}
