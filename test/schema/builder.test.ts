import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchemas } from '../../schemas/build.ts';
import { compileBundle, type Definition } from '../../schemas/compileBundle.ts';
import { type DeclaredType, readDeclarations } from '../../schemas/readDeclaration.ts';
import { type JsonSchema, readValidator } from '../../schemas/readValidator.ts';
import { SCHEMA_PACKAGES } from '../../schemas/sources.ts';
import { schemaAt } from '../../server/src/schema/schemaAt.ts';
import { bundle, index } from './schemas.ts';

const error = (keyword: string, params: string) => `{let e={keyword:"${keyword}",params:${params}};errors.push(e)}`;

describe('schemas: reading validators', () => {
  it('finds types, constraints, fields, items and values', () => {
    const code = `
      import {formats} from "elsewhere";
      export const validate=v0;
      import {validate as r1} from "./Other.js";
      import {validate as r2} from "package/_schemas/Third";
      let allowed=["a","b"];
      function v1(data){if("string"!=typeof data)${error('type', '{type:"string"}')}if(!ok)${error('enum', '{allowedValues:allowed}')}}
      function v2(data){if(data<-1)${error('minimum', '{comparison:">=",limit:-1}')}if(!p)${error('pattern', '{pattern:"^a$"}')}}
      function v3(data){for(let i0=0;i0<n;i0++)v1(data[i0],{parentDataProperty:i0})||x;if(n>2)${error('maxItems', '{limit:2}')}}
      function v4(data){for(let key0 in data)v2(data[key0],{})||x}
      function v5(data){return r1(data,{})||x}
      function v0(data){
        if(void 0===data.name)${error('required', '{missingProperty:"name"}')}
        v1(data.name,{})||x,v3(data["the-list"],{})||x,v4(data.map,{})||x,v5(data.other,{})||x,r2(data.third,{})||x
      }`;
    const text: JsonSchema = { type: 'string', enum: ['a', 'b'] };
    assert.deepEqual(readValidator(code), {
      required: ['name'],
      properties: {
        name: text,
        'the-list': { items: text, maxItems: 2 },
        map: { additionalProperties: { minimum: -1, pattern: '^a$' } },
        other: { allOf: [{ ref: 'Other' }] },
        third: { ref: 'Third' },
      },
    });
  });

  it('finds alternatives', () => {
    const code = `
      export const validate=v0;
      function v1(data){if(!a)${error('required', '{missingProperty:"a"}')}}
      function v2(data){if(!b)${error('required', '{missingProperty:"b"}')}}
      function v3(data){v1(data,{})||x;v2(data,{})||x;if(!v)${error('anyOf', '{}')}}
      function v4(data){if(v3(data,{}))${error('not', '{}')}}
      function v0(data){v4(data,{})||x;v1(data,{})||x;if(!v)${error('oneOf', '{passingSchemas:p}')}}`;
    assert.deepEqual(readValidator(code), {
      oneOf: [{ not: { anyOf: [{ required: ['a'] }, { required: ['b'] }] } }, { required: ['a'] }],
    });
  });

  it('refuses what it does not know', () => {
    const of = (body: string) => `export const validate=v0;function v0(data){${body}}`;
    assert.throws(() => readValidator(of(error('contains', '{}'))), /keyword contains/);
    assert.throws(() => readValidator('let a=1'), /without export/);
    assert.throws(() => readValidator(`${of('v1(data[other],{})')}function v1(data){}`), /applied to \[other\]/);
  });
});

describe('schemas: reading declarations', () => {
  it('finds members, texts and types', () => {
    const [declaration, alias] = readDeclarations(`
import { IOther } from "./Other.js";
/**
 * A thing.
 *
 *  - indented
 */
export interface IThing extends IBase, TypeMeta {
    "kind": "Thing";
    /**
     * How \`many\` *\\/ there are.
     */
    "count"?: number;
    "mode"?: "a" | "b" | 3;
    "list"?: Array<{
        "inner": IOther;
    }>;
    "map"?: {
        [key: string]: Array<string>;
    };
    "form"?: {
        "x"?: string;
    } & (Exclude<{
        "y": string;
    }, {
        "z": string;
    }> | {
        "z": string;
    });
}
export declare class Thing extends Model<IThing> implements IThing {
    "count"?: number;
}
export type IName = string;
`);
    assert.equal(declaration?.name, 'IThing');
    assert.equal(declaration.text, 'A thing.\n\n - indented');
    assert.deepEqual(declaration.extends, ['IBase', 'TypeMeta']);
    assert.ok(declaration.type.kind === 'object');
    const members = new Map(declaration.type.members.map((member) => [member.name, member]));
    assert.deepEqual([...members.keys()], ['kind', 'count', 'mode', 'list', 'map', 'form']);
    assert.equal(members.get('count')?.text, 'How `many` */ there are.');
    assert.deepEqual([members.get('kind')?.optional, members.get('count')?.optional], [false, true]);
    assert.equal(members.get('mode')?.type.kind, 'union');
    const form = members.get('form')?.type as Extract<DeclaredType, { kind: 'intersection' }>;
    assert.deepEqual(
      form.of.map((part) => part.kind),
      ['object', 'union'],
    );
    assert.deepEqual(alias?.type, { kind: 'name', name: 'string' });
  });

  it('refuses what it does not know', () => {
    assert.throws(
      () => readDeclarations('export type A = Map<string, number>;'),
      /Expected Array or Exclude at offset/,
    );
    assert.throws(() => readDeclarations('export interface A { "a" string }'), /Expected ":"/);
  });
});

describe('schemas: the bundle', () => {
  const text = (name: string, more: JsonSchema = {}): Definition => ({
    schema: { type: 'object', properties: { [name]: { type: 'string' } }, ...more },
    text: `About ${name}.`,
    declared: undefined,
  });
  const meta: Definition = { schema: { type: 'object' }, text: '', declared: undefined };
  const compile = (definitions: Record<string, Definition>) =>
    compileBundle(
      [{ name: 'p', version: '1', upstream: 'P 1' }],
      new Map(Object.entries({ IoK8sApimachineryPkgApisMetaV1ObjectMeta: meta, ...definitions })),
      [{ apiVersion: 'a/v1', kind: 'Thing', definition: 'Thing', package: 0 }],
    );

  it('stores equal schemas once, follows recursion, and leaves out what no kind reaches', () => {
    const { bundle: small, texts } = compile({
      Thing: {
        ...text('a'),
        schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' }, c: { ref: 'Loop' } } },
      },
      Loop: {
        schema: { type: 'object', properties: { again: { allOf: [{ ref: 'Loop' }] } } },
        text: 'Loop.',
        declared: undefined,
      },
      Unused: text('unused'),
    });
    const [, , root] = small.kinds[0]!;
    const fields = small.schemas[root]!.fields!;
    assert.deepEqual(
      fields.filter((_, index) => index % 3 === 0),
      ['a', 'b', 'c', 'metadata'],
    );
    assert.equal(fields[1], fields[4]);
    const loop = small.schemas[Number(fields[7])]!;
    assert.deepEqual(loop.fields, ['again', fields[7], 0]);
    assert.equal(texts[loop.text!], 'Loop.');
    assert.ok(!texts.includes('About unused.'));
  });

  it('joins types that embed others, and adds fields that only the declaration has', () => {
    const declared: DeclaredType = {
      kind: 'object',
      members: [
        { name: 'description', optional: true, text: 'Said.', type: { kind: 'name', name: 'string' } },
        { name: 'own', optional: true, text: 'Own.', type: { kind: 'name', name: 'number' } },
      ],
    };
    const { bundle: small, texts } = compile({
      Thing: {
        schema: {
          type: 'object',
          properties: { own: { type: 'integer' } },
          allOf: [{ ref: 'Base' }],
          required: ['own'],
        },
        text: '',
        declared,
      },
      Base: text('base', { required: ['base'] }),
    });
    const root = small.schemas[small.kinds[0]![2]]!;
    assert.deepEqual(root.required, ['base', 'own']);
    const names = root.fields!.filter((_, index) => index % 3 === 0);
    assert.deepEqual(names.toSorted(), ['base', 'description', 'metadata', 'own']);
    assert.equal(texts[Number(root.fields![root.fields!.indexOf('own') + 2])], 'Own.');
    assert.deepEqual(small.schemas[Number(root.fields![root.fields!.indexOf('own') + 1])], { type: 'integer' });
  });

  it('corrects what the validators ask wrongly', () => {
    const claims = index.forResource('monitoring.coreos.com/v1', 'Prometheus')?.schema;
    assert.ok(claims);
    const claim = schemaAt(claims, ['spec', 'storage', 'volumeClaimTemplate'])?.schema;
    assert.ok(claim);
    assert.ok(claim.fields.has('spec'));
    assert.deepEqual(claim.keywords.required ?? [], []);
    assert.equal(claim.fields.get('kind')?.schema.keywords.enum, undefined);
    assert.equal(
      index.kinds().find(({ kind }) => kind.startsWith('Embedded')),
      undefined,
    );
    const json = index.forResource('argoproj.io/v1alpha1', 'Application')?.schema;
    assert.equal(json && schemaAt(json, ['spec', 'source', 'helm', 'valuesObject'])?.schema.closed, false);
  });

  it('names the definition that is missing', () => {
    assert.throws(() => compile({ Thing: text('a', { allOf: [{ ref: 'Nowhere' }] }) }), /No package defines Nowhere/);
  });

  it('is not built again when it is current', () => {
    assert.equal(buildSchemas(), 'Schemas: up to date.');
  });

  it('comes from the packages that package.json pins', () => {
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    assert.deepEqual(
      bundle.packages.map(({ name, version }) => [name, version]),
      SCHEMA_PACKAGES.map(({ name }) => [name, manifest.devDependencies[name]]),
    );
  });

  it('loads fast and small enough to be there at the first document', () => {
    const json = JSON.stringify(bundle);
    assert.ok(json.length < 700_000, `${json.length} characters`);
    const started = performance.now();
    JSON.parse(json);
    const milliseconds = performance.now() - started;
    assert.ok(milliseconds < 250, `${milliseconds} ms, usually below 10`);
  });
});
