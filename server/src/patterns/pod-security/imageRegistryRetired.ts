import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { allContainersOf, containerName, POD_OWNERS } from '../../rules/parts/containers.ts';

const RETIRED = /^(?:k8s\.gcr\.io|(?:gcr\.io|(?:us|eu|asia)\.gcr\.io)\/(?:google[-_]containers|k8s-artifacts-prod))\//;

/** The registries in which Kubernetes published before 2023 get no new images, and answer as long as somebody pays. */
export const rule = defineRule({
  id: 'pod-security/image-registry-retired',
  severity: 'warning',
  profile: 'recommended',
  types: POD_OWNERS,
  equivalents: ['kyverno:restrict-deprecated-registry', 'kubescape:rule-identify-old-k8s-registry'],
  *check(resource) {
    for (const entry of allContainersOf(resource)) {
      const image = entry.container.find('image');
      const written = image?.text();
      const retired = written === undefined ? null : RETIRED.exec(written);
      if (!image || written === undefined || !retired) continue;
      const successor = `registry.k8s.io/${written.slice(retired[0].length)}`;
      yield {
        at: image,
        message: `The image of ${containerName(entry)} lies in ${retired[0].slice(0, -1)}, which gets no images since 2023.`,
        fixes: [{ title: `Use ${successor}`, safe: false, edits: () => [replaceValue(image, successor)] }],
      };
    }
  },
});
