import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { DOCKERFILE } from '../../languages/dockerfile/dockerfileLanguage.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { imagesByDefault, usedImages } from './baseImages.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** Without a tag the builder takes `latest`, which is another image tomorrow. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/base-image-untagged',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3006', 'kics:image_version_not_explicit', 'checkov:CKV_DOCKER_7', 'trivy:DS-0001'],
  *check(file, _resource, graph) {
    for (const { reference, text, span } of usedImages(file)) {
      if (reference.tag !== undefined || reference.digest !== undefined) continue;
      // Built from a stage of another Dockerfile, and called like it.
      if (stageNames(graph).has(text.toLowerCase())) continue;
      yield {
        at: placeOf(file, span),
        message: `The image ${text} has no tag, so every build may take another version.`,
      };
    }
    for (const { reference, text, span } of imagesByDefault(file)) {
      if (reference.tag !== undefined || reference.digest !== undefined || stageNames(graph).has(text)) continue;
      yield {
        at: placeOf(file, span),
        message: `Without build arguments this is ${text}, which has no tag: every build may take another version.`,
        strict: true,
      };
    }
  },
});

function stageNames(graph: ResourceGraph): ReadonlySet<string> {
  return graph.memo('names of all stages', () => {
    const files = graph.all(DOCKERFILE).map(({ model }) => model as DockerfileFile);
    return new Set(files.flatMap(({ stages }) => stages.flatMap(({ name }) => name ?? [])));
  });
}
