import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { expandVariables } from '../../languages/dockerfile/expandVariables.ts';
import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';
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

/** The images that FROM takes when no build argument says otherwise; `text` is what the defaults make of it. */
export function imagesByDefault(file: DockerfileFile): UsedImage[] {
  const { global } = variableScopes(file);
  const names = new Set(file.stages.map(({ name }) => name));
  return file.stages.flatMap(({ image }): UsedImage[] => {
    if (!image?.text.includes('$')) return [];
    const { value } = expandVariables(image.text, file.escape, (name) => global.defaultValue(name));
    const reference = value === undefined || names.has(value.toLowerCase()) ? undefined : parseImageReference(value);
    return reference && value !== 'scratch' ? [{ reference, text: value!, span: image.span, from: 'FROM' }] : [];
  });
}
