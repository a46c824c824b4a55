import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import { describe, describeOther, type Resource } from '../../workspace/resource.ts';
import type { ResourceGraph, Ternary } from '../../workspace/resourceGraph.ts';
import { matchesLabelSelector, namespacesAgree } from '../../workspace/selection.ts';
import { POD_MONITOR, SERVICE_MONITOR } from './monitorTargets.ts';
import { PROMETHEUS, THANOS_RULER } from './servers.ts';
import { PROMETHEUS_RULE } from './writtenQueries.ts';

/** The fields of a server that pick objects of a type: their labels, and their namespaces. */
const SELECTORS: Readonly<Record<string, readonly [labels: string, namespaces: string]>> = {
  [SERVICE_MONITOR]: ['serviceMonitorSelector', 'serviceMonitorNamespaceSelector'],
  [POD_MONITOR]: ['podMonitorSelector', 'podMonitorNamespaceSelector'],
  [PROMETHEUS_RULE]: ['ruleSelector', 'ruleNamespaceSelector'],
};

/** A Prometheus takes only the monitors and rules that its selectors pick. One that nobody takes does nothing. */
export const rule = defineRule({
  id: 'metrics/monitor-not-selected',
  severity: 'warning',
  profile: 'recommended',
  types: Object.keys(SELECTORS),
  *check(resource, graph) {
    const types = resource.type === PROMETHEUS_RULE ? [PROMETHEUS, THANOS_RULER] : [PROMETHEUS];
    const servers = graph.near(resource, ...types);
    if (servers.length === 0 || servers.some((server) => isTaken(resource, server, graph) !== false)) return;
    const [server] = servers as [Resource];
    const [labels, namespaces] = SELECTORS[resource.type]!;
    const selector = server.root.find('spec', labels);
    const matches = matchesLabelSelector(selector, resource.root.find('metadata', 'labels'));
    const wanted = selector?.find('matchLabels')?.entries ?? [];
    const at =
      resource.root.find('metadata', 'labels')?.keyPlace ?? resource.root.find('metadata', 'name') ?? resource.root;
    const others = servers.length > 1 ? ' nor another one' : '';
    yield {
      at,
      message:
        matches === false
          ? `${describeOther(server)}${others} does not take ${describe(resource)}: its ${labels} wants ${wanted.length > 0 ? wanted.map((label) => `${label.key}=${label.text()}`).join(', ') : 'other labels'}.`
          : `${describeOther(server)}${others} does not take ${describe(resource)}: without ${namespaces} it looks into its own namespace only.`,
      related: [{ at: (selector ?? server.root.nearest('spec')).keyPlace, message: 'What is selected.' }],
      fixes:
        matches === false && servers.length === 1 && wanted.length > 0 && selector?.lacks('matchExpressions')
          ? [
              {
                title: `Add the labels that ${describeOther(server)} wants`,
                safe: false,
                edits: () =>
                  wanted.flatMap((label) =>
                    setValue(resource.root, ['metadata', 'labels', label.key ?? ''], label.text() ?? ''),
                  ),
              },
            ]
          : [],
    };
  },
});

/** The server takes the object; undefined where its own words or its operator leave that open. */
function isTaken(resource: Resource, server: Resource, graph: ResourceGraph): Ternary {
  const [labels, namespaces] = SELECTORS[resource.type]!;
  const selector = server.root.find('spec', labels);
  if (!selector) return undefined;
  const byLabels = matchesLabelSelector(
    selector,
    resource.root.find('metadata', 'labels') ?? resource.root.find('none'),
  );
  if (byLabels !== true)
    return resource.root.find('metadata', 'labels') || resource.root.lacks('metadata', 'labels') ? byLabels : undefined;
  const ofNamespaces = server.root.find('spec', namespaces);
  if (!ofNamespaces) {
    if (!server.root.lacks('spec', namespaces)) return undefined;
    return namespacesAgree(server.namespace, resource.namespace);
  }
  if (ofNamespaces.kind === 'map' && ofNamespaces.known && ofNamespaces.entries.length === 0) return true;
  const namespace = graph.near(resource, 'Namespace').find(({ name }) => name === resource.namespace);
  return namespace ? matchesLabelSelector(ofNamespaces, namespace.root.find('metadata', 'labels')) : undefined;
}
