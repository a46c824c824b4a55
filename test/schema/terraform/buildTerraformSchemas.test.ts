import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { buildTerraformSchemas } from '../../../schemas/terraform/buildTerraformSchemas.ts';
import { documentedValues } from '../../../schemas/terraform/documentedValues.ts';
import type { ProviderSource } from '../../../schemas/terraform/sources.ts';
import { providerFiles } from '../../../server/src/host/providerFiles.ts';
import { BundledProvider } from '../../../server/src/schema/terraform/bundledProvider.ts';
import { bodyOf, valueTypeText } from '../../../server/src/schema/terraform/terraformSchema.ts';

/** As the generator of bindings writes a resource with an argument, a block that holds itself, and a computed list. */
const CODE = `
function shopCartRuleToHclTerraform(struct) {
    const attrs = {
        price: {
            value: cdktf.numberToHclTerraform(struct.price),
            isBlock: false,
            type: "simple",
            storageClassType: "number",
        },
        rule: {
            value: cdktf.listMapperHcl(shopCartRuleToHclTerraform, true)(struct.rule),
            isBlock: true,
            type: "list",
            storageClassType: "ShopCartRuleList",
        },
    };
}
class ShopCartItemOutputReference extends cdktf.ComplexObject {
    constructor(terraformResource, terraformAttribute, complexObjectIndex, complexObjectIsFromSet) {
        super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
    }
    // sku - computed: true, optional: false, required: false
    get sku() {
        return this.getStringAttribute('sku');
    }
}
class ShopCartItemList extends cdktf.ComplexList {
    get(index) {
        return new ShopCartItemOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
    }
}
class ShopCart extends cdktf.TerraformResource {
    constructor(scope, id, config) {
        super(scope, id, {
            terraformResourceType: 'shop_cart',
            terraformGeneratorMetadata: {
                providerName: 'shop',
                providerVersion: '1.2.3',
            },
        });
        // item - computed: true, optional: false, required: false
        this._item = new ShopCartItemList(this, "item", true);
    }
    synthesizeHclAttributes() {
        const attrs = {
            owner: {
                value: cdktf.stringToHclTerraform(this._owner),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
            },
            rule: {
                value: cdktf.listMapperHcl(shopCartRuleToHclTerraform, true)(this._rule.internalValue),
                isBlock: true,
                type: "list",
                storageClassType: "ShopCartRuleList",
            },
            zones: {
                value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._zones),
                isBlock: false,
                type: "set",
                storageClassType: "stringList",
            },
        };
    }
}
`;
const DOCS =
  'Docs at Terraform Registry: {@link https://registry.terraform.io/providers/x/shop/1.2.3/docs/resources/cart';
const DECLARATIONS = `
export interface ShopCartConfig extends cdktf.TerraformMetaArguments {
    /**
    * Who owns the cart.
    *
    * ${DOCS}#owner ShopCart#owner}
    */
    readonly owner: string;
    /**
    * ${DOCS}#zones ShopCart#zones}
    */
    readonly zones?: string[];
    /**
    * rule block
    *
    * ${DOCS}#rule ShopCart#rule}
    */
    readonly rule?: ShopCartRule[] | cdktf.IResolvable;
}
export interface ShopCartRule {
    /**
    * ${DOCS}#price ShopCart#price}
    */
    readonly price: number;
    /**
    * rule block
    *
    * ${DOCS}#rule ShopCart#rule}
    */
    readonly rule?: ShopCartRule[] | cdktf.IResolvable;
}
`;
const PROVIDER = `
class ShopProvider extends cdktf.TerraformProvider {
    constructor(scope, id, config = {}) {
        super(scope, id, { terraformResourceType: 'shop', providerVersion: '1.2.3', });
    }
    synthesizeHclAttributes() {
        const attrs = {
            token: {
                value: cdktf.stringToHclTerraform(this._token),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
            },
        };
    }
}
`;
const TEXTS = `
export interface CartState {
    /**
     * Where the cart may be used. Valid values are \`inner\` and \`outer\`. See \`maxItems\`.
     *
     * @deprecated Use regions instead.
     */
    zones?: pulumi.Input<pulumi.Input<string>[]>;
    owner?: pulumi.Input<string>;
    maxItems?: pulumi.Input<number>;
}
`;

const SOURCE: ProviderSource = {
  name: 'shop',
  source: 'example/shop',
  bindings: { name: 'bindings', version: '1.0.0' },
  texts: { name: 'texts', version: '1.0.0' },
};

const PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bindings: {
    'package/package.json':
      '{ "name": "bindings", "version": "1.0.0", "license": "MPL-2.0", "repository": { "url": "git+https://example.org/b.git" } }',
    'package/LICENSE': 'The licence.',
    'package/.jsii': 'large',
    'package/lib/cart/index.js': CODE,
    'package/lib/cart/index.d.ts': DECLARATIONS,
    'package/lib/provider/index.js': PROVIDER,
  },
  texts: {
    'package/package.json': '{ "name": "texts", "version": "1.0.0", "license": "Apache-2.0" }',
    'package/store/cart.d.ts': TEXTS,
  },
};

describe('builder of Terraform schemas', () => {
  let root: string;
  let fetched: string[];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'slipway-providers-'));
    fetched = [];
  });
  afterEach(() => rm(root, { recursive: true }));

  const build = (report: (line: string) => void = () => undefined, sources = [SOURCE]) =>
    buildTerraformSchemas({
      root,
      cache: join(root, 'cache'),
      sources,
      report,
      fetch: async ({ name }, folder) => {
        fetched.push(name);
        const files = PACKAGES[name];
        if (!files) throw new Error('npm pack failed:\nnpm error code ENOTFOUND\nnpm error network request failed');
        return packed(files, join(folder, `${name}.tgz`));
      },
    });

  it('reads structure, texts and deprecations out of packed packages', async () => {
    assert.equal(await build(), 'Terraform providers: shop.');
    const provider = new BundledProvider('shop', providerFiles(`${pathToFileURL(root).href}/dist/x.js`));
    assert.equal(provider.version, '1.2.3');
    assert.deepEqual(provider.types('resource'), ['shop_cart']);
    const { members } = provider.find('resource', 'shop_cart')!.body;
    assert.deepEqual([...members.keys()], ['item', 'owner', 'rule', 'zones']);
    assert.ok(members.get('owner')!.required);
    assert.equal(members.get('owner')!.text, 'Who owns the cart.');
    assert.equal(valueTypeText(members.get('zones')!.type), 'set(string)');
    assert.match(members.get('zones')!.text, /^Where the cart may be used\..*`max_items`\.$/s);
    assert.equal(members.get('zones')!.deprecation, 'Use regions instead.');
    assert.deepEqual(members.get('zones')!.values, ['inner', 'outer']);
    const rule = members.get('rule')!;
    assert.ok(rule.asBlock && !rule.asArgument && !rule.atMostOne);
    const inner = bodyOf(rule.type)!;
    assert.ok(inner.members.get('price')!.required);
    assert.equal(bodyOf(inner.members.get('rule')!.type)!.members.has('price'), true);
    const item = members.get('item')!;
    assert.ok(!item.settable && item.computed);
    assert.equal(valueTypeText(item.type), 'set(object)');
    assert.equal(provider.find('provider', 'shop')!.body.members.has('token'), true);
  });

  it('fetches nothing a second time, and keeps no package', async () => {
    await build();
    await build();
    assert.deepEqual(fetched.sort(), ['bindings', 'texts']);
    const kept = await readdir(join(root, 'cache'), { recursive: true });
    assert.deepEqual(
      kept.filter((file) => file.endsWith('.tgz')),
      [],
    );
  });

  it('keeps the notices of the packages, with where their source is', async () => {
    await build();
    const text = await readFile(join(root, 'dist/schemas/terraform/shop.packages.json'), 'utf8');
    const [texts, bindings] = JSON.parse(text) as { licence: string; sourceCode?: string; texts: string[] }[];
    assert.equal(texts!.licence, 'Apache-2.0');
    assert.equal(bindings!.licence, 'MPL-2.0');
    assert.equal(bindings!.sourceCode, 'https://example.org/b.git');
    assert.deepEqual(bindings!.texts, ['The licence.']);
  });

  it('goes on without a provider that cannot be had, says why, and drops what an earlier build left of it', async () => {
    await build();
    const said: string[] = [];
    const gone = { ...SOURCE, bindings: { name: 'gone', version: '1.0.0' } };
    const other = { ...SOURCE, name: 'other' };
    assert.equal(await build((line) => said.push(line), [gone, other]), 'Terraform providers: other; left out: shop.');
    assert.ok(
      said.some((line) => line.includes('gone cannot be fetched (network request failed)')),
      said.join('\n'),
    );
    assert.ok(!(await readdir(join(root, 'dist/schemas/terraform'))).includes('shop.json'));
  });

  it('fails where a package does not have the shape that it knows', async () => {
    const odd = { ...SOURCE, bindings: { name: 'texts', version: '1.0.0' } };
    await assert.rejects(build(undefined, [odd]), /do not have the expected shape/);
  });
});

describe('values that a text documents', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['Valid values are `a`, `b` and `c`. Default `a`.', ['a', 'b', 'c']],
    ['The mode. Valid values: `PROVISIONED`, `PAY_PER_REQUEST`.', ['PROVISIONED', 'PAY_PER_REQUEST']],
    ['Must be one of `x` or `y`.', ['x', 'y']],
    ['Defaults to `a`.', []],
    ['Valid values are between `1` and a lot.', []],
    ['', []],
  ];
  for (const [text, values] of cases) {
    it(JSON.stringify(text), () => assert.deepEqual(documentedValues(text), values));
  }
});

async function packed(files: Readonly<Record<string, string>>, archive: string): Promise<string> {
  const packing = pack();
  for (const [name, text] of Object.entries(files)) packing.entry({ name }, text);
  packing.finalize();
  await pipeline(packing, createGzip(), createWriteStream(archive));
  return archive;
}
