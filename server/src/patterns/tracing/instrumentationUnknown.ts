import { defineRule } from '../../rules/contract.ts';
import { WORKLOAD_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';

const INSTRUMENTATION = 'opentelemetry.io/Instrumentation';

/** The operator instruments pods by an Instrumentation that their annotation names. A wrong name instruments nothing. */
export const rule = defineRule({
  id: 'tracing/instrumentation-unknown',
  severity: 'warning',
  profile: 'recommended',
  types: WORKLOAD_TYPES,
  *check(resource, graph) {
    for (const annotation of workloadOf(resource)?.template?.find('metadata', 'annotations')?.entries ?? []) {
      const value = annotation.text();
      if (!annotation.key?.startsWith('instrumentation.opentelemetry.io/inject-') || value === undefined) continue;
      if (value === 'true' || value === 'false') continue;
      const [namespace, name] = value.includes('/')
        ? (value.split('/') as [string, string])
        : [resource.namespace, value];
      const target = graph.lookup(resource, [INSTRUMENTATION], name, namespace);
      if (target.status !== 'missing') continue;
      yield {
        at: annotation,
        message: `There is no Instrumentation ${name}${namespace === undefined ? '' : ` in namespace ${namespace}`}, so that these pods are not instrumented.`,
        ...(target.certain ? {} : { strict: true }),
      };
    }
  },
});
