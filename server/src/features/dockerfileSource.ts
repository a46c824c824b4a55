import { completionsAt } from '../languages/dockerfile/dockerfileCompletion.ts';
import type { DockerfileFile } from '../languages/dockerfile/dockerfileFile.ts';
import { hoverAt } from '../languages/dockerfile/dockerfileHover.ts';
import { definitionsAt, referencesAt, renameAt, renameSpanAt } from '../languages/dockerfile/dockerfileNavigation.ts';
import { formatDockerfile } from '../languages/dockerfile/formatDockerfile.ts';
import type { LoadedFile } from '../workspace/world.ts';
import type { Completion, FeatureSource } from './languageFeatures.ts';

/** What a Dockerfile says of itself: instructions, flags, stages and variables. */
export const dockerfileSource: FeatureSource = {
  *completions({ file, offset }) {
    const dockerfile = read(file);
    for (const { documentation, ...offer } of dockerfile ? completionsAt(dockerfile, offset) : []) {
      yield {
        ...offer,
        ...(documentation === undefined ? {} : { documentation: () => documentation }),
      } satisfies Completion;
    }
  },
  explain({ file, offset }) {
    const dockerfile = read(file);
    return dockerfile && hoverAt(dockerfile, offset);
  },
  *definitions({ file, offset }) {
    const dockerfile = read(file);
    const { source } = file.parsed;
    if (dockerfile) for (const span of definitionsAt(dockerfile, offset)) yield { source, span };
  },
  *references({ file, offset }) {
    const dockerfile = read(file);
    const { source } = file.parsed;
    if (dockerfile) for (const span of referencesAt(dockerfile, offset)) yield { source, span };
  },
  renameSpan({ file, offset }) {
    const dockerfile = read(file);
    return dockerfile && renameSpanAt(dockerfile, offset);
  },
  rename({ file, offset }, newName) {
    const dockerfile = read(file);
    if (!dockerfile) return { status: 'refused', reason: 'Nothing here can be renamed.' };
    return renameAt(dockerfile, offset, newName);
  },
  format(file, options) {
    const dockerfile = read(file);
    return dockerfile ? formatDockerfile(dockerfile, options) : [];
  },
};

function read({ parsed }: LoadedFile): DockerfileFile | undefined {
  return parsed.language === 'dockerfile' ? (parsed as DockerfileFile) : undefined;
}
