import assert from 'node:assert/strict';
import { customResourceSchemas } from '../../server/src/schema/customResources.ts';
import { documentationAt } from '../../server/src/schema/documentationAt.ts';
import { fieldsAt } from '../../server/src/schema/fieldsAt.ts';
import { openApiSchemas } from '../../server/src/schema/openApi.ts';
import { SchemaSet } from '../../server/src/schema/schemaSet.ts';
import { validateResource } from '../../server/src/schema/validate.ts';
import { index, rootOf } from './schemas.ts';

const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: caches.shop.example }
spec:
  group: shop.example
  scope: Namespaced
  names: { kind: Cache, plural: caches }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            metadata: { type: object }
            spec:
              type: object
              description: What the cache should be.
              required: [size]
              oneOf:
                - required: [engine]
                - required: [image]
              properties:
                size: { type: integer, minimum: 1, maximum: 9, description: Number of nodes., default: 3 }
                engine: { type: string, enum: [redis, valkey] }
                image: { type: string, pattern: '^[a-z./]+(:[a-z0-9.]+)?$' }
                memory: { anyOf: [{ type: integer }, { type: string }], x-kubernetes-int-or-string: true,
                  pattern: '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$' }
                port: { x-kubernetes-int-or-string: true }
                timeout: { type: string, format: duration }
                extra: { type: object, x-kubernetes-preserve-unknown-fields: true, properties: { level: { type: integer } } }
                free: { x-kubernetes-preserve-unknown-fields: true }
                tags: { type: array, x-kubernetes-list-type: set, items: { type: string } }
                users:
                  type: array
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [name]
                  items: { type: object, required: [name], properties: { name: { type: string } } }
                addresses:
                  type: array
                  items:
                    type: object
                    required: [type]
                    properties: { type: { type: string, default: IP }, value: { type: string } }
                    oneOf:
                      - properties: { type: { enum: [IP] }, value: { format: ipv4 } }
                      - properties: { type: { not: { enum: [IP] } } }
                template: { type: object, x-kubernetes-embedded-resource: true, properties: { spec: { type: object } } }
    - name: v1alpha1
      served: false
      deprecated: true
      deprecationWarning: Use v1.
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`;

const schemas = customResourceSchemas(rootOf(DEFINITION), index, 'workspace', 'crds/cache.yaml');
const workspace = index.with(new SchemaSet(schemas));

function problemsOf(spec: string): string[] {
  const root = rootOf(`apiVersion: shop.example/v1\nkind: Cache\nmetadata: { name: a }\nspec: ${spec}\n`);
  const schema = workspace.forResource('shop.example/v1', 'Cache');
  assert.ok(schema);
  return validateResource(root, schema).map(({ severity, message }) => `${severity} ${message}`);
}

describe('schema: custom resource definitions of the workspace', () => {
  it('set defaults before anything is missing or an alternative is chosen', () => {
    const addresses = (one: string) => problemsOf(`{ size: 1, engine: redis, addresses: [${one}] }`);
    assert.deepEqual(addresses('{ value: 1.2.3.4 }'), []);
    assert.deepEqual(addresses('{ type: Host, value: a }'), []);
    assert.equal(addresses('{ type: IP, value: a }').length, 1);
  });

  it('define a kind per version, over those that are known', () => {
    assert.deepEqual(
      schemas.map(({ apiVersion, kind, namespaced, deprecation, origin, source }) => [
        apiVersion,
        kind,
        namespaced,
        deprecation,
        origin,
        source,
      ]),
      [
        ['shop.example/v1', 'Cache', true, undefined, 'workspace', 'crds/cache.yaml'],
        ['shop.example/v1alpha1', 'Cache', true, 'Use v1.', 'workspace', 'crds/cache.yaml'],
      ],
    );
    assert.equal(index.forResource('shop.example/v1', 'Cache'), undefined);
    assert.ok(workspace.forResource('apps/v1', 'Deployment'));
    assert.ok(workspace.knowsGroup('shop.example') && !index.knowsGroup('shop.example'));
  });

  it('win over the bundle', () => {
    const own = DEFINITION.replaceAll('shop.example', 'argoproj.io')
      .replaceAll('Cache', 'Rollout')
      .replaceAll('v1alpha1', 'v0');
    const definition = own.replace('name: v1\n', 'name: v1alpha1\n');
    const layered = index.with(new SchemaSet(customResourceSchemas(rootOf(definition), index, 'workspace', 'a.yaml')));
    assert.equal(layered.forResource('argoproj.io/v1alpha1', 'Rollout')?.origin, 'workspace');
    assert.equal(
      layered.kinds().filter(({ apiVersion, kind }) => apiVersion === 'argoproj.io/v1alpha1' && kind === 'Rollout')
        .length,
      1,
    );
  });

  it('accept what they describe', () => {
    const spec = `{ size: 3, engine: redis, memory: 1Gi, port: http, timeout: 1m30s, extra: { level: 1, any: x },
  free: [1], tags: [a, b], users: [{ name: a }, { name: b }], template: { apiVersion: v1, kind: Pod, metadata: { labels: { a: b } }, spec: {} } }`;
    assert.deepEqual(problemsOf(spec), []);
  });

  it('reject what they do not', () => {
    assert.deepEqual(problemsOf('{ engine: redis, users: [{}] }'), ['error `name` is missing in an item of `users`.']);
    assert.deepEqual(problemsOf('{ size: 10, engine: redis }'), ['error `size` must be at most 9, not 10.']);
    assert.deepEqual(problemsOf('{ size: 3, engine: radis }'), [
      'error `radis` is not a value of `engine`. Did you mean `redis`?',
    ]);
    assert.deepEqual(problemsOf('{ size: 3, engine: redis, color: red }'), ['error `color` is not a field of `spec`.']);
    assert.deepEqual(problemsOf('{ size: 3 }'), ['error `spec` must have one of `engine` and `image`.']);
    assert.deepEqual(problemsOf('{ size: 3, engine: redis, image: a }'), [
      'error `spec` may only have one of `engine` and `image`.',
    ]);
    assert.deepEqual(problemsOf('{ size: 3, image: A }'), [
      'error `A` does not match the pattern of `image`: ^[a-z./]+(:[a-z0-9.]+)?$',
    ]);
    assert.deepEqual(problemsOf('{ size: 3, engine: redis, memory: 1GB }'), [
      'error `1GB` is not a quantity such as 500m, 1.5, 128Mi or 2Gi.',
    ]);
    assert.deepEqual(problemsOf('{ size: 3, engine: redis, port: 1.5 }'), [
      'error `port` must be an integer or a string, not a number.',
    ]);
    assert.deepEqual(problemsOf('{ size: 3, engine: redis, timeout: 1 minute }'), [
      'error `1 minute` is not a duration such as 300ms, 10s or 1h30m.',
    ]);
    assert.deepEqual(problemsOf('{ size: 3, engine: redis, extra: { level: high } }'), [
      'error `level` must be an integer, not a string.',
    ]);
    assert.deepEqual(problemsOf('{ size: 3, engine: redis, tags: [a, b, a] }'), ['error `a` stands in `tags` twice.']);
    assert.deepEqual(problemsOf('{ size: 3, engine: redis, users: [{ name: a }, { name: a }] }'), [
      'error `users` has two items with name `a`.',
    ]);
    assert.deepEqual(problemsOf('{ size: 3, engine: redis, template: { metadata: { labels: [] } } }'), [
      'error `labels` must be a map, not a list.',
    ]);
  });

  it('give fields and documentation', () => {
    const { schema } = workspace.forResource('shop.example/v1', 'Cache')!;
    assert.deepEqual(
      fieldsAt(schema, []).map((field) => field.name),
      ['apiVersion', 'kind', 'spec', 'metadata'],
    );
    assert.equal(
      documentationAt(schema, ['spec', 'size']),
      '`spec.size` · integer · **required**\n\nNumber of nodes.\n\nDefault: `3`  \nValue: 1 to 9',
    );
    assert.ok(fieldsAt(schema, ['metadata']).some((field) => field.name === 'labels'));
  });

  it('are not trusted where a template writes them', () => {
    const text = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec:
  group: shop.example
  names: { kind: Cache }
  versions:
    - name: v1
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size: { type: {{ .Values.type }} }
                {{- include "more" . | nindent 16 }}
`;
    const root = rootOf('apiVersion: shop.example/v1\nkind: Cache\nspec: { size: [x], other: 1 }\n');
    const include = '                {{- include "more" . | nindent 16 }}\n';
    const above = text
      .replace(include, '')
      .replace(
        '              properties:\n                size',
        `${include}              properties:\n                size`,
      );
    assert.notEqual(above, text);
    for (const definition of [text, above]) {
      const [templated] = customResourceSchemas(rootOf(definition, true), index, 'workspace', 'a.yaml');
      assert.deepEqual(
        validateResource(root, templated!).map(({ message }) => message),
        [],
      );
    }
  });

  it('give nothing when they are not complete', () => {
    for (let end = 0; end < DEFINITION.length; end += 37) {
      const cut = DEFINITION.slice(0, end);
      try {
        rootOf(cut);
      } catch {
        // An empty document has no root.
        continue;
      }
      for (const schema of customResourceSchemas(rootOf(cut), index, 'workspace', 'a.yaml')) {
        assert.ok(fieldsAt(schema.schema, ['spec']).length >= 0);
      }
    }
  });
});

describe('schema: OpenAPI v3 of a cluster', () => {
  const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const document = {
    components: {
      schemas: {
        'a.Widget': {
          type: 'object',
          description: 'A widget.',
          'x-kubernetes-group-version-kind': [{ group: 'a.example', version: 'v1', kind: 'Widget' }],
          properties: {
            apiVersion: { type: 'string' },
            kind: { type: 'string' },
            metadata: { allOf: [reference('Meta')], default: {} },
            spec: { allOf: [reference('a.Spec')], default: {}, description: 'Its shape.' },
          },
        },
        'a.Spec': {
          type: 'object',
          required: ['width'],
          properties: {
            width: reference('io.k8s.apimachinery.pkg.api.resource.Quantity'),
            inner: reference('a.Spec'),
          },
        },
        'io.k8s.apimachinery.pkg.api.resource.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }] },
        'a.Loop': {
          $ref: '#/components/schemas/a.Loop',
          'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Loop' }],
        },
        'a.Options': {
          'x-kubernetes-group-version-kind': [
            { group: '', version: 'v1', kind: 'DeleteOptions' },
            { group: 'apps', version: 'v1', kind: 'DeleteOptions' },
          ],
        },
        Meta: { type: 'object', properties: { name: { type: 'string' } } },
      },
    },
  };

  it('becomes a layer of kinds', () => {
    const found = openApiSchemas(document, index, 'kind-shop');
    assert.deepEqual(
      found.map(({ apiVersion, kind, origin, source }) => [apiVersion, kind, origin, source]),
      [
        ['a.example/v1', 'Widget', 'cluster', 'kind-shop'],
        ['v1', 'Loop', 'cluster', 'kind-shop'],
      ],
    );
    const [widget] = found;
    const check = (spec: string) => {
      const root = rootOf(`apiVersion: a.example/v1\nkind: Widget\nspec: ${spec}\n`);
      return validateResource(root, widget!).map((problem) => problem.message);
    };
    assert.deepEqual(check('{ width: 1.5, inner: { inner: { width: 1Gi }, width: 2 } }'), []);
    assert.deepEqual(check('{ inner: { width: true } }'), [
      '`width` must be a quantity, not a boolean.',
      '`width` is missing in `spec`.',
    ]);
    assert.match(documentationAt(widget!.schema, ['spec']) ?? '', /Its shape\./);
  });

  it('gives nothing for documents of another shape', () => {
    for (const other of [
      undefined,
      null,
      1,
      'x',
      [],
      {},
      { components: null },
      { components: { schemas: [1, null] } },
    ]) {
      assert.deepEqual(openApiSchemas(other, index, 'x'), []);
    }
  });
});
