import type { SourceNode } from '../../text/sourceNode.ts';
import type { Workload } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** A Service whose URL stands in the environment of a workload. */
export interface CalledService {
  readonly service: Resource;
  readonly at: SourceNode;
}

const URL_HOST = /^(?:https?|grpc):\/\/([a-z0-9-]+)(?:\.([a-z0-9-]+)(?:\.svc(?:\.[a-z0-9.-]+)?)?)?(?::\d+)?(?:\/|$)/;

/** The Services that a workload calls by HTTP, as its variables and ConfigMaps name them. */
export function* calledServices(workload: Workload, graph: ResourceGraph): Iterable<CalledService> {
  for (const value of environmentValues(workload, graph)) {
    const match = URL_HOST.exec(value.text() ?? '');
    if (!match) continue;
    const [, name, namespace] = match;
    const target = graph.lookup(workload.resource, ['Service'], name!, namespace ?? workload.resource.namespace);
    if (target.status === 'found') yield { service: target.resource, at: value };
  }
}

function* environmentValues(workload: Workload, graph: ResourceGraph): Iterable<SourceNode> {
  for (const container of workload.containers) {
    for (const variable of container.find('env')?.items ?? []) {
      const value = variable.find('value');
      if (value) yield value;
    }
    for (const from of container.find('envFrom')?.items ?? []) {
      const name = from.text('configMapRef', 'name');
      const target = name === undefined ? undefined : graph.lookup(workload.resource, ['ConfigMap'], name);
      if (target?.status === 'found') yield* target.resource.root.find('data')?.entries ?? [];
    }
  }
}
