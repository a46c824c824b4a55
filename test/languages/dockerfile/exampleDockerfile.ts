import type { DockerfileFile } from '../../../server/src/languages/dockerfile/dockerfileFile.ts';
import { parseDockerfile } from '../../../server/src/languages/dockerfile/parseDockerfile.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

/** The model of a text, under a name that no test depends on. */
export function parsed(text: string): DockerfileFile {
  return parseDockerfile(new SourceText('file:///cart/Dockerfile', text));
}

/** Cuts the `│` out of a text and tells where it stood. */
export function atCursor(marked: string): { file: DockerfileFile; offset: number } {
  const offset = marked.indexOf('│');
  if (offset < 0) throw new Error('The text has no │.');
  return { file: parsed(marked.replace('│', '')), offset };
}
