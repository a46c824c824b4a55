import { DOCKERIGNORE, type DockerignoreFile, ignoringPattern } from '../../languages/dockerfile/dockerignore.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';
import { fileCopies, isRemote } from './fileCopies.ts';

/**
 * What `.dockerignore` leaves out is not in the build context, so COPY fails or copies less than it says. Spoken of only
 * where the ignore file stands beside the Dockerfile: elsewhere the context can't be told.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/copy-ignored-file',
  severity: 'error',
  profile: 'recommended',
  equivalents: ['buildkit:CopyIgnoredFile'],
  *check(file, resource, graph) {
    const ignore = ignoreFileOf(resource.uri, graph);
    if (!ignore) return;
    for (const { instruction, deferred, sources, from } of fileCopies(file)) {
      if (deferred || from !== undefined) continue;
      for (const { value, span } of sources) {
        if (value === undefined || /[*?[]/.test(value) || isRemote(value)) continue;
        const pattern = ignoringPattern(ignore, value);
        if (!pattern) continue;
        yield {
          at: placeOf(file, span),
          message: `${instruction.keyword} can't find ${value}: .dockerignore leaves it out of the build.`,
          related: [{ at: { source: ignore.source, span: pattern.span }, message: `This line leaves ${value} out.` }],
        };
      }
    }
  },
});

/** `api.Dockerfile.dockerignore` goes before `.dockerignore`. */
function ignoreFileOf(uri: string, graph: ResourceGraph): DockerignoreFile | undefined {
  const files = graph.memo(
    'dockerfile/ignore-files',
    () => new Map(graph.all(DOCKERIGNORE).map((one) => [one.uri, one.model as DockerignoreFile])),
  );
  return files.get(`${uri}.dockerignore`) ?? files.get(`${uri.slice(0, uri.lastIndexOf('/') + 1)}.dockerignore`);
}
