import { defineRule, type Finding } from '../../rules/contract.ts';
import { folderOf } from '../../workspace/documentSets.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { CHART, dependenciesOf } from './chart.ts';
import { isInRange } from './versionRange.ts';

/** `helm dependency build` fetches what Chart.lock says, and stops where that is no answer to Chart.yaml any more. */
export const rule = defineRule({
  id: 'helm/lock-outdated',
  severity: 'warning',
  profile: 'recommended',
  types: [CHART, 'helm/Lock'],
  equivalents: ['helm:dependencies'],
  *check(resource, graph): Iterable<Finding> {
    if (resource.type === CHART) yield* unanswered(resource, graph);
    else yield* unasked(resource, graph);
  },
});

/** What Chart.yaml asks for and Chart.lock does not hold. */
function* unanswered(chart: Resource, graph: ResourceGraph): Iterable<Finding> {
  const lock = graph.near(chart, 'helm/Lock').find(({ uri }) => uri === `${folderOf(chart)}Chart.lock`);
  if (!lock?.root.known || !chart.root.known) return;
  const locked = lock.root.find('dependencies')?.items ?? [];
  const named = (name: string) => locked.filter((entry) => entry.text('name') === name);
  for (const { node, name } of dependenciesOf(chart)) {
    const range = node.text('version');
    const at = node.find('name');
    if (name === undefined || !at) continue;
    const entries = named(name);
    const place = locked[0]?.parent ?? lock.root.entries[0];
    if (entries.length === 0) {
      yield {
        at,
        message: `Chart.lock does not know the dependency ${name}; run helm dependency update.`,
        related: place ? [{ at: place.keyPlace, message: 'What is locked' }] : [],
      };
      continue;
    }
    if (range === undefined || entries.some((entry) => isInRange(entry.text('version') ?? '', range) !== false))
      continue;
    const version = entries[0]?.find('version');
    yield {
      at: node.find('version') ?? at,
      message: `Chart.lock holds version ${version?.text()} of ${name}, which is not within ${range}; run helm dependency update.`,
      related: version ? [{ at: version, message: 'The version that is locked' }] : [],
    };
  }
}

/** What Chart.lock holds and Chart.yaml does not name any more. */
function* unasked(lock: Resource, graph: ResourceGraph): Iterable<Finding> {
  const chart = graph.near(lock, CHART).find(({ uri }) => uri === `${folderOf(lock)}Chart.yaml`);
  if (!chart?.root.known || chart.root.text('apiVersion') !== 'v2') return;
  const names = new Set(dependenciesOf(chart).map(({ name }) => name));
  for (const entry of lock.root.find('dependencies')?.items ?? []) {
    const at = entry.find('name');
    const name = at?.text();
    if (!at || name === undefined || names.has(name)) continue;
    yield { at, message: `Chart.yaml does not name the dependency ${name} any more; run helm dependency update.` };
  }
}
