import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import { describeOther } from '../../workspace/resource.ts';

const ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';

/** With two default classes the API server rejects every Ingress that names none. */
export const rule = defineRule({
  id: 'network/default-classes-compete',
  severity: 'error',
  profile: 'recommended',
  types: ['networking.k8s.io/IngressClass'],
  equivalents: ['kubevious:multiple-default-ingress-classes'],
  *check(resource, graph) {
    const own = defaultMark(resource);
    if (!own) return;
    const other = graph
      .near(resource, resource.type)
      .find((candidate) => candidate !== resource && defaultMark(candidate));
    if (!other) return;
    yield {
      at: own,
      message: `${describeOther(other)} is the default too, so an Ingress without a class is rejected.`,
      related: [{ at: defaultMark(other)!, message: 'The other default.' }],
    };
  },
});

function defaultMark({ root }: Resource): SourceNode | undefined {
  const mark = root.find('metadata', 'annotations', ANNOTATION);
  return mark?.text() === 'true' ? mark : undefined;
}
