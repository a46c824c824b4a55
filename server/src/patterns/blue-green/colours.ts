import type { SourceNode } from '../../text/sourceNode.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { namespacesAgree } from '../../workspace/selection.ts';

/** Two Deployments that differ in one label, whose values are a blue and a green. */
export interface ColourPair {
  /** The label that tells them apart: `color`, `slot`, `version` … */
  readonly label: string;
  readonly blue: Workload;
  readonly green: Workload;
}

const BLUE = /(?:^|[-_.])blue$/i;
const GREEN = /(?:^|[-_.])green$/i;

/** Every blue-green pair of plain Deployments. */
export function colourPairs(graph: ResourceGraph): readonly ColourPair[] {
  return graph.memo('blue-green pairs', () => {
    const pairs: ColourPair[] = [];
    for (const blueResource of graph.all('apps/Deployment')) {
      const blue = workloadOf(blueResource)!;
      const label = blue.podLabels?.entries.find((entry) => BLUE.test(entry.text() ?? ''));
      if (!label?.key) continue;
      const green = greenDeployments(blueResource, graph).find((candidate) => isTwin(blue, candidate, label));
      if (green) pairs.push({ label: label.key, blue, green });
    }
    return pairs;
  });
}

/** A Deployment of one colour, and Services of which one at least leads to the other colour, which nothing has. */
export interface LoneColour {
  readonly label: string;
  readonly workload: Workload;
  readonly role: 'blue' | 'green';
  /** The Services that choose one of the two colours. */
  readonly services: readonly Resource[];
}

/** Every Deployment whose other colour a Service waits for in vain. */
export function loneColours(graph: ResourceGraph): readonly LoneColour[] {
  const paired = new Set(colourPairs(graph).flatMap(({ blue, green }) => [blue.resource, green.resource]));
  return graph.all('apps/Deployment').flatMap((resource): LoneColour[] => {
    const workload = workloadOf(resource)!;
    const own = workload.podLabels?.entries.find((entry) => colourRole(entry.text()) !== undefined);
    const role = colourRole(own?.text());
    if (!own?.key || !role || paired.has(resource)) return [];
    const label = own.key;
    const services = colouredServices(resource, graph).filter(
      (service) => namespacesAgree(service.namespace, resource.namespace) && choosesColour(service, workload, own),
    );
    const isAwaited = services.some((service) => {
      if (service.root.text('spec', 'selector', label) === own.text()) return false;
      const { workloads, certain } = podsByLabels(service, service.root.find('spec', 'selector'), graph);
      return certain && workloads.length === 0;
    });
    return isAwaited ? [{ label, workload, role, services }] : [];
  });
}

/** The pair that a Deployment is one colour of. */
export function pairWith(deployment: Resource, graph: ResourceGraph): ColourPair | undefined {
  const labels = workloadOf(deployment)?.podLabels?.entries ?? [];
  const hasColour = labels.some((label) => {
    const value = label.text() ?? '';
    return BLUE.test(value) || GREEN.test(value);
  });
  // Most Deployments have none, and need no look at all others.
  if (!hasColour) return undefined;
  return colourPairs(graph).find(({ blue, green }) => blue.resource === deployment || green.resource === deployment);
}

/** The pair that a Service chooses from: its selector matches both but for the label that tells them apart. */
export function pairOf(service: Resource, graph: ResourceGraph): ColourPair | undefined {
  const selector = service.root.find('spec', 'selector');
  if (!selector || selector.open || selector.entries.length === 0) return undefined;
  return colourPairs(graph).find(({ label, blue, green }) =>
    [blue, green].every(
      ({ resource, podLabels }) =>
        graph.setOf(resource) === graph.setOf(service) &&
        namespacesAgree(resource.namespace, service.namespace) &&
        selector.entries.every((entry) => entry.key === label || podLabels?.text(entry.key ?? '') === entry.text()) &&
        selector.entries.some((entry) => entry.key !== label),
    ),
  );
}

export function colourOf(workload: Workload, label: string): string | undefined {
  return workload.podLabels?.text(label);
}

/** The Services of a set that choose a colour at all: most have none. */
function colouredServices(from: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph.memo(`coloured-services ${graph.setOf(from)}`, () =>
    graph
      .near(from, 'Service')
      .filter(({ root }) =>
        root.find('spec', 'selector')?.entries.some((entry) => colourRole(entry.text()) !== undefined),
      ),
  );
}

/** The Deployments of a set that may be the green one of a pair. */
function greenDeployments(from: Resource, graph: ResourceGraph): readonly Workload[] {
  return graph.memo(`green-deployments ${graph.setOf(from)}`, () =>
    graph
      .near(from, 'apps/Deployment')
      .map((resource) => workloadOf(resource)!)
      .filter(({ podLabels }) => podLabels?.entries.some((entry) => GREEN.test(entry.text() ?? ''))),
  );
}

function colourRole(value: string | undefined): 'blue' | 'green' | undefined {
  if (value === undefined) return undefined;
  return BLUE.test(value) ? 'blue' : GREEN.test(value) ? 'green' : undefined;
}

/** The selector is that of the workload but for the colour: it has the same one or its counterpart. */
function choosesColour(service: Resource, { podLabels }: Workload, own: SourceNode): boolean {
  const selector = service.root.find('spec', 'selector');
  const colour = selector?.text(own.key!);
  if (!selector || selector.open || selector.entries.length < 2 || colourRole(colour) === undefined) return false;
  const base = (value: string) => value.replace(BLUE, '').replace(GREEN, '');
  return (
    base(colour!) === base(own.text()!) &&
    selector.entries.every((entry) => entry.key === own.key || podLabels?.text(entry.key ?? '') === entry.text())
  );
}

function isTwin(blue: Workload, green: Workload, label: SourceNode): boolean {
  if (blue === green || !namespacesAgree(blue.resource.namespace, green.resource.namespace)) return false;
  const value = green.podLabels?.text(label.key!);
  if (value === undefined || !GREEN.test(value)) return false;
  if (label.text()!.replace(BLUE, '') !== value.replace(GREEN, '')) return false;
  const shared = blue.podLabels!.entries.filter(
    (entry) => entry.key !== label.key && green.podLabels?.text(entry.key ?? '') === entry.text(),
  );
  return shared.length > 0;
}
