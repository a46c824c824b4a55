import { defineRule } from '../../rules/contract.ts';
import { containerName, containersOf, namePlace, POD_OWNERS } from '../../rules/parts/containers.ts';
import { describeOther } from '../../workspace/resource.ts';

const DEMANDED: Readonly<Record<string, readonly [part: 'requests' | 'limits', name: string]>> = {
  cpu: ['requests', 'cpu'],
  memory: ['requests', 'memory'],
  'requests.cpu': ['requests', 'cpu'],
  'requests.memory': ['requests', 'memory'],
  'limits.cpu': ['limits', 'cpu'],
  'limits.memory': ['limits', 'memory'],
};

/** A quota over requests or limits rejects every pod with a container that does not set them. */
export const rule = defineRule({
  id: 'requests-limits/quota-rejects',
  severity: 'error',
  profile: 'recommended',
  types: POD_OWNERS,
  *check(resource, graph) {
    if (resource.namespace === undefined) return;
    const ranges = graph.sameNamespace(resource, ['LimitRange']);
    for (const quota of graph.near(resource, 'ResourceQuota')) {
      if (
        quota.namespace !== resource.namespace ||
        !quota.root.lacks('spec', 'scopes') ||
        !quota.root.lacks('spec', 'scopeSelector')
      )
        continue;
      for (const hard of quota.root.find('spec', 'hard')?.entries ?? []) {
        const demanded = DEMANDED[hard.key ?? ''];
        if (!demanded) continue;
        const [part, name] = demanded;
        // The defaults of a LimitRange are set before the quota looks.
        if (
          ranges.some((range) =>
            range.root
              .find('spec', 'limits')
              ?.items.some((limit) => limit.find('default', name) ?? limit.find('defaultRequest', name)),
          )
        )
          continue;
        for (const entry of containersOf(resource)) {
          const { container } = entry;
          if (
            !container.lacks('resources', part, name) ||
            (part === 'requests' && !container.lacks('resources', 'limits', name))
          )
            continue;
          yield {
            at: namePlace(container),
            message: `${describeOther(quota)} counts ${hard.key}, so it rejects ${containerName(entry)}, which sets no ${name} ${part === 'requests' ? 'request' : 'limit'}.`,
            related: [{ at: hard.keyPlace, message: `What ${describeOther(quota)} counts.` }],
          };
        }
      }
    }
  },
});
