import { instanceName } from '../../rules/parts/instanceName.ts';
import type { Participant, PatternInstance } from '../../rules/pattern.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { podsByLabels } from '../../workspace/kubernetes/podSelection.ts';
import { SERVING_TYPES, workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { meshProtocol } from '../service-mesh/portProtocols.ts';
import { TELEMETRY } from './restCalls.ts';

const ADDRESS = /^["']?(?:(https?):\/\/)?(\{\{[^{}]*\}\})(?::(\d{2,5}))?(?:\/[^\s"']*)?["']?$/;

/**
 * Calls within a chart whose host is the template that writes the name of one of its Services: the same text renders to the
 * same name. What is wrong with them only the rendered chart shows, so that they are recognised and no more.
 */
export function* templatedCalls(graph: ResourceGraph): Iterable<PatternInstance> {
  const seen = new Set<string>();
  for (const chart of graph.all('helm/Chart')) {
    const services = new Map<string, Resource>();
    for (const service of graph.near(chart, 'Service')) {
      const name = service.root.find('metadata', 'name');
      if (name && !name.known) services.set(templateOf(name), service);
    }
    if (services.size === 0) continue;
    for (const caller of graph.near(chart, ...SERVING_TYPES)) {
      for (const { at, name, scheme, template, port } of addressesOf(caller)) {
        const service = services.get(template);
        if (!service || TELEMETRY.test(name) || !speaksHttp(service, scheme, port)) continue;
        const pods = podsByLabels(service, service.root.find('spec', 'selector'), graph).workloads;
        // An address of its own is told to others.
        if (pods.some(({ resource }) => resource === caller)) continue;
        const use = `${instanceName(caller, graph)} → ${instanceName(service, graph)}`;
        if (seen.has(`${chart.uri} ${use}`)) continue;
        seen.add(`${chart.uri} ${use}`);
        yield {
          pattern: 'sync-rest',
          name: use,
          participants: [
            named('caller', caller),
            { role: 'address', resource: caller, at },
            named('service', service),
            ...pods.map(({ resource }) => named('callee', resource)),
          ],
          missing: [],
        };
      }
    }
  }
}

interface TemplatedAddress {
  readonly at: SourceNode;
  /** Of the variable. */
  readonly name: string;
  readonly scheme: string | undefined;
  readonly template: string;
  readonly port: number | undefined;
}

function* addressesOf(caller: Resource): Iterable<TemplatedAddress> {
  for (const container of workloadOf(caller)?.containers ?? []) {
    for (const variable of container.find('env')?.items ?? []) {
      const at = variable.find('value');
      const match = at && !at.known ? ADDRESS.exec(at.source.slice(at.span).trim()) : undefined;
      if (!at || !match) continue;
      const [, scheme, template, port] = match;
      yield {
        at,
        name: variable.text('name') ?? '',
        scheme,
        template: normalized(template!),
        port: port === undefined ? undefined : Number(port),
      };
    }
  }
}

function speaksHttp({ root }: Resource, scheme: string | undefined, port: number | undefined): boolean {
  const ports = root.find('spec', 'ports')?.items ?? [];
  const called = ports.find((one) => one.number('port') === port) ?? (port === undefined ? ports[0] : undefined);
  const protocol = called && meshProtocol(called);
  return scheme === undefined ? /^https?$/.test(protocol ?? '') : !protocol?.startsWith('grpc');
}

function templateOf(node: SourceNode): string {
  return normalized(
    node.source
      .slice(node.span)
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2'),
  );
}

function normalized(template: string): string {
  return template.replace(/^\{\{-?\s*/, '').replace(/\s*-?\}\}$/, '');
}

function named(role: string, resource: Resource): Participant {
  return { role, resource, at: resource.root.find('metadata', 'name') ?? resource.root };
}
