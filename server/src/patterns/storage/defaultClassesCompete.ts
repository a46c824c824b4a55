import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import { describeOther } from '../../workspace/resource.ts';

const ANNOTATION = 'storageclass.kubernetes.io/is-default-class';

/** Of two default classes a claim without a class gets the one that was made last. */
export const rule = defineRule({
  id: 'storage/default-classes-compete',
  severity: 'warning',
  profile: 'recommended',
  types: ['storage.k8s.io/StorageClass'],
  *check(resource, graph) {
    const own = defaultMark(resource);
    if (!own) return;
    const other = graph
      .near(resource, resource.type)
      .find((candidate) => candidate.name !== resource.name && defaultMark(candidate));
    if (!other) return;
    yield {
      at: own,
      message: `${describeOther(other)} is the default too, so a claim without a class gets the one that was made last.`,
      related: [{ at: defaultMark(other)!, message: 'The other default.' }],
    };
  },
});

function defaultMark({ root }: Resource): SourceNode | undefined {
  const mark = root.find('metadata', 'annotations', ANNOTATION);
  return mark?.text() === 'true' ? mark : undefined;
}
