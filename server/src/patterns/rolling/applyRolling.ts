import { stringify } from 'yaml';
import { addEntry, setValue } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import { portsOf } from '../../rules/parts/ports.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import type { TextEdit } from '../../text/sourceText.ts';
import { type Workload, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { budgetsOf, isSingle } from '../reliability/disruptionBudget.ts';

const LIMITS = { maxSurge: 1, maxUnavailable: 0 };

/**
 * Lets a Deployment be replaced one pod at a time without a gap: the limits, a time that a new pod has to stay ready, a
 * readiness probe and a pause before stopping where there are none, and a budget for drained nodes.
 */
export function applyRolling(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const spec = resource.root.find('spec');
  if (!workload || resource.type !== 'apps/Deployment' || spec?.kind !== 'map' || spec.flow) return undefined;
  const strategy = spec.find('strategy');
  // `Recreate` was chosen by somebody, for instance because of a volume.
  const type = strategy?.text('type');
  if (strategy?.find('rollingUpdate') || (type !== undefined && type !== 'RollingUpdate')) return undefined;
  if (strategy && strategy.kind !== 'map') return undefined;
  const atSpec = {
    ...(spec.lacks('minReadySeconds') ? { minReadySeconds: 10 } : {}),
    ...(strategy ? {} : { strategy: { type: 'RollingUpdate', rollingUpdate: LIMITS } }),
  };
  const edits = [
    ...(Object.keys(atSpec).length > 0 ? insertBefore(spec.find('selector') ?? spec.find('template'), atSpec) : []),
    ...(strategy ? setValue(strategy, ['rollingUpdate'], LIMITS) : []),
    ...workload.containers.slice(0, 1).flatMap(completeContainer),
  ];
  return { edits, creates: budgetFor(workload, graph) };
}

/** New entries of a map in front of one that it has: what stands behind the last entry may change at the same place. */
function insertBefore(entry: SourceNode | undefined, entries: object): TextEdit[] {
  if (!entry?.keySpan) return [];
  const { source } = entry;
  const start = entry.keySpan.start;
  const indent = source.lineBreak + ' '.repeat(source.positionAt(start).character);
  const newText = stringify(entries, { lineWidth: 0 }).trimEnd().split('\n').join(indent) + indent;
  return [{ uri: source.uri, span: { start, end: start }, newText }];
}

function completeContainer(container: SourceNode): TextEdit[] {
  const [port] = portsOf(container);
  const target = port?.name ?? port?.number;
  if (target === undefined) return [];
  const added = [
    ...(container.lacks('readinessProbe')
      ? [addEntry(container, 'readinessProbe', { tcpSocket: { port: target }, periodSeconds: 5 })]
      : []),
    ...(container.lacks('lifecycle') ? [addEntry(container, 'lifecycle', { preStop: { sleep: { seconds: 5 } } })] : []),
  ];
  const [first] = added;
  // Entries added at one place must be one edit, so that their order is kept.
  return first ? [{ ...first, newText: added.map(({ newText }) => newText).join('') }] : [];
}

function budgetFor(workload: Workload, graph: ResourceGraph): { uri: string; text: string }[] {
  const { resource } = workload;
  const selector = resource.root.find('spec', 'selector');
  if (resource.name === undefined || !selector?.known || isSingle(workload, graph)) return [];
  if (budgetsOf(resource, graph).length > 0) return [];
  const text = documents({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(resource.name, resource),
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: selector.value },
  });
  return [{ uri: besideOf(resource, `${resource.name}-pod-disruption-budget.yaml`), text }];
}
