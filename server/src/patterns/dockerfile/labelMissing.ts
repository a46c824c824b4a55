import { finalStage } from '../../languages/dockerfile/stageSettings.ts';
import { demandOf } from '../../rules/parts/policies.ts';
import { imageLabels } from './agreedLabels.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/** Registries and bots find an image's owner by its labels: `policies.dockerfile.labels` of slipway.yaml. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/label-missing',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3049'],
  *check(file, resource, graph) {
    const demand = demandOf(resource, graph, 'dockerfile');
    const image = finalStage(file)?.image;
    if (!demand?.policy.labels || !image) return;
    const names = imageLabels(file).map(({ assignment }) => assignment.name);
    if (names.some((name) => name.includes('$'))) return;
    for (const name of Object.keys(demand.policy.labels)) {
      if (names.includes(name)) continue;
      yield {
        at: placeOf(file, image.span),
        message: `The image has no label ${name}.`,
        ...demand.because('labels', name),
      };
    }
  },
});
