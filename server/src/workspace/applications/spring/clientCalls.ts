import { podsByLabels } from '../../kubernetes/podSelection.ts';
import { calledService, serviceCalls } from '../../kubernetes/serviceCalls.ts';
import { SERVING_TYPES, type Workload } from '../../kubernetes/workload.ts';
import type { Resource } from '../../resource.ts';
import type { ResourceGraph } from '../../resourceGraph.ts';
import type { EffectiveSetting } from '../setting.ts';
import { type ResilienceInstance, resilienceInstances } from './resilience4j.ts';
import { readSpringDuration } from './springDuration.ts';
import { type SpringSettings, springApplications } from './springSettings.ts';

/** A client of a Spring application: an address, and the longest time of one try that stands beside it. */
export interface ClientCall {
  readonly settings: SpringSettings;
  readonly workload: Workload;
  /** `payments` of `shop.payments.url`; what instances of Resilience4j for the same callee are called. */
  readonly name: string;
  readonly callee: Resource;
  /** Undefined where there is none, or where it is not certain. */
  readonly timeout: { readonly setting: EffectiveSetting; readonly milliseconds: number } | undefined;
}

const ADDRESS_KEY = /^(.+)\.(?:url|base-url|baseurl|uri|base-uri)$/i;
const TIMEOUT_KEYS = ['read-timeout', 'response-timeout', 'timeout'];

/** The clients whose address leads to a Service of the workspace: `<name>.url` with `<name>.read-timeout` beside it. */
export function clientCalls(graph: ResourceGraph): readonly ClientCall[] {
  return graph.memo('spring-client-calls', () =>
    springApplications(graph).flatMap((settings) => callsOf(settings, graph)),
  );
}

function callsOf(settings: SpringSettings, graph: ResourceGraph): ClientCall[] {
  const workload = settings.running?.workload;
  if (!workload || !SERVING_TYPES.includes(workload.resource.type)) return [];
  return settings.keysBelow('').flatMap((key): ClientCall[] => {
    const prefix = ADDRESS_KEY.exec(key)?.[1];
    const value = prefix === undefined ? undefined : settings.get(key)?.value;
    const callee = value === undefined ? undefined : calleeOf(value, workload, graph);
    if (prefix === undefined || !callee) return [];
    const setting = TIMEOUT_KEYS.map((name) => settings.get(`${prefix}.${name}`)).find((found) => found !== undefined);
    const milliseconds = setting?.value === undefined ? undefined : readSpringDuration(setting.value);
    return [
      {
        settings,
        workload,
        name: prefix.slice(prefix.lastIndexOf('.') + 1),
        callee,
        timeout:
          setting && settings.isCertain(setting) && milliseconds !== undefined && milliseconds > 0
            ? { setting, milliseconds }
            : undefined,
      },
    ];
  });
}

/** The Service that one of the workload's addresses names, which has the host of this URL. */
function calleeOf(url: string, workload: Workload, graph: ResourceGraph): Resource | undefined {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase();
  const call = serviceCalls(workload, graph).find(({ address }) => address.host === host);
  return call && calledService(call, graph);
}

/** The Service for whose calls an instance is meant: the one of the client, or the called one, that bears its name. */
export function calleeOfInstance(instance: ResilienceInstance, graph: ResourceGraph): Resource | undefined {
  const client = clientCalls(graph).find(
    ({ settings, name }) => settings === instance.settings && sameName(name, instance.name),
  );
  if (client) return client.callee;
  for (const call of serviceCalls(instance.workload, graph)) {
    const service = calledService(call, graph);
    if (service?.name !== undefined && sameName(service.name, instance.name)) return service;
  }
  return undefined;
}

/** The instance of a kind that is meant for the calls of a client. */
export function instanceFor(
  client: ClientCall,
  kind: ResilienceInstance['kind'],
  graph: ResourceGraph,
): ResilienceInstance | undefined {
  return resilienceInstances(graph, kind).find(
    ({ settings, name }) => settings === client.settings && sameName(name, client.name),
  );
}

/** `paymentsClient`, `payments-service` and `payments` mean one callee. */
function sameName(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/[-_]/g, '')
    .replace(/(?:service|client|api)$/, '');
}

/** The workloads behind a Service. */
export function workloadsBehind(service: Resource, graph: ResourceGraph): readonly Resource[] {
  const selector = service.root.find('spec', 'selector');
  return podsByLabels(service, selector, graph).workloads.flatMap(({ resource }) =>
    SERVING_TYPES.includes(resource.type) ? [resource] : [],
  );
}
