import assert from 'node:assert/strict';
import { exampleSnapshot, findingsOf } from '../../catalog/exampleWorkspace.ts';

const WORKLOADS = `apiVersion: v1
kind: Service
metadata: { name: catalog, namespace: shop }
spec:
  selector: { app: catalog }
  ports:
    - { name: http, port: 80, targetPort: http }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: catalog, namespace: shop }
spec:
  template:
    metadata: { labels: { app: catalog } }
    spec:
      containers:
        - name: catalog
          ports:
            - { name: http, containerPort: 8080 }
---
apiVersion: v1
kind: Namespace
metadata: { name: front, labels: { tier: front } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: front }
spec:
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers:
        - name: orders
          env:
            - { name: CATALOG_URL, value: "http://catalog.shop" }
---
`;

/** A policy for the callee (or, with `Egress`, the caller) whose only rule is this. */
function policy(rule: string, direction: 'Ingress' | 'Egress' = 'Ingress', more = ''): string {
  const [namespace, app] = direction === 'Ingress' ? ['shop', 'catalog'] : ['front', 'orders'];
  const rules = rule === '' ? '' : `  ${direction.toLowerCase()}:\n    - ${rule}\n`;
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${app}, namespace: ${namespace} }\nspec:\n  podSelector: { matchLabels: { app: ${app} } }\n${more}${rules}---\n`;
}

function isRefused(policies: string): boolean {
  const snapshot = exampleSnapshot([{ name: 'shop.yaml', text: WORKLOADS + policies }]);
  return findingsOf(snapshot, 'recommended').some(({ rule }) => rule.id === 'sync-rest/refused-by-policy');
}

describe('a call and the NetworkPolicies on its way', () => {
  const ORDERS = 'podSelector: { matchLabels: { app: orders } }';
  const cases: Readonly<Record<string, readonly [string, boolean]>> = {
    'no policy': ['', false],
    'a policy without rules': [policy(''), true],
    'a rule for everybody': [policy('{}'), false],
    'a pod of the own namespace': [policy(`from: [{ ${ORDERS} }]`), true],
    'every namespace': [policy(`from: [{ namespaceSelector: {}, ${ORDERS} }]`), false],
    'a namespace by its name': [
      policy(`from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: front } } }]`),
      false,
    ],
    'another namespace by its name': [
      policy(`from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: back } } }]`),
      true,
    ],
    'a namespace by its labels': [policy(`from: [{ namespaceSelector: { matchLabels: { tier: front } } }]`), false],
    'a namespace by other labels': [policy(`from: [{ namespaceSelector: { matchLabels: { tier: back } } }]`), true],
    'an address range, which may hold the pod': [policy(`from: [{ ipBlock: { cidr: 10.0.0.0/8 } }]`), false],
    'the name of the port': [policy(`ports: [{ port: http }]`), false],
    'the number of the port': [policy(`ports: [{ port: 8080 }]`), false],
    'a range of ports': [policy(`ports: [{ port: 8000, endPort: 8100 }]`), false],
    'the port of the Service, which no pod has': [policy(`ports: [{ port: 80 }]`), true],
    'the right port by the wrong protocol': [policy(`ports: [{ port: 8080, protocol: UDP }]`), true],
    'a second policy that admits': [policy('') + policy('{}').replace('name: catalog,', 'name: open,'), false],
    'the way out': [policy(`to: [{ podSelector: {} }]`, 'Egress', '  policyTypes: [Egress]\n'), true],
    'the way out, admitted': [policy(`to: [{ namespaceSelector: {} }]`, 'Egress', '  policyTypes: [Egress]\n'), false],
    'egress rules without policyTypes': [policy(`to: [{ podSelector: {} }]`, 'Egress'), true],
    'only egress of the callee': [policy('', 'Ingress', '  policyTypes: [Egress]\n'), false],
    'another kind of policy beside': [
      `${policy('')}apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: catalog, namespace: shop }\n---\n`,
      false,
    ],
  };
  for (const [what, [policies, expected]] of Object.entries(cases))
    it(`${expected ? 'refuse' : 'admit'} it by ${what}`, () => assert.equal(isRefused(policies), expected));
});
