import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import document from '../../schemas/slipway.schema.json' with { type: 'json' };
import { CONFIGURATION_SCHEMA } from '../../server/src/configuration/configurationSchema.ts';
import type { Schema } from '../../server/src/schema/schema.ts';

const validate = new Ajv({ allowUnionTypes: true, formats: { quantity: true } }).compile(document);

describe('the schema of slipway.yaml', () => {
  it('is a valid JSON Schema in which every key is explained', () => {
    const silent: string[] = [];
    const visit = (schema: Schema, path: string): void => {
      for (const [name, field] of schema.fields) {
        if (field.text === '') silent.push(`${path}${name}`);
        visit(field.schema, `${path}${name}.`);
      }
      if (schema.items) visit(schema.items, path);
      if (schema.values) visit(schema.values, path);
    };
    visit(CONFIGURATION_SCHEMA.schema, '');
    assert.deepEqual(silent, []);
  });

  it('accepts in other editors what Slipway accepts', () => {
    for (const good of [
      {},
      { profile: 'strict', kubernetesVersion: '1.31', exclude: ['a/**'], root: true },
      { kubernetesVersion: 1.31 },
      { rules: { canary: 'off', '*': 'error' }, overrides: [{ paths: ['a'], profile: 'strict' }] },
      { suppressions: [{ rules: ['canary'], reason: 'known' }] },
      { policies: { resources: { cpu: { minimumRequest: '10m', maximumRatio: 2 }, memory: { maximumLimit: '2Gi' } } } },
      { policies: { dockerfile: { labels: { 'org.opencontainers.image.source': 'url' }, strictLabels: true } } },
    ])
      assert.ok(validate(good), JSON.stringify(validate.errors));
  });

  it('refuses what Slipway refuses', () => {
    for (const bad of [
      { profil: 'strict' },
      { profile: 'loud' },
      { rules: { canary: 'loud' } },
      { overrides: [{ profile: 'strict' }] },
      { suppressions: [{ rules: ['canary'] }] },
      { policies: { pods: { maxContainers: 'many' } } },
      { policies: { pods: { maxContainers: 0 } } },
      { policies: { labels: { required: [{ pattern: 'a' }] } } },
    ])
      assert.ok(!validate(bad), JSON.stringify(bad));
  });
});
