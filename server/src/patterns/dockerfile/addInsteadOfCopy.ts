import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';
import { fileCopies, isRemote, isTarArchive } from './fileCopies.ts';

/** ADD unpacks archives and downloads; where it does neither, COPY says what happens. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/add-instead-of-copy',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3020', 'kics:add_instead_of_copy', 'checkov:CKV_DOCKER_4', 'trivy:DS-0005'],
  *check(file) {
    for (const { instruction, sources, hasFlag } of fileCopies(file)) {
      if (instruction.keyword !== 'ADD' || ['checksum', 'keep-git-dir', 'unpack'].some(hasFlag)) continue;
      // A pattern or a variable may stand for an archive.
      const isPlain = sources.every(
        ({ value }) => value !== undefined && !/[*?[]/.test(value) && !isRemote(value) && !isTarArchive(value),
      );
      if (!isPlain) continue;
      const copy = instruction.written === 'add' ? 'copy' : 'COPY';
      const what = sources[0]?.written ?? 'these lines';
      yield {
        at: placeOf(file, instruction.keywordSpan),
        message: `ADD does nothing for ${what} that COPY does not.`,
        fixes: [{ title: `Write ${copy}`, safe: true, edits: () => [replace(file, instruction.keywordSpan, copy)] }],
      };
    }
  },
});
