import { defineRule } from '../../rules/contract.ts';
import { formatDuration, readDuration } from '../../rules/parts/duration.ts';
import { describe } from '../../workspace/resource.ts';

/** The Gateway API demands that one try fits into the request. */
export const rule = defineRule({
  id: 'timeout/try-outlasts-request',
  severity: 'error',
  profile: 'recommended',
  types: ['gateway.networking.k8s.io/HTTPRoute', 'gateway.networking.k8s.io/GRPCRoute'],
  *check(resource) {
    for (const route of resource.root.find('spec', 'rules')?.items ?? []) {
      const attempt = route.find('timeouts', 'backendRequest');
      const request = route.find('timeouts', 'request');
      const [inner, outer] = [readDuration(attempt?.text()), readDuration(request?.text())];
      // 0s means no limit.
      if (!attempt || !request || inner === undefined || !outer || inner <= outer) continue;
      yield {
        at: attempt,
        message: `${describe(resource)} is rejected: one try of ${formatDuration(inner)} is longer than the whole request of ${formatDuration(outer)}.`,
        related: [{ at: request, message: 'The timeout of the request.' }],
      };
    }
  },
});
