import assert from 'node:assert/strict';
import type { Profile } from '../../server/src/rules/contract.ts';
import { exampleSnapshot, findingsOf } from './exampleWorkspace.ts';

/** A set of manifests, and the findings of the mesh that it must have: `fault: text of the line`, or none at all. */
interface Shape {
  readonly name: string;
  readonly text: string;
  readonly profile?: Profile;
  readonly expected: readonly string[];
  /** The rules that are looked at. */
  readonly rules: readonly string[];
}

const service = (name: string, namespace: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { app: ${name} }
  ports:
    - { name: http, port: 80, targetPort: 8080 }
${more}`;
const deployment = (name: string, namespace: string, labels = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name}${labels} } }
    spec:
      containers:
        - name: ${name}
          image: example.com/${name}:1.0.0
          ports: [{ name: http, containerPort: 8080 }]`;
const route = (name: string, namespace: string, hosts: string, destination: string, more = ''): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${namespace} }
spec:
${more}
  hosts: [${hosts}]
  http:
    - route:
        - destination: { ${destination} }`;
/** A route of the shop that hangs on gateways. */
const through = (gateways: string, host = 'cart.example.com'): string =>
  route('cart', 'shop', host, 'host: cart', `  gateways: [${gateways}]`);
const policy = (name: string, namespace: string, host: string, more: string): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  host: "${host}"
${more}`;
const entry = (namespace: string, host: string, more = ''): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: outside, namespace: ${namespace} }
spec:
  hosts: ["${host}"]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
${more}`;
const gateway = (name: string, namespace: string, host: string, selector = 'istio: ingress'): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { ${selector} }
  servers:
    - port: { number: 443, name: https, protocol: HTTPS }
      tls: { mode: SIMPLE, credentialName: ${name}-tls }
      hosts: ["${host}"]`;
const kubernetesGateway = (name: string, namespace: string, hostname: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  gatewayClassName: istio
  listeners:
    - { name: https, port: 443, protocol: HTTPS, hostname: "${hostname}" }`;
const authentication = (name: string, namespace: string, spec: string): string => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}`;
const subsets = '  subsets: [{ name: v1, labels: { version: v1 } }]';
const plain = '  trafficPolicy: { tls: { mode: DISABLE } }';
const mutual = '  trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }';
const all = (...texts: readonly string[]): string => texts.map((text) => text.trim()).join('\n---\n');

const DESTINATIONS = ['destination-unknown', 'destination-port-unknown', 'destination-port-missing'];
const CONFLICTS = ['virtual-services-conflict'];
const GATEWAYS = ['gateway-unknown', 'host-not-in-gateway'];

const SHAPES: readonly Shape[] = [
  {
    name: 'a full name of a Service of another namespace',
    rules: DESTINATIONS,
    text: all(service('cart', 'shop'), route('cart', 'edge', 'shop.example.com', 'host: cart.shop.svc.cluster.local')),
    expected: [],
  },
  {
    name: 'a short name means the namespace of the route, not that of the Service',
    rules: DESTINATIONS,
    text: all(
      service('cart', 'shop'),
      service('other', 'edge'),
      route('cart', 'edge', 'shop.example.com', 'host: cart'),
    ),
    expected: ['destination-unknown: host: cart'],
  },
  {
    name: 'a name with a namespace but without its domain is not completed',
    rules: DESTINATIONS,
    text: all(service('cart', 'shop'), route('cart', 'shop', 'cart', 'host: cart.shop')),
    expected: ['destination-unknown: host: cart.shop'],
  },
  {
    name: 'a headless Service is a host like any other',
    rules: DESTINATIONS,
    text: all(
      service('db', 'shop').replace('spec:', 'spec:\n  clusterIP: None'),
      route('db', 'shop', 'db', 'host: db, port: { number: 80 }'),
    ),
    expected: [],
  },
  {
    name: 'a ServiceEntry that is exported answers in every namespace',
    rules: DESTINATIONS,
    text: all(
      service('cart', 'edge'),
      entry('outside', 'api.example.com'),
      route('api', 'edge', 'api.example.com', 'host: api.example.com, port: { number: 443 }'),
    ),
    expected: [],
  },
  {
    name: 'a ServiceEntry that keeps to its namespace does not answer elsewhere',
    rules: DESTINATIONS,
    text: all(
      entry('outside', 'api.example.com', '  exportTo: ["."]'),
      route('api', 'edge', 'api.example.com', 'host: api.example.com'),
    ),
    expected: ['destination-unknown: host: api.example.com'],
  },
  {
    name: 'a ServiceEntry that is exported to the namespace by name answers there',
    rules: DESTINATIONS,
    text: all(
      entry('outside', 'api.example.com', '  exportTo: [edge]'),
      route('api', 'edge', 'api.example.com', 'host: api.example.com'),
    ),
    expected: [],
  },
  {
    name: 'a ServiceEntry with a wildcard answers for the hosts below it',
    rules: DESTINATIONS,
    text: all(
      entry('outside', '*.example.com'),
      route('api', 'edge', 'api.example.com', 'host: api.eu.example.com, port: { number: 443 }'),
    ),
    expected: [],
  },
  {
    name: 'the port of a destination is one of the ServiceEntry',
    rules: DESTINATIONS,
    text: all(
      entry('outside', 'api.example.com'),
      route('api', 'edge', 'api.example.com', 'host: api.example.com, port: { number: 80 }'),
    ),
    expected: ['destination-port-unknown: host: api.example.com, port: { number: 80 }'],
  },
  {
    name: 'two routes of a namespace for one host, one short and one full',
    rules: CONFLICTS,
    text: all(
      service('cart', 'shop'),
      route('one', 'shop', 'cart', 'host: cart'),
      route('two', 'shop', 'cart.shop.svc.cluster.local', 'host: cart'),
    ),
    expected: ['virtual-services-conflict: hosts: [cart]', 'virtual-services-conflict: hosts: [cart.shop.svc'],
  },
  {
    name: 'the same short name in two namespaces is two hosts',
    rules: CONFLICTS,
    profile: 'strict',
    text: all(
      service('cart', 'shop'),
      service('cart', 'test'),
      route('cart', 'shop', 'cart', 'host: cart'),
      route('cart', 'test', 'cart', 'host: cart'),
    ),
    expected: [],
  },
  {
    name: 'two namespaces with routes for one full name conflict, which only the strict profile says',
    rules: CONFLICTS,
    profile: 'strict',
    text: all(
      service('cart', 'shop'),
      route('one', 'shop', 'cart', 'host: cart'),
      route('two', 'edge', 'cart.shop.svc.cluster.local', 'host: cart.shop.svc.cluster.local'),
    ),
    expected: ['virtual-services-conflict: hosts: [cart]', 'virtual-services-conflict: hosts: [cart.shop.svc'],
  },
  {
    name: 'routes that no namespace sees together do not conflict',
    rules: CONFLICTS,
    profile: 'strict',
    text: all(
      route('one', 'shop', 'api.example.com', 'host: api.example.com', '  exportTo: ["."]'),
      route('two', 'edge', 'api.example.com', 'host: api.example.com', '  exportTo: ["."]'),
    ),
    expected: [],
  },
  {
    name: 'routes that are exported to one namespace conflict there',
    rules: CONFLICTS,
    profile: 'strict',
    text: all(
      route('one', 'shop', 'api.example.com', 'host: api.example.com', '  exportTo: [edge]'),
      route('two', 'edge', 'api.example.com', 'host: api.example.com', '  exportTo: ["."]'),
    ),
    expected: [
      'virtual-services-conflict: hosts: [api.example.com]',
      'virtual-services-conflict: hosts: [api.example.com]',
    ],
  },
  {
    name: 'a route of a gateway and one of the mesh share a host',
    rules: CONFLICTS,
    profile: 'strict',
    text: all(
      gateway('public', 'shop', 'cart.example.com'),
      route('one', 'shop', 'cart.example.com', 'host: cart', '  gateways: [public]'),
      route('two', 'shop', 'cart.example.com', 'host: cart'),
    ),
    expected: [],
  },
  {
    name: 'a route of a gateway that is for the mesh as well conflicts with one of the mesh',
    rules: CONFLICTS,
    text: all(
      gateway('public', 'shop', 'cart.example.com'),
      route('one', 'shop', 'cart.example.com', 'host: cart', '  gateways: [public, mesh]'),
      route('two', 'shop', 'cart.example.com', 'host: cart'),
    ),
    expected: [
      'virtual-services-conflict: hosts: [cart.example.com]',
      'virtual-services-conflict: hosts: [cart.example.com]',
    ],
  },
  {
    name: 'a Gateway of the Gateway API may be named',
    rules: GATEWAYS,
    text: all(kubernetesGateway('public', 'shop', '*.example.com'), through('public')),
    expected: [],
  },
  {
    name: 'a Gateway of the Gateway API serves the hosts of its listeners',
    rules: GATEWAYS,
    text: all(kubernetesGateway('public', 'shop', '*.example.com'), through('public', 'cart.example.org')),
    expected: ['host-not-in-gateway: hosts: [cart.example.org]'],
  },
  {
    name: 'a server that admits routes of another namespace',
    rules: GATEWAYS,
    text: all(gateway('public', 'ingress', 'shop/cart.example.com'), through('ingress/public')),
    expected: [],
  },
  {
    name: 'a server that admits routes of its own namespace only',
    rules: GATEWAYS,
    text: all(gateway('public', 'ingress', './cart.example.com'), through('ingress/public')),
    expected: ['host-not-in-gateway: hosts: [cart.example.com]'],
  },
  {
    name: 'one of two gateways accepts none of the hosts',
    rules: GATEWAYS,
    profile: 'strict',
    text: all(
      gateway('public', 'shop', 'cart.example.com'),
      gateway('internal', 'shop', 'cart.internal'),
      through('public, internal'),
    ),
    expected: ['host-not-in-gateway: gateways: [public, internal]'],
  },
  {
    name: 'a DestinationRule that keeps to its namespace defines no subset elsewhere',
    rules: ['subset-undefined'],
    text: all(
      service('cart', 'shop'),
      policy('cart', 'shop', 'cart', `  exportTo: ["."]\n${subsets}`),
      route('cart', 'edge', 'shop.example.com', 'host: cart.shop.svc.cluster.local, subset: v1'),
    ),
    expected: ['subset-undefined: subset: v1'],
  },
  {
    name: 'a DestinationRule with a wildcard defines subsets of the Services below it',
    rules: ['subset-undefined'],
    profile: 'strict',
    text: all(
      service('cart', 'shop'),
      policy('all', 'shop', '*.shop.svc.cluster.local', subsets),
      route('cart', 'shop', 'cart', 'host: cart, subset: v1'),
    ),
    expected: [],
  },
  {
    name: 'two Gateways on the same proxies in two namespaces, which only the strict profile says',
    rules: ['gateways-conflict'],
    profile: 'strict',
    text: all(gateway('one', 'shop', 'cart.example.com'), gateway('two', 'edge', 'cart.example.com')),
    expected: ['gateways-conflict: hosts: ["cart.example.com"]', 'gateways-conflict: hosts: ["cart.example.com"]'],
  },
  {
    name: 'a Gateway with a narrower selector is on some of the same proxies',
    rules: ['gateways-conflict'],
    profile: 'strict',
    text: all(
      gateway('one', 'shop', 'cart.example.com'),
      gateway('two', 'shop', 'cart.example.com', 'istio: ingress, app: gateway'),
    ),
    expected: ['gateways-conflict: hosts: ["cart.example.com"]', 'gateways-conflict: hosts: ["cart.example.com"]'],
  },
  {
    name: 'Gateways on other proxies have nothing to do with each other',
    rules: ['gateways-conflict'],
    profile: 'strict',
    text: all(
      gateway('one', 'shop', 'cart.example.com'),
      gateway('two', 'shop', 'cart.example.com', 'istio: internal'),
    ),
    expected: [],
  },
  {
    name: 'a policy of the root namespace selects pods of every namespace',
    rules: ['selector-matches-nothing'],
    profile: 'strict',
    text: all(
      deployment('cart', 'shop'),
      authentication('cart', 'istio-system', '{ selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT } }'),
    ),
    expected: [],
  },
  {
    name: 'a policy of a namespace does not select those of another',
    rules: ['selector-matches-nothing'],
    text: all(
      deployment('cart', 'shop'),
      deployment('orders', 'edge'),
      authentication('cart', 'edge', '{ selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT } }'),
    ),
    expected: ['selector-matches-nothing: spec: { selector: { matchLabels: { app: cart } }'],
  },
  {
    name: 'mutual TLS of the whole mesh holds for a Service',
    rules: ['mtls-disagreement'],
    text: all(
      service('cart', 'shop'),
      deployment('cart', 'shop'),
      policy('cart', 'shop', 'cart', plain),
      authentication('default', 'istio-system', '{ mtls: { mode: STRICT } }'),
    ),
    expected: ['mtls-disagreement: trafficPolicy: { tls: { mode: DISABLE } }'],
  },
  {
    name: 'a namespace may be laxer than the mesh',
    rules: ['mtls-disagreement'],
    text: all(
      service('cart', 'shop'),
      deployment('cart', 'shop'),
      policy('cart', 'shop', 'cart', plain),
      authentication('default', 'istio-system', '{ mtls: { mode: STRICT } }'),
      authentication('default', 'shop', '{ mtls: { mode: PERMISSIVE } }'),
    ),
    expected: [],
  },
  {
    name: 'what a namespace leaves unset, the mesh says',
    rules: ['mtls-disagreement'],
    text: all(
      service('cart', 'shop'),
      deployment('cart', 'shop'),
      policy('cart', 'shop', 'cart', plain),
      authentication('default', 'istio-system', '{ mtls: { mode: STRICT } }'),
      authentication('default', 'shop', '{ mtls: { mode: UNSET } }'),
    ),
    expected: ['mtls-disagreement: trafficPolicy: { tls: { mode: DISABLE } }'],
  },
  {
    name: 'a port may be laxer than its pod',
    rules: ['mtls-disagreement'],
    text: all(
      service('cart', 'shop'),
      deployment('cart', 'shop'),
      policy('cart', 'shop', 'cart', plain),
      authentication(
        'cart',
        'shop',
        '{ selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT }, portLevelMtls: { "8080": { mode: PERMISSIVE } } }',
      ),
    ),
    expected: [],
  },
  {
    name: 'a DestinationRule for a namespace meets the policy of the namespace',
    rules: ['mtls-disagreement'],
    text: all(
      policy('all', 'shop', '*.shop.svc.cluster.local', plain),
      authentication('default', 'shop', '{ mtls: { mode: STRICT } }'),
    ),
    expected: ['mtls-disagreement: trafficPolicy: { tls: { mode: DISABLE } }'],
  },
  {
    name: 'pods that turn mutual TLS off refuse callers that use it',
    rules: ['mtls-disagreement'],
    text: all(
      policy('all', 'istio-system', '*.local', mutual),
      authentication('default', 'istio-system', '{ mtls: { mode: DISABLE } }'),
    ),
    expected: ['mtls-disagreement: trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }'],
  },
  {
    name: 'a revision on the Namespace asks for sidecars as well',
    rules: ['auto-image-not-injected', 'injection-missing'],
    profile: 'strict',
    text: all(
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio.io/rev: stable } }',
      deployment('gateway', 'shop').replace('image: example.com/gateway:1.0.0', 'image: auto'),
    ),
    expected: [],
  },
  {
    name: 'a Namespace that refuses sidecars outweighs the pods that ask for one',
    rules: ['auto-image-not-injected'],
    text: all(
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio-injection: disabled } }',
      deployment('gateway', 'shop', ', sidecar.istio.io/inject: "true"').replace(
        'image: example.com/gateway:1.0.0',
        'image: auto',
      ),
    ),
    expected: ['auto-image-not-injected: image: auto'],
  },
];

describe('the mesh in every shape of input', () => {
  for (const { name, text, profile = 'recommended', rules, expected } of SHAPES) {
    it(name, () => {
      const lines = findingsOf(exampleSnapshot([{ name: 'mesh.yaml', text }]), profile)
        .filter(({ rule }) => rules.some((fault) => rule.id === `service-mesh/${fault}`))
        .map(({ rule, finding }) => {
          const { source, span } = finding.at;
          const line = source.slice(source.lineSpan(source.lineAt(span.start)));
          return { fault: rule.id.slice('service-mesh/'.length), line };
        });
      const seen = lines.map(({ fault, line }) => `${fault}: ${line.trim()}`);
      assert.equal(seen.length, expected.length, `found ${JSON.stringify(seen)}`);
      for (const [index, one] of expected.entries()) {
        const [fault, written] = [one.slice(0, one.indexOf(': ')), one.slice(one.indexOf(': ') + 2)];
        assert.equal(lines[index]?.fault, fault);
        assert.ok(lines[index]?.line.includes(written), `${lines[index]?.line} does not hold ${written}`);
      }
    });
  }

  it('is looked at by rules that exist, each with a fault and with a right set', async () => {
    const { RULES } = await import('../../server/src/patterns/registry.generated.ts');
    const ids = new Set(RULES.map(({ id }) => id));
    for (const rule of new Set(SHAPES.flatMap(({ rules }) => rules))) assert.ok(ids.has(`service-mesh/${rule}`), rule);
    assert.ok(
      SHAPES.some(({ expected }) => expected.length === 0) && SHAPES.some(({ expected }) => expected.length > 0),
    );
  });
});
