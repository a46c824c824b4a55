import assert from 'node:assert/strict';
import { validateResource } from '../../server/src/schema/validate.ts';
import { applyEdits } from '../../server/src/text/sourceText.ts';
import { rootOf, schemaOf } from './schemas.ts';

/** `line:text severity code message`, one per problem; `text` is what is underlined. */
function problemsOf(text: string, options: { partial?: boolean; template?: boolean } = {}): string[] {
  const root = rootOf(text, options.template);
  return validateResource(root, schemaOf(root), options).map(({ code, severity, span, message }) => {
    const line = root.source.positionAt(span.start).line + 1;
    return `${line}:${root.source.slice(span).split('\n')[0]} ${severity} ${code} ${message}`;
  });
}

function afterFirstFix(text: string): string {
  const root = rootOf(text);
  const replacement = validateResource(root, schemaOf(root))[0]?.replacement;
  assert.ok(replacement, 'the first problem has no replacement');
  return applyEdits(text, [{ uri: root.source.uri, span: replacement.span, newText: replacement.newText }]);
}

const deployment = (spec: string, container = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
spec:
  selector: { matchLabels: { app: cart } }
${spec}
  template:
    metadata:
      labels: { app: cart }
    spec:
      containers:
        - name: cart
          image: cart:1
${container}
`;

const service = (spec: string) => `apiVersion: v1
kind: Service
metadata:
  name: cart
spec:
${spec}
`;

describe('schema: validateResource', () => {
  it('accepts a valid Deployment', () => {
    assert.deepEqual(problemsOf(deployment('  replicas: 2')), []);
  });

  it('finds an unknown field at its key and names the nearest', () => {
    assert.deepEqual(problemsOf(deployment('  replica: 2')), [
      '7:replica error schema/unknown-field `replica` is not a field of `spec`. Did you mean `replicas`?',
    ]);
    assert.deepEqual(problemsOf(deployment('  replicas: 2', '          imag: x')), [
      '15:imag error schema/unknown-field `imag` is not a field of an item of `containers`.',
    ]);
  });

  it('renames the key to the nearest field and keeps its quotes', () => {
    assert.match(afterFirstFix(deployment('  "replica": 2')), /^ {2}"replicas": 2$/m);
  });

  it('does not suggest a field that is already there', () => {
    assert.deepEqual(problemsOf(deployment('  replicas: 2\n  replica: 2')), [
      '8:replica error schema/unknown-field `replica` is not a field of `spec`.',
    ]);
  });

  it('names string, number and boolean confusions, and mends them', () => {
    assert.deepEqual(problemsOf(deployment('  replicas: "2"')), [
      '7:"2" error schema/wrong-type `replicas` must be an integer, not a string.',
    ]);
    assert.match(afterFirstFix(deployment('  replicas: "2"')), /replicas: 2$/m);
    assert.deepEqual(problemsOf(deployment('  paused: "true"')), [
      '7:"true" error schema/wrong-type `paused` must be a boolean, not a string.',
    ]);
    assert.deepEqual(problemsOf(deployment('  replicas: 1.5')), [
      '7:1.5 error schema/wrong-type `replicas` must be an integer, not a number.',
    ]);
    const version = deployment('', '          env: [{ name: VERSION, value: 1.10 }]');
    assert.deepEqual(problemsOf(version), ['15:1.10 error schema/wrong-type `value` must be a string, not a number.']);
    assert.match(afterFirstFix(version), /value: "1.10"/);
  });

  it('reads plain booleans as the tools of Kubernetes do', () => {
    const enabled = (value: string) => deployment('', `          env: [{ name: ENABLED, value: ${value} }]`);
    assert.deepEqual(problemsOf(enabled('yes')), [
      '15:yes error schema/wrong-type `value` must be a string, not a boolean.',
    ]);
    assert.match(afterFirstFix(enabled('yes')), /value: "yes"/);
    for (const value of ['"yes"', 'y', 'yess', '012.3.4', '2026-01-31', '12:30']) {
      assert.deepEqual(problemsOf(enabled(value)), [], value);
    }
    for (const value of ['yes', 'on', 'Off', 'n', 'True']) {
      assert.deepEqual(problemsOf(deployment(`  paused: ${value}`)), [], value);
    }
  });

  it("finds maps and lists in each other's place", () => {
    assert.deepEqual(problemsOf(service('  ports: { port: 80 }')), [
      '6:ports error schema/wrong-type `ports` must be a list, not a map.',
    ]);
    assert.deepEqual(problemsOf(service('  selector: [app]')), [
      '6:selector error schema/wrong-type `selector` must be a map, not a list.',
    ]);
    assert.deepEqual(problemsOf(service('  selector: cart')), [
      '6:cart error schema/wrong-type `selector` must be a map, not a string.',
    ]);
  });

  it('finds missing fields at the key of the map', () => {
    assert.deepEqual(problemsOf('apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 1\n'), [
      '3:spec error schema/missing-field `selector` is missing in `spec`.',
      '3:spec error schema/missing-field `template` is missing in `spec`.',
    ]);
    assert.deepEqual(problemsOf(service('  ports:\n    - name: http')), [
      '7:name error schema/missing-field `port` is missing in an item of `ports`.',
    ]);
  });

  it('finds values outside an enumeration and suggests the nearest', () => {
    assert.deepEqual(problemsOf(service('  type: Nodeport')), [
      '6:Nodeport error schema/invalid-value `Nodeport` is not a value of `type`. Did you mean `NodePort`?',
    ]);
    assert.match(afterFirstFix(service("  type: 'Nodeport'")), /type: 'NodePort'/);
    assert.deepEqual(problemsOf(service('  sessionAffinity: Cookie')), [
      '6:Cookie error schema/invalid-value `Cookie` is not a value of `sessionAffinity` (`ClientIP`, `None`).',
    ]);
    assert.deepEqual(problemsOf(service('  type: ""')), [], 'API servers fill in the default');
  });

  it('checks quantities, integers or strings, ranges and times', () => {
    const resources = (value: string) => deployment('', `          resources: { limits: { memory: ${value} } }`);
    assert.deepEqual(problemsOf(resources('512MB')), [
      '15:512MB error schema/invalid-value `512MB` is not a quantity such as 500m, 1.5, 128Mi or 2Gi.',
    ]);
    assert.deepEqual(problemsOf(resources('true')), [
      '15:true error schema/wrong-type `memory` must be a quantity, not a boolean.',
    ]);
    for (const value of ['1', '1.5', '500m', '128Mi', '1e3', '1E', '"2"', '.5', '+1Gi']) {
      assert.deepEqual(problemsOf(resources(value)), [], value);
    }
    const target = (value: string) => service(`  ports: [{ port: 80, targetPort: ${value} }]`);
    assert.deepEqual(problemsOf(target('http')), []);
    assert.deepEqual(problemsOf(target('8080')), []);
    assert.deepEqual(problemsOf(target('80.5')), [
      '6:80.5 error schema/wrong-type `targetPort` must be an integer or a string, not a number.',
    ]);
    assert.deepEqual(problemsOf(service('  ports: [{ port: 70000 }]')), [
      '6:70000 error schema/invalid-value `port` must be at most 65535, not 70000.',
    ]);
    for (const port of [1, 65535]) assert.deepEqual(problemsOf(service(`  ports: [{ port: ${port} }]`)), []);
    assert.deepEqual(problemsOf(deployment('  replicas: 0')), []);
    assert.deepEqual(problemsOf(deployment('  replicas: -1')), [
      '7:-1 error schema/invalid-value `replicas` must be at least 0, not -1.',
    ]);
    assert.deepEqual(problemsOf(deployment('  replicas: 3000000000')), [
      '7:3000000000 error schema/invalid-value 3000000000 does not fit in 32 bits.',
    ]);
    assert.deepEqual(
      problemsOf(
        'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  podSelector: {}\n  egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/33, except: [10.0.0.1] } }] }]\n',
      ),
      [
        '5:10.0.0.0/33 error schema/invalid-value `10.0.0.0/33` is not an address range such as 10.0.0.0/16.',
        '5:10.0.0.1 error schema/invalid-value `10.0.0.1` is not an address range such as 10.0.0.0/16.',
      ],
    );
  });

  it('checks addresses and durations where no pattern says them', () => {
    assert.deepEqual(
      problemsOf(
        'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { clusterIP: 10.0.0, externalIPs: [1.2.3.4, x], loadBalancerSourceRanges: [10.0.0.0] }\n',
      ),
      [
        '4:10.0.0 error schema/invalid-value `10.0.0` is neither an IP address nor None.',
        '4:x error schema/invalid-value `x` is not an IP address.',
        '4:10.0.0.0 error schema/invalid-value `10.0.0.0` is not an address range such as 10.0.0.0/16.',
      ],
    );
    const route = (timeout: string): string =>
      `apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec: { http: [{ timeout: ${timeout} }] }\n`;
    assert.deepEqual(problemsOf(route('2 seconds')), [
      '3:2 seconds error schema/invalid-value `2 seconds` is not a duration such as 300ms, 10s or 1h30m.',
    ]);
    for (const timeout of ['1.5s', '0s', '1m30s']) assert.deepEqual(problemsOf(route(timeout)), []);
    const rule =
      'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nspec: { host: a, subsets: [{ name: a, trafficPolicy: { outlierDetection: { interval: 10 sec } } }] }\n';
    assert.equal(problemsOf(rule).length, 1);
  });

  it('checks names, labels and keys', () => {
    assert.deepEqual(problemsOf('apiVersion: v1\nkind: Service\nmetadata: { name: cart.v2 }\nspec: {}\n'), [
      '3:cart.v2 error schema/invalid-value The name of a Service may only hold lower-case letters, digits and inner hyphens: `cart.v2`.',
    ]);
    assert.deepEqual(problemsOf('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cart.v2 }\n'), []);
    assert.deepEqual(
      problemsOf(
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: "system:cart" }\nrules: []\n',
      ),
      [],
    );
    assert.deepEqual(problemsOf('apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    a/b/c: x\n    team: "a b"\n'), [
      '5:a/b/c error schema/invalid-value The key `a/b/c` may only hold letters, digits, and inner hyphens, underscores and dots.',
      '6:"a b" error schema/invalid-value `a b` may only hold letters, digits, and inner hyphens, underscores and dots.',
    ]);
  });

  it('finds two items with the same key and shows the first', () => {
    const text = deployment('', '        - name: cart\n          image: other:1');
    assert.deepEqual(problemsOf(text), [
      '15:cart error schema/invalid-value `containers` has two items with name `cart`.',
    ]);
    const root = rootOf(text);
    const related = validateResource(root, schemaOf(root))[0]?.related?.[0];
    assert.equal(related && root.source.positionAt(related.span.start).line + 1, 13);
  });

  it('says when only one of several fields may be set', () => {
    const rule = (fields: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart }
spec:
  host: cart
  trafficPolicy:
    loadBalancer:
${fields}
`;
    assert.deepEqual(problemsOf(rule('      simple: ROUND_ROBIN\n      consistentHash: { useSourceIp: true }')), [
      '9:consistentHash error schema/invalid-value `loadBalancer` may only have one of `simple` and `consistentHash`.',
    ]);
    assert.deepEqual(problemsOf(rule('      simple: ROUND_ROBIN')), []);
    assert.deepEqual(problemsOf(rule('      localityLbSetting: { enabled: true }')), []);
    assert.deepEqual(problemsOf(rule('      simple: ROUND_ROBIN\n      consistentHash:')), [], 'null sets nothing');
  });

  it('is careful with kinds whose bundled version may not be the installed one', () => {
    const text = 'apiVersion: networking.istio.io/v1\nkind: Gateway\nspec: { fresh: 1, servers: 1 }\n';
    assert.deepEqual(problemsOf(text), [
      '3:fresh warning schema/unknown-field `fresh` is not a field of `spec`.',
      '3:1 error schema/wrong-type `servers` must be a list, not a number.',
    ]);
  });

  it('says nothing about null, status, lists of kinds, and data with free keys', () => {
    assert.deepEqual(problemsOf(deployment('  replicas:\n  strategy: ~')), []);
    assert.deepEqual(problemsOf(`${deployment('')}status: { nonsense: 1, replicas: many }\n`), []);
    assert.deepEqual(
      problemsOf('apiVersion: v1\nkind: List\nmetadata: { resourceVersion: "", x: 1 }\nitems: []\n'),
      [],
    );
    assert.deepEqual(problemsOf('apiVersion: v1\nkind: ConfigMapList\nmetadata: { x: 1 }\nitems: []\n'), []);
    assert.deepEqual(problemsOf('apiVersion: v1\nkind: ConfigMap\ndata: { any.key: x, OTHER_key: "1" }\n'), []);
    assert.deepEqual(
      problemsOf(
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec:\n  project: a\n  destination: {}\n  source: { repoURL: a, helm: { valuesObject: { any: { thing: [1] } } } }\n',
      ),
      [],
    );
  });

  it('says nothing about templated and substituted values', () => {
    const chart = deployment(
      '  replicas: {{ .Values.replicas }}\n  {{- if .Values.x }}\n  paused: {{ .Values.p }}\n  {{- end }}',
    );
    assert.deepEqual(problemsOf(chart, { template: true }), []);
    const open = 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 1\n  {{- include "spec" . | nindent 2 }}\n';
    assert.deepEqual(problemsOf(open, { template: true }), [], 'the template may provide selector and template');
    assert.deepEqual(problemsOf(deployment(`  replicas: \${REPLICAS}`)), []);
    assert.deepEqual(problemsOf(deployment('  replicas: {{ replicas }}')), []);
    assert.deepEqual(problemsOf(service('  type: "{{ type }}"')), []);
    assert.deepEqual(problemsOf(service('  type: ...\n  clusterIP: [YOUR_ADDRESS]')), []);
    assert.deepEqual(problemsOf('apiVersion: v1\nkind: Pod\nmetadata: { name: "$(NAME)" }\n'), []);
  });

  it('knows nothing of the fields of a kind of which only the name is known', () => {
    const operator =
      'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: a }\nspec: { profile: minimal }\n';
    assert.deepEqual(problemsOf(operator), []);
  });

  it('leaves the branches of a template apart', () => {
    const chart = [
      '{{- if .Values.new }}',
      'apiVersion: autoscaling/v2',
      '{{- else }}',
      'apiVersion: autoscaling/v2beta1',
      '{{- end }}',
      'kind: HorizontalPodAutoscaler',
      'metadata: { name: a }',
      'spec:',
      '  maxReplicas: 3',
      '  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: a }',
      '  {{- if not .Values.new }}',
      '  targetCPUUtilizationPercentage: 80',
      '  {{- end }}',
      '',
    ].join('\n');
    assert.deepEqual(problemsOf(chart, { template: true }), []);
    const twice = (branch: string) =>
      deployment(
        `  template:\n    metadata: { labels: { app: cart } }\n    spec:\n      containers: [{ name: a, image: b }]\n      volumes:\n        {{- if .Values.x }}\n        - name: data\n          emptyDir: {}\n        {{- ${branch} }}\n        - name: data\n          emptyDir: {}\n        {{- end }}`,
      );
    assert.deepEqual(problemsOf(twice('else'), { template: true }), []);
  });

  it('asks nothing of patches and knows their directives', () => {
    const patch =
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n  replica: 1\n  template:\n    $patch: replace\n    spec: { containers: [{ $patch: delete, image: a }] }\n';
    assert.deepEqual(problemsOf(patch, { partial: true }), [
      '4:replica error schema/unknown-field `replica` is not a field of `spec`. Did you mean `replicas`?',
    ]);
  });

  it('never shows a value of a Secret', () => {
    const text = 'apiVersion: v1\nkind: Secret\ndata:\n  password: hunter2!\n  token: 12345\n';
    const found = problemsOf(text);
    assert.equal(found.length, 2);
    const messages = found.map((line) => line.slice(line.indexOf('schema/')));
    assert.deepEqual(messages, [
      'schema/invalid-value The value is not base64.',
      'schema/wrong-type `token` must be a string, not a number.',
    ]);
  });

  it('accepts items of typed lists that do not name their type', () => {
    assert.deepEqual(
      problemsOf('apiVersion: v1\nkind: ConfigMapList\nitems: [{ metadata: { name: a }, data: {} }]\n'),
      [],
    );
  });

  it('treats an object in a List like one that stands alone', () => {
    const secret = '{ apiVersion: v1, kind: Secret, data: { token: "?" }, extra: 1 }';
    const list = rootOf(`apiVersion: v1\nkind: List\nitems:\n  - ${secret}\n`);
    const item = list.find('items', 0);
    assert.ok(item);
    assert.deepEqual(
      validateResource(item, schemaOf(item)).map((problem) => problem.message),
      ['The value is not base64.', '`extra` is not a field of a Secret.'],
    );
  });

  it('accepts workflows as Argo reads them', () => {
    const templates = `
  templates:
    - name: main
      steps:
        - - name: build
            template: build
        - - name: test
            template: check
    - name: build
      inputs: { artifacts: [{ name: tool, path: /bin/tool, mode: 0755, http: { url: "https://a.example.com" } }] }
      container: { image: "a/b:1" }
    - name: check
      synchronization: { mutex: { name: one } }
      script: { image: "a/b:1", source: exit 0 }
`;
    const head = 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: { generateName: a- }\nspec:\n';
    assert.deepEqual(problemsOf(`${head}  entrypoint: main${templates}`), []);
    const cron = head.replace('Workflow', 'CronWorkflow');
    const spec = `  workflowSpec:\n    entrypoint: main${templates.replaceAll('\n', '\n  ')}`;
    assert.deepEqual(problemsOf(`${cron}  schedule: "@daily"\n${spec}`), []);
    assert.deepEqual(problemsOf(`${cron}  schedules: ["@daily"]\n${spec}`), []);
    assert.deepEqual(
      problemsOf(`${head}  templates:\n    - name: main\n      steps:\n        - name: build\n      script: {}\n`).map(
        (problem) => problem.slice(problem.indexOf('schema/')),
      ),
      [
        'schema/wrong-type An item of `steps` must be a list, not a map.',
        'schema/missing-field `source` is missing in `script`.',
      ],
    );
  });

  it('reads a number with a leading zero as octal', () => {
    const workflow = (mode: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: { name: a }\nspec:\n  templates:\n    - name: a\n      inputs: { artifacts: [{ name: a, mode: ${mode} }] }\n`;
    assert.deepEqual(problemsOf(workflow('0755')), []);
    assert.deepEqual(problemsOf(workflow('755')), [
      '7:755 error schema/invalid-value `mode` must be at most 511, not 755.',
    ]);
  });

  it('survives documents of every shape', () => {
    const deep = `apiVersion: v1\nkind: ConfigMap\nmetadata: ${'{a: '.repeat(400)}1${'}'.repeat(400)}\n`;
    for (const text of [deep, 'apiVersion: v1\nkind: Pod\nspec: []\n', 'apiVersion: v1\nkind: Pod\n? [a]\n: b\n']) {
      const root = rootOf(text);
      assert.ok(Array.isArray(validateResource(root, schemaOf(root))));
    }
  });
});
