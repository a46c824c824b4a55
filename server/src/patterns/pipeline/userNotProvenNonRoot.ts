import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { DOCKERFILE } from '../../languages/dockerfile/dockerfileLanguage.ts';
import { imageFacts } from '../../languages/dockerfile/imageFacts.ts';
import { defineRule } from '../../rules/contract.ts';
import { applicationOf } from '../../workspace/applications.ts';
import { describeOther } from '../../workspace/resource.ts';

/** `runAsNonRoot` needs a numeric user that is not 0; with root or a mere name the kubelet refuses to start the container. */
export const rule = defineRule({
  id: 'pipeline/user-not-proven-non-root',
  severity: 'error',
  profile: 'recommended',
  types: [DOCKERFILE],
  *check(resource, graph) {
    const user = imageFacts(resource.model as DockerfileFile)?.user;
    if (!user || user.isRoot === 'unknown' || (user.uid !== undefined && user.uid !== 0)) return;
    for (const { container, workload } of applicationOf(resource, graph)?.uses ?? []) {
      const demand =
        container.find('securityContext', 'runAsNonRoot') ?? workload.podSpec?.find('securityContext', 'runAsNonRoot');
      if (demand?.boolean() !== true) continue;
      const isOverridden =
        !container.lacks('securityContext', 'runAsUser') ||
        workload.podSpec?.lacks('securityContext', 'runAsUser') === false;
      if (isOverridden) continue;
      yield {
        at: user.at,
        message:
          user.uid === 0
            ? `This image runs as root, and ${describeOther(workload.resource)} refuses to run it as such.`
            : `${describeOther(workload.resource)} demands a user that is not root, which the name ${user.name} does not prove; a number does.`,
        related: [{ at: demand, message: `${describeOther(workload.resource)} sets runAsNonRoot.` }],
      };
      return;
    }
  },
});
