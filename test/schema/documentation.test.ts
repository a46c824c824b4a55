import assert from 'node:assert/strict';
import { BundledSchemas } from '../../server/src/schema/bundledSchemas.ts';
import { documentationAt, readable, resourceDocumentation } from '../../server/src/schema/documentationAt.ts';
import { fieldsAt, skeletonOf, valuesAt } from '../../server/src/schema/fieldsAt.ts';
import type { Schema } from '../../server/src/schema/schema.ts';
import { SchemaIndex } from '../../server/src/schema/schemaIndex.ts';
import type { PathSegment } from '../../server/src/text/sourceNode.ts';
import { bundle, FileSchemaSource, index, rootOf } from './schemas.ts';

const deployment = index.forResource('apps/v1', 'Deployment')!.schema;
const CONTAINER = ['spec', 'template', 'spec', 'containers', 0];

/** Every place of a schema once, with a path that leads to it. */
function* placesOf(
  schema: Schema,
  path: PathSegment[] = [],
  seen = new Set<Schema>(),
): Generator<[Schema, PathSegment[]]> {
  if (seen.has(schema)) return;
  seen.add(schema);
  yield [schema, path];
  for (const field of schema.fields.values()) yield* placesOf(field.schema, [...path, field.name], seen);
  if (schema.items) yield* placesOf(schema.items, [...path, 0], seen);
  if (schema.values) yield* placesOf(schema.values, [...path, 'any-key'], seen);
}

describe('schema: documentation and completion', () => {
  it('offers and documents every field of every bundled kind', function () {
    this.timeout(60_000);
    const seen = new Set<Schema>();
    let fields = 0;
    let texts = 0;
    for (const { apiVersion, kind } of index.kinds()) {
      const root = index.forResource(apiVersion, kind)!.schema;
      for (const [schema, path] of placesOf(root, [], seen)) {
        const offered = new Map(fieldsAt(root, path).map((field) => [field.name, field]));
        for (const field of schema.fields.values()) {
          const where = `${apiVersion} ${kind} ${[...path, field.name].join('.')}`;
          assert.equal(offered.get(field.name)?.text, field.text, where);
          const documentation = documentationAt(root, [...path, field.name]);
          assert.ok(documentation?.includes(field.name), where);
          assert.ok(documentation?.includes(readable(field.text)), where);
          fields++;
          if (field.text !== '') texts++;
        }
      }
    }
    assert.ok(fields > 10_000, `only ${fields} fields`);
    assert.ok(texts / fields > 0.8, `only ${texts} of ${fields} fields have a text`);
  });

  it('reads the texts only when one is shown', () => {
    const source = new FileSchemaSource();
    const own = new SchemaIndex(new BundledSchemas(source));
    assert.deepEqual(source.reads, []);
    const pod = own.forResource('v1', 'Pod')!.schema;
    fieldsAt(pod, ['spec']);
    assert.deepEqual(source.reads, ['schemas.json']);
    assert.match(documentationAt(pod, ['spec', 'nodeName']) ?? '', /schedul/);
    documentationAt(pod, ['spec', 'hostname']);
    assert.deepEqual(source.reads, ['schemas.json', 'texts.json']);
  });

  it('offers required fields first, and not those that are there', () => {
    const present = rootOf('template: {}\n');
    const names = fieldsAt(deployment, ['spec'], present).map((field) => field.name);
    assert.equal(names[0], 'selector');
    assert.ok(!names.includes('template'));
    assert.deepEqual(names.slice(1), names.slice(1).toSorted());
  });

  it('knows types, values and what must be written', () => {
    const fields = new Map(fieldsAt(deployment, CONTAINER).map((field) => [field.name, field]));
    const types = ['image', 'ports', 'stdin', 'resources', 'env', 'args'].map((name) => fields.get(name)?.type);
    assert.deepEqual(types, ['string', 'list of maps', 'boolean', 'map', 'list of maps', 'list of strings']);
    assert.deepEqual(fields.get('imagePullPolicy')?.values, ['Always', 'IfNotPresent', 'Never']);
    assert.deepEqual(valuesAt(deployment, [...CONTAINER, 'tty']), [true, false]);
    assert.deepEqual(valuesAt(deployment, [...CONTAINER, 'image']), []);
    assert.deepEqual(fields.get('ports')?.skeleton, {
      kind: 'list',
      item: { kind: 'map', fields: [{ name: 'containerPort', value: { kind: 'scalar', values: [] } }] },
    });
    assert.equal(fields.get('ports')?.schema.items?.fields.get('containerPort')?.required, true);
    const spec = skeletonOf(deployment.fields.get('spec')!.schema);
    assert.deepEqual(spec.kind === 'map' && spec.fields.map((field) => field.name).toSorted(), [
      'selector',
      'template',
    ]);
  });

  it('ends in schemas that contain themselves', () => {
    const definition = index.forResource('apiextensions.k8s.io/v1', 'CustomResourceDefinition')!.schema;
    const schema = ['spec', 'versions', 0, 'schema', 'openAPIV3Schema'];
    const path = [...schema, 'properties', 'a', 'items', 'properties', 'b'];
    const names = fieldsAt(definition, path).map((field) => field.name);
    for (const name of ['description', 'properties', 'required', 'type', 'x-kubernetes-preserve-unknown-fields']) {
      assert.ok(names.includes(name), name);
    }
    assert.equal(skeletonOf(definition).kind, 'map');
  });

  it('writes what a hover shows', () => {
    assert.equal(
      documentationAt(deployment, ['spec', 'strategy', 'type'])?.split('\n')[0],
      '`spec.strategy.type` · string',
    );
    assert.match(
      documentationAt(deployment, ['spec', 'selector']) ?? '',
      /^`spec\.selector` · map · \*\*required\*\*\n\n/,
    );
    assert.match(
      documentationAt(deployment, ['spec', 'strategy', 'type']) ?? '',
      /Values: `Recreate`, `RollingUpdate`/,
    );
    assert.match(documentationAt(deployment, ['spec', 'replicas']) ?? '', /Value: at least 0/);
    assert.match(documentationAt(deployment, ['metadata', 'labels', 'app']) ?? '', /^`metadata\.labels\.app` · string/);
    assert.equal(documentationAt(deployment, ['spec', 'nonsense']), undefined);
    assert.match(
      resourceDocumentation(index.forResource('apps/v1', 'Deployment')!),
      /^\*\*Deployment\*\* · `apps\/v1` · Kubernetes/,
    );
  });

  it('links to nothing', () => {
    assert.equal(readable('See [the docs](https://a.b/c) or https://d.e/f#g.'), 'See the docs or `https://d.e/f#g`.');
    assert.equal(readable('More: <https://a.b>, `https://c.d`'), 'More: `https://a.b`, `https://c.d`');
    assert.equal(readable('# Not a heading'), '\\# Not a heading');
  });

  it('has each kind once, with the newest stable version first', () => {
    const autoscalers = index.kinds().filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    assert.deepEqual(
      autoscalers.map(({ apiVersion }) => apiVersion),
      ['autoscaling/v2', 'autoscaling/v1', 'autoscaling/v2beta2', 'autoscaling/v2beta1'],
    );
    assert.equal(index.kinds().length, bundle.kinds.length + 1, 'the bundle and v1 List');
    for (const kind of [
      'Rollout',
      'Application',
      'VirtualService',
      'PrometheusRule',
      'ScaledObject',
      'HTTPRoute',
      'Certificate',
    ]) {
      assert.ok(
        index.kinds().some((known) => known.kind === kind),
        kind,
      );
    }
  });

  it('keeps fields that are named like keywords of JSON Schema', () => {
    assert.ok(index.forResource('scheduling.k8s.io/v1', 'PriorityClass')!.schema.fields.has('description'));
    const project = index.forResource('argoproj.io/v1alpha1', 'AppProject')!.schema;
    assert.ok(project.fields.get('spec')!.schema.fields.has('description'));
  });
});
