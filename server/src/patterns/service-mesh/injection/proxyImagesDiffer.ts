import { defineRule } from '../../../rules/contract.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../../workspace/kubernetes/workload.ts';
import { describe, describeOther, type Resource } from '../../../workspace/resource.ts';

/** A proxy whose image is written in a file stays behind when Istio is upgraded. */
export const rule = defineRule({
  id: 'service-mesh/proxy-images-differ',
  severity: 'information',
  profile: 'strict',
  types: WORKLOAD_TYPES,
  equivalents: ['istioctl:IST0158'],
  *check(resource, graph) {
    const own = proxyImage(resource);
    const version = own && tagOf(own);
    if (!own || version === undefined) return;
    for (const other of graph.near(resource, ...WORKLOAD_TYPES)) {
      const image = other === resource ? undefined : proxyImage(other);
      const otherVersion = image && tagOf(image);
      if (!image || otherVersion === undefined || otherVersion === version) continue;
      yield {
        at: own,
        message: `The proxy of ${describe(resource)} is ${version}, and that of ${describeOther(other)} ${otherVersion}: both are written, so an upgrade of Istio changes neither.`,
        related: [{ at: image, message: `The proxy of ${describeOther(other)}.` }],
      };
      return;
    }
  },
});

/** The image that a workload's file writes for its proxy: by annotation, or as a container of its own. */
function proxyImage(resource: Resource): SourceNode | undefined {
  const { template, containers, initContainers } = workloadOf(resource)!;
  return (
    template?.find('metadata', 'annotations', 'sidecar.istio.io/proxyImage') ??
    [...initContainers, ...containers].find((container) => container.text('name') === 'istio-proxy')?.find('image')
  );
}

/** The tag; undefined for digests and for `auto`, which is written by the injection. */
function tagOf(image: SourceNode): string | undefined {
  return /:([\w][\w.-]*)$/.exec(image.text() ?? '')?.[1];
}
