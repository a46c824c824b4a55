import { renameKey } from '../../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../../rules/contract.ts';
import { nearestName } from '../../../text/nearestName.ts';
import { describe } from '../../../workspace/resource.ts';
import { ANNOTATED_TYPES, annotationsOf } from './annotationsOf.ts';
import { ISTIO_ANNOTATIONS } from './istioAnnotations.ts';

/** An annotation that Istio does not know is ignored without a word. */
export const rule = defineRule({
  id: 'service-mesh/annotation-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: ANNOTATED_TYPES,
  equivalents: ['istioctl:IST0108'],
  *check(resource) {
    for (const { entry, key, known } of annotationsOf(resource)) {
      if (known) continue;
      const near = nearestAnnotation(key);
      yield {
        at: entry.keyPlace,
        message: `Istio knows no annotation ${key}, so it has no effect on ${describe(resource)}${near ? `; the nearest name is ${near}` : ''}.`,
        ...(near
          ? { fixes: [{ title: `Use ${near}`, safe: false, edits: () => renameKey(entry, near) }] }
          : // Other products extend the mesh under its name.
            { strict: true }),
      };
    }
  },
});

/** The nearest name with the same prefix; where no annotation has that prefix, the nearest of all. */
function nearestAnnotation(key: string): string | undefined {
  const prefix = key.slice(0, key.indexOf('/') + 1);
  const siblings = [...ISTIO_ANNOTATIONS.keys()].filter((name) => name.startsWith(prefix));
  if (siblings.length === 0) return nearestName(key, ISTIO_ANNOTATIONS.keys());
  const near = nearestName(
    key.slice(prefix.length),
    siblings.map((name) => name.slice(prefix.length)),
  );
  return near === undefined ? undefined : prefix + near;
}
