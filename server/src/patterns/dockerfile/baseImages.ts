import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { stageUses } from '../../languages/dockerfile/stageSettings.ts';
import { type ImageReference, parseImageReference } from '../../languages/imageReference.ts';
import type { Span } from '../../text/sourceText.ts';

/** An image of elsewhere that a Dockerfile takes something from. */
export interface UsedImage {
  readonly reference: ImageReference;
  readonly text: string;
  readonly span: Span;
  readonly from: 'FROM' | 'COPY' | 'mount';
}

/**
 * The images that a file names in full. A bare name in `--from` may be a build context that is given on the command
 * line, so only names with a registry, folder, tag or digest count there.
 */
export function usedImages(file: DockerfileFile): UsedImage[] {
  return stageUses(file).flatMap((use): UsedImage[] => {
    const { text, span, from } = use;
    if (use.stage || text.includes('$') || text === 'scratch') return [];
    if (from !== 'FROM' && !/[/:@]/.test(text)) return [];
    const reference = parseImageReference(text);
    return reference ? [{ reference, text, span, from }] : [];
  });
}
