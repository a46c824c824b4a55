import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { graphSource } from '../../server/src/features/graphSource.ts';
import type { Completion } from '../../server/src/features/languageFeatures.ts';
import { applyEdits } from '../../server/src/text/sourceText.ts';
import { CURSOR, cursorIn } from './markedWorkspace.ts';
import { SHOP } from './shopManifests.ts';

const DOCKERFILES = { 'apps/cart/Dockerfile': 'FROM scratch\n', 'apps/orders/Dockerfile': 'FROM scratch\n' };
const PLATFORM = `apiVersion: v1
kind: Namespace
metadata: { name: payments }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: urgent }
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: public }
`;

/** The offers in a new file of the shop, or in place of one of its files. */
function offers(marked: string, name = 'new.yaml'): Completion[] {
  const cursor = cursorIn(name, { ...SHOP, ...DOCKERFILES, 'platform/all.yaml': PLATFORM, [name]: marked });
  return [...graphSource.completions!(cursor)];
}

function labels(marked: string, name?: string): string[] {
  return offers(marked, name).map(({ label }) => label);
}

/** The document after an offer was taken. */
function accept(marked: string, label: string, name = 'new.yaml'): string {
  const offer = offers(marked, name).find((one) => one.label === label);
  assert.ok(offer, `${label} is not offered, but ${labels(marked, name).join(', ')}`);
  const { newText, span } = offer;
  return applyEdits(marked.replace(CURSOR, ''), [{ uri: '', span, newText }]);
}

const head = (apiVersion: string, kind: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: new\n  namespace: shop\n`;
const POD = `${head('apps/v1', 'Deployment')}spec:\n  template:\n    spec:\n`;
const CONTAINER = `${POD}      containers:\n        - name: web\n`;

describe('names from the workspace', () => {
  it('are offered where nothing is written yet, half-typed, in quotes, in flow style and with Windows line breaks', () => {
    const ingress = `${head('networking.k8s.io/v1', 'Ingress')}spec:\n  defaultBackend:\n    service:\n`;
    for (const line of [
      '      name: ¦\n',
      '      name:¦\n',
      '      name: ca¦\n',
      '      name: "c¦"\n',
      "      name: '¦\n",
      '      name: ¦ # the cart\n',
    ]) {
      const text = ingress + line;
      assert.deepEqual(labels(text), ['cart'], line);
      assert.match(accept(text, 'cart'), /name: ["']?cart["']?( # the cart)?\n$/, line);
      assert.deepEqual(labels(text.replaceAll('\n', '\r\n')), ['cart'], line);
    }
    assert.equal(
      accept(
        `${head('networking.k8s.io/v1', 'Ingress')}spec: { defaultBackend: { service: { name: ¦ } } }\n`,
        'cart',
      ).includes('name: cart }'),
      true,
    );
  });

  it('are offered in JSON and in the items of a List', () => {
    const json =
      '{\n  "apiVersion": "networking.k8s.io/v1",\n  "kind": "Ingress",\n  "metadata": {"name": "a", "namespace": "shop"},\n  "spec": {"defaultBackend": {"service": {"name": ¦}}}\n}\n';
    assert.match(accept(json, 'cart', 'new.json'), /\{"name": "cart"\}/);
    assert.match(accept(json.replace('¦', '"c¦"'), 'cart', 'new.json'), /\{"name": "cart"\}/);
    const list = `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: networking.k8s.io/v1\n    kind: Ingress\n    metadata: { name: a, namespace: shop }\n    spec:\n      defaultBackend:\n        service:\n          name: ¦\n`;
    assert.deepEqual(labels(list), ['cart']);
  });

  it('know the namespace, and what the whole cluster shares', () => {
    assert.deepEqual(
      labels(
        `${head('networking.k8s.io/v1', 'Ingress').replace('shop', 'other')}spec:\n  defaultBackend:\n    service:\n      name: ¦\n`,
      ),
      [],
    );
    assert.deepEqual(labels('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: ¦\n').sort(), [
      'payments',
      'shop',
    ]);
    assert.ok(labels(`${POD}      priorityClassName: ¦\n`).includes('urgent'));
    assert.deepEqual(labels(`${head('v1', 'PersistentVolumeClaim')}spec:\n  storageClassName: f¦\n`), ['fast']);
    assert.deepEqual(labels(`${head('networking.k8s.io/v1', 'Ingress')}spec:\n  ingressClassName: ¦\n`), ['public']);
  });

  it('are the configuration of a pod: objects, their keys, accounts and volumes', () => {
    const env = `${CONTAINER}          env:\n            - name: A\n              valueFrom:\n`;
    assert.deepEqual(labels(`${env}                configMapKeyRef:\n                  name: ¦\n`), ['cart-settings']);
    assert.deepEqual(
      labels(
        `${env}                configMapKeyRef:\n                  name: cart-settings\n                  key: ¦\n`,
      ),
      ['mode', 'motd'],
    );
    assert.deepEqual(labels(`${env}                secretKeyRef: { name: cart-secret, key: ¦ }\n`), ['password']);
    assert.ok(
      !JSON.stringify(offers(`${env}                secretKeyRef: { name: cart-secret, key: ¦ }\n`)).includes(
        'hunter2',
      ),
    );
    assert.deepEqual(labels(`${CONTAINER}          envFrom:\n            - configMapRef: { name: ¦ }\n`), [
      'cart-settings',
    ]);
    assert.deepEqual(labels(`${POD}      serviceAccountName: ¦\n`), ['cart', 'default']);
    const volumes = `${CONTAINER}          volumeMounts:\n            - name: ¦\n      volumes:\n        - name: cache\n          emptyDir: {}\n`;
    assert.deepEqual(labels(volumes), ['cache']);
    const items = `${POD}      volumes:\n        - name: a\n          configMap:\n            name: cart-settings\n            items:\n              - key: ¦\n`;
    assert.deepEqual(labels(items), ['mode', 'motd']);
  });

  it('are ports by name and number, of whoever listens', () => {
    const service = `${head('v1', 'Service')}spec:\n  selector: { app: cart }\n  ports:\n    - port: 80\n      targetPort: ¦\n`;
    assert.deepEqual(labels(service), ['http', '8080']);
    assert.match(accept(service, '8080'), /targetPort: 8080\n$/);
    const probe = `${CONTAINER}          ports: [{ name: http, containerPort: 9000 }]\n          livenessProbe:\n            httpGet:\n              port: ¦\n`;
    assert.deepEqual(labels(probe), ['http', '9000']);
    const ingress = `${head('networking.k8s.io/v1', 'Ingress')}spec:\n  defaultBackend:\n    service:\n      name: cart\n      port:\n`;
    assert.deepEqual(labels(`${ingress}        name: ¦\n`), ['web']);
    assert.deepEqual(labels(`${ingress}        number: ¦\n`), ['80']);
    const route = `${head('gateway.networking.k8s.io/v1', 'HTTPRoute')}spec:\n  rules:\n    - backendRefs:\n        - name: cart\n          port: ¦\n`;
    assert.deepEqual(labels(route), ['80']);
  });

  it('are hosts, subsets and ports of the mesh', () => {
    const route = `${head('networking.istio.io/v1', 'VirtualService')}spec:\n  http:\n    - route:\n        - destination:\n`;
    assert.deepEqual(labels(`${route}            host: ¦\n`), ['cart']);
    assert.deepEqual(labels(`${route}            host: cart\n            subset: ¦\n`), ['v1', 'v2']);
    assert.deepEqual(
      labels(`${route}            host: cart.shop.svc.cluster.local\n            port: { number: ¦ }\n`),
      ['80'],
    );
  });

  it('are labels: whole pairs in selectors and templates, values behind a key', () => {
    const service = `${head('v1', 'Service')}spec:\n  selector:\n`;
    assert.deepEqual(labels(`${service}    ¦\n`), ['app: cart', 'version: v1']);
    assert.equal(accept(`${service}    a¦\n`, 'app: cart'), `${service}    app: cart\n`);
    assert.deepEqual(labels(`${service}    app: cart\n    ¦\n`), ['version: v1']);
    assert.deepEqual(labels(`${service}    app: ¦\n`), ['cart']);
    assert.deepEqual(labels(`${service}    ap¦: cart\n`).includes('app'), true);
    const template = `${head('apps/v1', 'Deployment')}spec:\n  selector:\n    matchLabels:\n      app: new\n  template:\n    metadata:\n      labels:\n        ¦\n`;
    assert.deepEqual(labels(template), ['app: new']);
    assert.deepEqual(
      labels(`${head('policy/v1', 'PodDisruptionBudget')}spec:\n  selector:\n    matchLabels:\n      ¦\n`),
      ['app: cart', 'version: v1'],
    );
  });

  it('are images that are built here, as manifests call them, before those of others', () => {
    const sorted = offers(`${CONTAINER}          image: ¦\n`).sort((a, b) =>
      (a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1,
    );
    assert.deepEqual(
      sorted.map(({ detail, label }) => `${label} (${detail})`),
      ['registry.example.com/shop/cart:1.0.0 (built in cart)', 'registry.example.com/shop/orders (built in orders)'],
    );
    const half = `${CONTAINER}          image: registry.example.com/shop/cart:1¦\n`;
    assert.match(
      accept(half, 'registry.example.com/shop/cart:1.0.0'),
      /image: registry\.example\.com\/shop\/cart:1\.0\.0\n$/,
    );
  });

  it('are items of lists, behind their dash', () => {
    const gateway = `${head('networking.istio.io/v1', 'Gateway')}spec: {}\n`;
    const route = `---\n${head('networking.istio.io/v1', 'VirtualService').replace('new', 'other')}spec:\n  gateways:\n    - ¦\n`;
    assert.ok(labels(gateway + route).includes('new'));
    const role = `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nrules:\n  - verbs:\n      - ge¦\n`;
    assert.ok(labels(role).includes('get'));
    assert.ok(labels(role.replace('\n      - ge¦', ' [ge¦]')).includes('get'));
  });

  it('are references with a kind of their own', () => {
    const scaler = `${head('autoscaling/v2', 'HorizontalPodAutoscaler')}spec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n`;
    assert.deepEqual(labels(`${scaler}    kind: Deployment\n    name: ¦\n`), ['cart']);
    assert.ok(labels(`${scaler}    kind: ¦\n`).includes('StatefulSet'));
    const binding = `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: a, namespace: shop }\nsubjects:\n  - kind: ServiceAccount\n    name: ¦\n`;
    assert.deepEqual(labels(binding), ['cart']);
  });

  it('are not offered in comments, texts and files of other tools', () => {
    for (const text of [
      `${POD}      # serviceAccountName: ¦\n`,
      `${head('v1', 'ConfigMap')}data:\n  a: |\n    serviceAccountName: ¦\n`,
      'name: ¦\n',
    ]) {
      assert.deepEqual(labels(text), [], text);
    }
  });

  it('cost nothing but offers at every offset of every file', () => {
    for (const [name, text] of Object.entries(SHOP)) {
      for (let offset = 0; offset < text.length; offset += 5) {
        for (const { span } of offers(`${text.slice(0, offset)}${CURSOR}${text.slice(offset)}`, name)) {
          assert.ok(span.start <= offset && offset <= span.end, `${name} ${offset}`);
        }
      }
    }
  }).timeout(60_000);
});
