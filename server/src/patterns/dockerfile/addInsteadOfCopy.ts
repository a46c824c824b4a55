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
      if (!sources.every(({ value }) => value !== undefined && isPlain(value))) continue;
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

/** Neither an address nor an archive; a pattern tells by the ending that it asks for. */
function isPlain(path: string): boolean {
  if (isRemote(path) || isTarArchive(path) || COMPRESSED.test(path)) return false;
  const afterPattern = /[*?\]]([^*?\]/]*)$/.exec(path)?.[1];
  return afterPattern === undefined || /\.[A-Za-z]\w*$/.test(afterPattern);
}

/** May hold a tar archive, whatever the name says. */
const COMPRESSED = /\.(?:gz|bz2|xz|zst|tzst|lzma|lz|Z)$/;
