import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInstalledProviders } from '../../../server/src/schema/terraform/installedProviders.ts';
import { ProviderSchemas } from '../../../server/src/schema/terraform/providerSchemas.ts';
import { bodyOf, valueTypeText } from '../../../server/src/schema/terraform/terraformSchema.ts';

const PRINTED = {
  format_version: '1.0',
  provider_schemas: {
    'registry.terraform.io/example/shop': {
      provider: { block: { attributes: { token: { type: 'string', optional: true, sensitive: true } } } },
      resource_schemas: {
        shop_cart: {
          block: {
            attributes: {
              id: { type: 'string', computed: true },
              name: { type: 'string', required: true, description: 'Its name.' },
              limits: { type: ['map', 'number'], optional: true },
              items: { type: ['list', ['object', { sku: 'string', count: 'number' }]], optional: true, computed: true },
              old: { type: 'bool', optional: true, deprecated: true, description: 'On. Deprecated, use name.' },
              scope: {
                nested_type: { nesting_mode: 'single', attributes: { zone: { type: 'string', required: true } } },
                optional: true,
              },
              anything: { type: 'dynamic', optional: true },
            },
            block_types: {
              rule: {
                nesting_mode: 'set',
                min_items: 1,
                block: { attributes: { price: { type: 'number', required: true } } },
              },
              timeouts: {
                nesting_mode: 'single',
                block: { attributes: { create: { type: 'string', optional: true } } },
              },
              owner: { nesting_mode: 'list', max_items: 1, block: {} },
            },
          },
        },
      },
      data_source_schemas: { shop_carts: { block: {} } },
      ephemeral_resource_schemas: { shop_token: { block: {} } },
    },
  },
};

describe('schemas of installed providers', () => {
  it('are read from what terraform prints', () => {
    const [shop] = readInstalledProviders(PRINTED);
    assert.equal(shop!.source, 'example/shop');
    assert.equal(shop!.name, 'shop');
    assert.equal(shop!.origin, 'installed');
    assert.equal(shop!.version, undefined);
    assert.deepEqual(shop!.types('data'), ['shop_carts']);
    assert.deepEqual(shop!.types('ephemeral'), ['shop_token']);
    assert.ok(shop!.find('ephemeral', 'shop_token'));
    assert.ok(shop!.find('provider', 'shop')!.body.members.get('token')!.sensitive);
    const { members } = shop!.find('resource', 'shop_cart')!.body;
    const shown = [...members.values()].map((member) => {
      const use = member.required ? 'required' : member.settable ? 'optional' : 'computed';
      const ways = [member.asArgument && 'argument', member.asBlock && 'block'].filter((way) => way).join(' or ');
      return `${member.name}: ${valueTypeText(member.type)} ${use} ${ways}${member.atMostOne ? ' once' : ''}`;
    });
    assert.deepEqual(shown, [
      'anything: any optional argument',
      'id: string computed argument',
      'items: list(object) optional argument or block',
      'limits: map(number) optional argument',
      'name: string required argument',
      'old: bool optional argument',
      'owner: list(object) optional block once',
      'rule: set(object) required block',
      'scope: object optional argument once',
      'timeouts: object optional block once',
    ]);
    assert.equal(members.get('name')!.text, 'Its name.');
    assert.equal(members.get('old')!.deprecation, 'Deprecated, use name.');
    assert.ok(bodyOf(members.get('scope')!.type)!.members.get('zone')!.required);
  });

  it('take the place of the bundle in their folder, and give it back', () => {
    const schemas = new ProviderSchemas({
      names: ['shop'],
      provider: () => ({
        name: 'shop',
        source: 'example/shop',
        version: '1.0.0',
        resources: {},
        dataSources: {},
        configuration: 0,
      }),
      bodies: () => new TextEncoder().encode('[]'),
      texts: () => [''],
    });
    const before = schemas.generation;
    schemas.install('file:///a', readInstalledProviders(PRINTED));
    assert.notEqual(schemas.generation, before);
    assert.deepEqual(
      schemas.forFolder('file:///a').map(({ origin }) => origin),
      ['installed'],
    );
    assert.deepEqual(
      schemas.forFolder('file:///b').map(({ origin }) => origin),
      ['bundle'],
    );
    schemas.install('file:///a', []);
    assert.deepEqual(
      schemas.forFolder('file:///a').map(({ origin }) => origin),
      ['bundle'],
    );
  });

  it('are refused where something else was printed', () => {
    for (const printed of [null, {}, [], 'x']) assert.throws(() => readInstalledProviders(printed), /not what/);
  });

  it('are read from what the real terraform prints of its own provider', function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'slipway-terraform-'));
    try {
      writeFileSync(join(folder, 'main.tf'), 'resource "terraform_data" "x" {}\n');
      let printed: string;
      try {
        const run = (...parameters: string[]) =>
          execFileSync('terraform', parameters, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
        run('init', '-backend=false');
        printed = run('providers', 'schema', '-json');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        // No tier of the tests installs Terraform: its binary cannot be had from the package registries.
        console.error('      skipped: there is no terraform on the PATH.');
        this.skip();
      }
      const [own] = readInstalledProviders(JSON.parse(printed!));
      assert.deepEqual(
        [...own!.find('resource', 'terraform_data')!.body.members.keys()],
        ['id', 'input', 'output', 'triggers_replace'],
      );
      assert.ok(own!.find('data', 'terraform_remote_state')!.body.members.get('backend')!.required);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
