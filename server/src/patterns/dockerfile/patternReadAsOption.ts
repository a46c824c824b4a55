import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, insert, placeOf } from './dockerfileRule.ts';

/** Commands whose arguments are files of the working directory, for which `./` changes nothing. */
const TAKES_FILES: ReadonlySet<string> = new Set([
  'rm',
  'cp',
  'mv',
  'ls',
  'cat',
  'chmod',
  'chown',
  'chgrp',
  'ln',
  'tar',
  'gzip',
  'gunzip',
  'install',
  'du',
  'stat',
  'touch',
  'wc',
  'sha256sum',
  'md5sum',
  'dpkg',
  'rpm',
]);

/** A file called `-rf` that fits `*` is read as an option. Strict: the files of a build are known. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/pattern-read-as-option',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:SC2035'],
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const { name, arguments: words } of run.commands) {
        if (!TAKES_FILES.has(name)) continue;
        for (const word of words) {
          if (word.text === '--') break;
          const [first] = word.parts;
          if (first?.kind !== 'literal' || first.quoted || !/^[*?]/.test(first.text)) continue;
          yield {
            at: placeOf(file, word.span),
            message: `A file whose name begins with a dash, among those that ${word.written} stands for, is read as an option of ${name}.`,
            fixes: run.instruction.json
              ? []
              : [{ title: `Write ./${word.written}`, safe: true, edits: () => [insert(file, word.span.start, './')] }],
          };
        }
      }
    }
  },
});
