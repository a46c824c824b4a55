import assert from 'node:assert/strict';
import { kubernetesCompletions } from '../../server/src/features/kubernetesCompletion.ts';
import type { Completion } from '../../server/src/features/languageFeatures.ts';
import { maskTemplate } from '../../server/src/languages/helm/maskTemplate.ts';
import { fieldsAt } from '../../server/src/schema/fieldsAt.ts';
import { validateResource } from '../../server/src/schema/validate.ts';
import { applyEdits, SourceText } from '../../server/src/text/sourceText.ts';
import { index, rootOf, schemaOf } from './schemas.ts';

interface Typed {
  readonly source: SourceText;
  readonly offers: Completion[];
}

/** Completes at the `|` of a text. */
function complete(marked: string, uri = 'file:///shop/cart.yaml', template = false): Typed {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const source = new SourceText(uri, text);
  const masked = template ? maskTemplate(text).text : text;
  return { source, offers: [...kubernetesCompletions(source, masked, offset, index)] };
}

const labels = (marked: string, uri?: string, template?: boolean) =>
  complete(marked, uri, template).offers.map((offer) => offer.label);

/** The text after an offer was accepted as an editor does it: new lines indented like the first, placeholders left empty. */
function accept(marked: string, label: string, uri?: string): string {
  const { source, offers } = complete(marked, uri);
  const offer = offers.find((candidate) => candidate.label === label);
  assert.ok(offer, `${label} is not offered, but ${offers.map((candidate) => candidate.label).join(' ')}`);
  const line = source.lineSpan(source.lineAt(offer.span.start));
  const indent = /^[ \t]*/.exec(source.slice(line))![0];
  const newText = offer.newText
    .replaceAll('\n', `\n${indent}`)
    .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
    .replace(/\$\d+/g, '')
    .replace(/\\([$}\\])/g, '$1');
  return applyEdits(source.text, [{ uri: source.uri, span: offer.span, newText }]);
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
`;

const CONTAINERS = `${DEPLOYMENT}  template:
    spec:
      containers:
        - name: cart
`;

describe('features: completion of manifests', () => {
  it('offers fields with the required ones first', () => {
    const offers = complete(`${DEPLOYMENT}  |`).offers.toSorted((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
    assert.deepEqual(
      offers.slice(0, 3).map(({ label, detail }) => [label, detail]),
      [
        ['selector', 'map, required'],
        ['template', 'map, required'],
        ['minReadySeconds', 'integer'],
      ],
    );
    assert.match(offers[0]?.documentation?.() ?? '', /Label selector for pods/);
  });

  it('offers what is not there yet, wherever in the map the cursor stands', () => {
    const offered = labels(`${DEPLOYMENT}  replicas: 1\n  |\n  paused: true\n`);
    assert.ok(offered.includes('selector') && !offered.includes('replicas') && !offered.includes('paused'));
    assert.ok(labels(`${DEPLOYMENT}  |\n  replicas: 1\n`).includes('selector'));
    assert.ok(labels(`${DEPLOYMENT}  replicas: 1\n|`).includes('status'));
  });

  it('works on half-typed lines, and replaces them', () => {
    assert.equal(
      accept(`${DEPLOYMENT}  repl|\n  paused: true\n`, 'replicas'),
      `${DEPLOYMENT}  replicas: \n  paused: true\n`,
    );
    assert.equal(accept(`${DEPLOYMENT}  re|pl\n`, 'replicas'), `${DEPLOYMENT}  replicas: \n`);
    assert.equal(accept(`${CONTAINERS}          ima|`, 'image'), `${CONTAINERS}          image: `);
    assert.equal(accept(`${CONTAINERS}        - na|`, 'name'), `${CONTAINERS}        - name: `);
  });

  it('changes only the key of a line that has a value', () => {
    assert.equal(accept(`${DEPLOYMENT}  repl|: 3 # three\n`, 'replicas'), `${DEPLOYMENT}  replicas: 3 # three\n`);
    assert.equal(accept(`${DEPLOYMENT}  "repl|": 3\n`, 'replicas'), `${DEPLOYMENT}  "replicas": 3\n`);
  });

  it('writes what a field requires, in the list style of the file', () => {
    assert.equal(
      accept(`${CONTAINERS}          |`, 'ports'),
      `${CONTAINERS}          ports:\n            - containerPort: `,
    );
    const flat = CONTAINERS.replace('        - name', '      - name');
    assert.equal(accept(`${flat}        |`, 'ports'), `${flat}        ports:\n        - containerPort: `);
    assert.equal(
      accept(`${CONTAINERS}          env:\n            - |`, 'valueFrom'),
      `${CONTAINERS}          env:\n            - valueFrom:\n                `,
    );
    assert.equal(accept(`${DEPLOYMENT}  |`, 'strategy'), `${DEPLOYMENT}  strategy:\n    `);
  });

  it('starts an item where a list is expected', () => {
    const text = `${DEPLOYMENT}  template:\n    spec:\n      containers:\n        |`;
    assert.equal(accept(text, 'name'), text.replace('|', '- name: '));
    assert.equal(
      accept(
        `${DEPLOYMENT.replace('Deployment', 'DaemonSet')}  template:\n    spec:\n      volumes:\n        |`,
        'name',
      )
        .trimEnd()
        .split('\n')
        .at(-1),
      '        - name:',
    );
  });

  it('starts the next item below a dash', () => {
    const text = `${CONTAINERS}        |`;
    assert.ok(labels(text).includes('image'));
    assert.equal(accept(text, 'name'), `${CONTAINERS}        - name: `);
    assert.equal(accept(text, 'ports'), `${CONTAINERS}        - ports:\n            - containerPort: `);
    const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  accessModes:\n    - ReadOnlyMany\n    |';
    assert.equal(accept(claim, 'ReadWriteOnce'), claim.replace('|', '- ReadWriteOnce'));
    const ports = `${CONTAINERS}          ports:\n          - containerPort: 1\n          |`;
    assert.ok(labels(ports).includes('image'), 'at this column, the container goes on');
  });

  it('offers values: enumerations, booleans, with and without quotes', () => {
    assert.deepEqual(labels(`${DEPLOYMENT}  strategy:\n    type: |`), ['Recreate', 'RollingUpdate']);
    assert.deepEqual(labels(`${DEPLOYMENT}  paused: |`), ['true', 'false']);
    assert.equal(
      accept(`${DEPLOYMENT}  strategy:\n    type: Rol|\n  paused: true\n`, 'RollingUpdate'),
      `${DEPLOYMENT}  strategy:\n    type: RollingUpdate\n  paused: true\n`,
    );
    assert.equal(accept(`${DEPLOYMENT}  paused:|\n`, 'true'), `${DEPLOYMENT}  paused: true\n`);
    assert.equal(
      accept(`${CONTAINERS}          imagePullPolicy: "Al|"\n`, 'Always'),
      `${CONTAINERS}          imagePullPolicy: "Always"\n`,
    );
    assert.equal(accept(`${CONTAINERS}          imagePullPolicy: 'Al|\n`, 'Never').includes("'Never"), true);
    assert.deepEqual(labels(`${DEPLOYMENT}  replicas: |`), []);
  });

  it('offers values as items of lists', () => {
    const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  accessModes:\n';
    assert.ok(labels(`${claim}    - |`).includes('ReadWriteOnce'));
    assert.equal(accept(`${claim}    - Read|`, 'ReadWriteOnce'), `${claim}    - ReadWriteOnce`);
    assert.equal(accept(`${claim}    |`, 'ReadWriteOnce'), `${claim}    - ReadWriteOnce`);
    assert.equal(
      accept('apiVersion: v1\nkind: PersistentVolumeClaim\nspec: { accessModes: [Rea|] }\n', 'ReadWriteOnce').includes(
        '[ReadWriteOnce]',
      ),
      true,
    );
  });

  it('works in flow style, closed or not', () => {
    assert.equal(accept(`${DEPLOYMENT}  strategy: { ty| }\n`, 'type').includes('{ type: Recreate }'), true);
    assert.equal(accept(`${DEPLOYMENT}  strategy: { type: Re| }\n`, 'Recreate').includes('{ type: Recreate }'), true);
    assert.ok(labels(`${DEPLOYMENT}  strategy: {|\n  paused: true\n`).includes('rollingUpdate'));
    assert.ok(labels(`${DEPLOYMENT}  strategy: { rollingUpdate: { maxSurge: 1, |`).includes('maxUnavailable'));
    assert.equal(
      accept(`${CONTAINERS}          ports: [{ | }]\n`, 'containerPort').includes('[{ containerPort:  }]'),
      true,
    );
  });

  it('works in JSON', () => {
    const json = '{\n  "apiVersion": "v1",\n  "kind": "Service",\n  "spec": {\n    |\n  }\n}\n';
    assert.match(accept(json, 'type', 'file:///a.json'), /\n {4}"type": "ClusterIP"\n/);
    assert.match(accept(json.replace('|', '"ty|"'), 'type', 'file:///a.json'), /\n {4}"type"\n/);
    assert.match(accept(json.replace('|', '"type": |'), 'NodePort', 'file:///a.json'), /"type": "NodePort"\n/);
    assert.match(accept(json.replace('|', '"type": "N|"'), 'NodePort', 'file:///a.json'), /"type": "NodePort"\n/);
  });

  it('offers kinds and versions that fit each other', () => {
    assert.deepEqual(labels('apiVersion: |\nkind: HorizontalPodAutoscaler\n'), ['autoscaling/v2', 'autoscaling/v1']);
    const apps = labels('apiVersion: apps/v1\nkind: |\n');
    assert.ok(apps.includes('Deployment') && apps.includes('StatefulSet') && !apps.includes('Service'));
    assert.ok(labels('kind: |').includes('VirtualService'));
    assert.ok(labels('kind: Deployment\n|').includes('apiVersion'));
    assert.ok(!labels('kind: Deployment\n|').includes('kind'));
  });

  it('writes whole objects into empty documents, and valid ones', () => {
    for (const marked of ['|', '# Cart\n|', 'Dep|', `${DEPLOYMENT}  replicas: 1\n---\n|`, '---\nDepl|\n---\na: 1\n']) {
      assert.ok(labels(marked).includes('Deployment'), marked);
    }
    assert.equal(
      accept('|', 'Deployment'),
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: \nspec:\n  selector:\n    \n  template:\n    ',
    );
    const kinds = complete('|').offers;
    assert.ok(kinds.length > 200);
    for (const { label, detail, newText } of kinds) {
      const filled = newText.replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1').replace(/\$\d+/g, '~');
      const root = rootOf(filled);
      const missing = validateResource(root, schemaOf(root)).filter(({ code }) => code !== 'schema/invalid-value');
      assert.deepEqual(
        missing.map(({ message }) => message),
        [],
        `${label} of ${detail}\n${filled}`,
      );
    }
  });

  it("offers nothing in comments, texts, values files and other tools' files", () => {
    assert.deepEqual(labels(`${DEPLOYMENT}  # re|`), []);
    assert.deepEqual(labels(`${DEPLOYMENT}  replicas: 1 # re|`), []);
    assert.deepEqual(
      labels('apiVersion: v1\nkind: ConfigMap\ndata:\n  text: |\n'.replace('|', '>\n    spec\n    |')),
      [],
    );
    for (const uri of [
      'file:///chart/values.yaml',
      'file:///a/.github/workflows/ci.yaml',
      'file:///docker-compose.yml',
    ]) {
      assert.deepEqual(labels('|', uri), [], uri);
      assert.deepEqual(labels('apiVersion: |', uri), [], uri);
    }
  });

  it('works in chart templates and Lists', () => {
    const chart = `${DEPLOYMENT}  {{- if not .Values.autoscaling }}\n  replicas: {{ .Values.replicas }}\n  {{- end }}\n  |\n`;
    assert.ok(labels(chart, 'file:///chart/templates/a.yaml', true).includes('selector'));
    const list = `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n    spec:\n      |\n`;
    assert.ok(labels(list).includes('ports'));
  });

  it('offers every field of a kind at its place', () => {
    const spec = complete(`${CONTAINERS}          |`).offers.map((offer) => offer.label);
    const known = fieldsAt(schemaOf(rootOf(DEPLOYMENT)).schema, ['spec', 'template', 'spec', 'containers', 0]);
    assert.deepEqual(
      spec,
      known.map((field) => field.name).filter((name) => name !== 'name'),
    );
  });

  it('survives every offset of whole and cut documents, with any line breaks', () => {
    const text = `# a\n---\n${CONTAINERS}          image: "a:1" # b\n          command: [sh, -c, 'x']\n          env:\n            - { name: A, value: "b" }\n          args:\n            - >-\n              text\n`;
    for (const variant of [text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`, text.replaceAll('  ', '\t')]) {
      const source = new SourceText('file:///a.yaml', variant);
      for (let offset = 0; offset <= variant.length; offset++) {
        for (const offer of kubernetesCompletions(source, variant, offset, index)) {
          assert.ok(offer.span.start <= offset && offset <= offer.span.end, `${offset}: ${offer.label}`);
          assert.equal(source.lineAt(offer.span.start), source.lineAt(offer.span.end));
          break;
        }
        if (offset % 3 !== 0) continue;
        const cut = new SourceText('file:///a.yaml', variant.slice(0, offset));
        [...kubernetesCompletions(cut, cut.text, offset, index)].at(0);
      }
    }
  }).timeout(60_000);
});
