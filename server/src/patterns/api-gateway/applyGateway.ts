import { besideOf, documents, metadataOf } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { enableInjection } from '../service-mesh/injection.ts';
import { entriesOf } from './entries.ts';

/** Requests in a second that one pod lets pass; a burst may be twice as large. */
const REQUESTS_PER_SECOND = 50;

/**
 * Opens a door to the workload's Service, made by the mesh: a host with TLS, a route with a timeout, a token that is
 * demanded, and a limit in the proxy beside each pod. Host and issuer are examples that the user replaces.
 */
export function applyGateway(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const [service] = workload ? servicesOf(workload, graph) : [];
  const selector = service?.root.find('spec', 'selector');
  const port = service?.root.number('spec', 'ports', 0, 'port');
  if (!service?.name || port === undefined || !selector?.known) return undefined;
  const isOpen = entriesOf(graph).some(({ routes }) =>
    routes.some((route) => graph.edgesTo(service, 'routes-to').some(({ source }) => source === route)),
  );
  if (isOpen) return undefined;
  const { name } = service;
  const host = `${name}.example.com`;
  const metadata = (suffix: string) => metadataOf(`${name}-${suffix}`, service);
  const issuer = 'https://id.example.com/realms/example';
  const text = documents(
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: metadata('gateway'),
      spec: {
        gatewayClassName: 'istio',
        listeners: [
          {
            name: 'https',
            hostname: host,
            port: 443,
            protocol: 'HTTPS',
            tls: { mode: 'Terminate', certificateRefs: [{ name: `${name}-tls` }] },
          },
        ],
      },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: metadata('gateway'),
      spec: {
        parentRefs: [{ name: `${name}-gateway`, sectionName: 'https' }],
        hostnames: [host],
        rules: [{ timeouts: { request: '5s' }, backendRefs: [{ name, port }] }],
      },
    },
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'RequestAuthentication',
      metadata: metadata('token'),
      spec: {
        selector: { matchLabels: selector.value },
        jwtRules: [{ issuer, jwksUri: `${issuer}/protocol/openid-connect/certs`, audiences: [name] }],
      },
    },
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: metadata('token'),
      spec: {
        selector: { matchLabels: selector.value },
        action: 'ALLOW',
        rules: [{ from: [{ source: { requestPrincipals: [`${issuer}/*`] } }] }],
      },
    },
    {
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'EnvoyFilter',
      metadata: metadata('rate-limit'),
      spec: {
        workloadSelector: { labels: selector.value },
        priority: 10,
        configPatches: [rateLimit()],
      },
    },
  );
  return {
    edits: enableInjection(service, graph),
    creates: [{ uri: besideOf(service, `${name}-gateway.yaml`), text }],
  };
}

function rateLimit(): object {
  const always = (key: string) => ({ runtime_key: key, default_value: { numerator: 100, denominator: 'HUNDRED' } });
  return {
    applyTo: 'HTTP_FILTER',
    match: {
      context: 'SIDECAR_INBOUND',
      listener: { filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager' } } },
    },
    patch: {
      operation: 'INSERT_FIRST',
      value: {
        name: 'envoy.filters.http.local_ratelimit',
        typed_config: {
          '@type': 'type.googleapis.com/udpa.type.v1.TypedStruct',
          type_url: 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit',
          value: {
            stat_prefix: 'http_local_rate_limiter',
            token_bucket: {
              max_tokens: 2 * REQUESTS_PER_SECOND,
              tokens_per_fill: REQUESTS_PER_SECOND,
              fill_interval: '1s',
            },
            filter_enabled: always('local_rate_limit_enabled'),
            filter_enforced: always('local_rate_limit_enforced'),
          },
        },
      },
    },
  };
}
