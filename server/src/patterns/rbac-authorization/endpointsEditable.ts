import { defineRule } from '../../rules/contract.ts';
import { describe } from '../../workspace/resource.ts';
import { CLUSTER_ROLE, gives, rightsOf } from './rights.ts';

/** Whoever may write Endpoints may send the traffic of a Service into another namespace (CVE-2021-25740). */
export const rule = defineRule({
  id: 'rbac-authorization/endpoints-editable',
  severity: 'warning',
  profile: 'strict',
  types: [CLUSTER_ROLE],
  equivalents: ['gatekeeper:block-endpoint-edit-default-role', 'gatekeeper:noupdateserviceaccount'],
  *check(resource) {
    const isForEditors =
      resource.name === 'edit' ||
      resource.name === 'system:aggregate-to-edit' ||
      resource.root.text('metadata', 'labels', 'rbac.authorization.k8s.io/aggregate-to-edit') === 'true';
    if (!isForEditors) return;
    for (const right of rightsOf(resource)) {
      const at =
        gives(right, '', 'endpoints', ['create', 'update', 'patch']) ??
        gives(right, 'discovery.k8s.io', 'endpointslices', ['create', 'update', 'patch']);
      if (at)
        yield {
          at,
          message: `${describe(resource)} lets every editor send the traffic of a Service to pods of another namespace.`,
        };
    }
  },
});
