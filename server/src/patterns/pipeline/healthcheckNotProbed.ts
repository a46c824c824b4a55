import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { DOCKERFILE } from '../../languages/dockerfile/dockerfileLanguage.ts';
import { imageFacts } from '../../languages/dockerfile/imageFacts.ts';
import { defineRule } from '../../rules/contract.ts';
import { namePlace } from '../../rules/parts/containers.ts';
import { applicationOf } from '../../workspace/applications.ts';
import { describeOther } from '../../workspace/resource.ts';

/** Kubernetes ignores HEALTHCHECK, so a workload that relies on it is not checked at all. */
export const rule = defineRule({
  id: 'pipeline/healthcheck-not-probed',
  severity: 'warning',
  profile: 'recommended',
  types: [DOCKERFILE],
  *check(resource, graph) {
    const healthcheck = imageFacts(resource.model as DockerfileFile)?.healthcheck;
    if (!healthcheck || healthcheck.disabled) return;
    for (const { container, workload } of applicationOf(resource, graph)?.uses ?? []) {
      if (workload.resource.type.startsWith('batch/') || workload.initContainers.includes(container)) continue;
      if (!['livenessProbe', 'readinessProbe', 'startupProbe'].every((probe) => container.lacks(probe))) continue;
      yield {
        at: healthcheck.at,
        message: `Kubernetes ignores this HEALTHCHECK, and ${describeOther(workload.resource)} has no probe in its place.`,
        related: [{ at: namePlace(container), message: `The container without a probe.` }],
      };
      return;
    }
  },
});
