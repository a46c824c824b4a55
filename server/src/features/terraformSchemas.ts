import type { HclBlock } from '../languages/terraform/hclSyntax.ts';
import { attributeIn, plainText, type TerraformModule } from '../languages/terraform/terraformModule.ts';
import type { TerraformProject } from '../languages/terraform/terraformProject.ts';
import { type TerraformType, typeOf } from '../languages/terraform/terraformType.ts';
import { BUILT_IN_PROVIDER } from '../schema/terraform/builtInProvider.ts';
import {
  CONFIGURATION,
  DATA_META,
  DYNAMIC,
  labelledBody,
  MODULE_META,
  PROVIDER_META,
  REQUIRED_PROVIDER,
  RESOURCE_META,
} from '../schema/terraform/languageBlocks.ts';
import { argument, body, joined, OPEN_BODY } from '../schema/terraform/languageMembers.ts';
import type { ProviderSchemas } from '../schema/terraform/providerSchemas.ts';
import {
  bodyOf,
  type ProviderSchema,
  type TerraformBody,
  type TerraformMember,
  type TerraformTypeSchema,
  type TerraformValueType,
} from '../schema/terraform/terraformSchema.ts';
import { compareVersions, isSameMajor, meets } from '../schema/terraform/versionConstraint.ts';

/**
 * How well a schema fits the provider that a module really uses: `exact` is the installed one, or one that is locked and no
 * newer; `likely` where nothing says otherwise; `other` where the module asks for a version that the schema is not of.
 */
export type SchemaFit = 'exact' | 'likely' | 'other';

/** The schemas as one module sees them: by its own names of providers, and with the variables of the modules it calls. */
export class ModuleSchemas {
  readonly #project: TerraformProject;
  readonly #module: TerraformModule;
  readonly #providers: readonly ProviderSchema[];
  readonly #bodies = new Map<HclBlock, TerraformBody>();
  readonly #sources = new Map<string, string>();
  #roots: readonly TerraformModule[] | undefined;

  constructor(project: TerraformProject, module: TerraformModule, schemas: ProviderSchemas) {
    this.#project = project;
    this.#module = module;
    const roots = rootsOf(project, module);
    const installed = roots
      .map(({ folder }) => schemas.forFolder(folder))
      .find((found) => found[0]?.origin === 'installed');
    this.#providers = installed ?? schemas.forFolder(module.folder);
  }

  get #rootModules(): readonly TerraformModule[] {
    this.#roots ??= rootsOf(this.#project, this.#module);
    return this.#roots;
  }

  /** The providers that a resource of this module can come from: those it names, or all that are at hand. */
  usable(): readonly ProviderSchema[] {
    const named = new Set(this.#module.requiredProviders.map(({ name }) => name));
    for (const { kind, type, node } of this.#module.declarations) {
      if (kind === 'provider' && node.kind === 'block') named.add(node.labels[0]?.value ?? '');
      else if (type !== undefined) named.add(prefixOf(type));
    }
    const found = [...named].flatMap((name) => this.provider(name) ?? []);
    return found.length > 0 ? [...new Set([...found, BUILT_IN_PROVIDER])] : [...this.#providers, BUILT_IN_PROVIDER];
  }

  /** The provider behind a local name; undefined where the name stands for one that is not at hand. */
  provider(localName: string): ProviderSchema | undefined {
    if (localName === 'terraform') return BUILT_IN_PROVIDER;
    const wanted = this.#sources.get(localName) ?? this.#sourceOf(localName);
    this.#sources.set(localName, wanted);
    return this.#providers.find(({ source }) => source === wanted);
  }

  fitOf(provider: ProviderSchema, localName = provider.name): SchemaFit {
    if (provider.origin === 'installed' || provider.version === undefined) return 'exact';
    const roots = this.#rootModules;
    const locked = roots.flatMap(({ lockedProviders }) => lockedProviders.get(provider.source) ?? []);
    if (locked.length > 0) {
      const isCovered = locked.every(
        (version) => isSameMajor(version, provider.version!) && (compareVersions(version, provider.version!) ?? 1) <= 0,
      );
      return isCovered ? 'exact' : 'other';
    }
    const constraints = [this.#module, ...roots].flatMap(({ requiredProviders }) =>
      requiredProviders.flatMap(({ name, version }) => (name === localName && version !== undefined ? [version] : [])),
    );
    return constraints.every((constraint) => meets(provider.version!, constraint) === true) ? 'likely' : 'other';
  }

  /** The provider that a resource or data source belongs to, by its `provider` argument or by its type. */
  providerNameOf(block: HclBlock): string {
    const chosen = attributeIn(block.body, 'provider')?.value;
    if (chosen?.kind === 'variable') return chosen.name;
    if (chosen?.kind === 'access' && chosen.target.kind === 'variable') return chosen.target.name;
    return prefixOf(block.labels[0]?.value ?? '');
  }

  /** The schema of a `resource`, `data`, `ephemeral` or `provider` block. */
  typeOf(block: HclBlock): TerraformTypeSchema | undefined {
    const [label] = block.labels;
    if (!label) return undefined;
    if (block.type === 'provider') {
      const provider = this.provider(label.value);
      return provider?.find('provider', provider.name);
    }
    if (block.type !== 'resource' && block.type !== 'data' && block.type !== 'ephemeral') return undefined;
    return this.provider(this.providerNameOf(block))?.find(block.type, label.value);
  }

  /** What may stand in the innermost of nested blocks; without a block, in the file. */
  bodyAt(blocks: readonly HclBlock[]): TerraformBody {
    const [top, ...nested] = blocks;
    if (!top) return CONFIGURATION;
    let found = this.#bodies.get(top) ?? this.#topBody(top);
    this.#bodies.set(top, found);
    for (const block of nested) found = this.#nestedBody(found, block);
    return found;
  }

  /** What may stand in the object at these keys within a body; undefined where that is not known. */
  objectAt(blocks: readonly HclBlock[], keys: readonly string[]): TerraformBody | undefined {
    const [first, ...others] = keys;
    if (first === undefined) return this.bodyAt(blocks);
    const holder = this.bodyAt(blocks);
    if (blocks.at(-1)?.type === 'required_providers') return others.length === 0 ? REQUIRED_PROVIDER : undefined;
    let found = bodyOf(holder.members.get(first)?.type ?? ANY);
    for (const key of others) found = found && bodyOf(found.members.get(key)?.type ?? ANY);
    return found;
  }

  memberAt(blocks: readonly HclBlock[], keys: readonly string[]): TerraformMember | undefined {
    const last = keys.at(-1);
    return last === undefined ? undefined : this.objectAt(blocks, keys.slice(0, -1))?.members.get(last);
  }

  #topBody(block: HclBlock): TerraformBody {
    switch (block.type) {
      case 'resource':
        return joined(this.typeOf(block)?.body ?? OPEN_BODY, RESOURCE_META);
      case 'data':
      case 'ephemeral':
        return joined(this.typeOf(block)?.body ?? OPEN_BODY, DATA_META);
      case 'provider':
        return joined(this.typeOf(block)?.body ?? OPEN_BODY, PROVIDER_META);
      case 'module':
        return joined(MODULE_META, this.#inputsOf(block));
      default:
        return bodyOf(CONFIGURATION.members.get(block.type)?.type ?? ANY) ?? OPEN_BODY;
    }
  }

  #nestedBody(outer: TerraformBody, block: HclBlock): TerraformBody {
    if (block.type === 'dynamic') {
      const made = outer.members.get(block.labels[0]?.value ?? '');
      const content = (made && bodyOf(made.type)) ?? OPEN_BODY;
      const member = DYNAMIC.members.get('content')!;
      return joined(
        { members: new Map([['content', { ...member, type: { kind: 'object', body: content } }]]), open: false },
        DYNAMIC,
      );
    }
    if (block.type === 'backend' || block.type === 'provisioner') {
      return labelledBody(block.type, block.labels[0]?.value ?? '');
    }
    if (block.type === 'data') return this.#topBody(block);
    return bodyOf(outer.members.get(block.type)?.type ?? ANY) ?? OPEN_BODY;
  }

  #inputsOf(block: HclBlock): TerraformBody {
    const call = this.#module.declarations.find(({ node }) => node === block);
    const called = call && this.#project.calledBy(call);
    return called ? inputsOf(called) : OPEN_BODY;
  }

  /** What may stand in a file of values: the variables of the module, and at keys the members of their objects. */
  valuesAt(keys: readonly string[]): TerraformBody | undefined {
    let found: TerraformBody | undefined = inputsOf(this.#module);
    for (const key of keys) found = found && bodyOf(found.members.get(key)?.type ?? ANY);
    return found;
  }

  #sourceOf(localName: string): string {
    for (const module of [this.#module, ...this.#rootModules]) {
      const required = module.requiredProviders.find(({ name }) => name === localName);
      if (required?.source !== undefined) return withoutHost(required.source);
      if (required) break;
    }
    return `hashicorp/${localName}`;
  }
}

const ANY: TerraformValueType = { kind: 'any' };

/** The variables of a module, as what a caller or a file of values writes. */
function inputsOf(module: TerraformModule): TerraformBody {
  const inputs = module.declarations.flatMap(({ kind, name, node }) => {
    if (kind !== 'variable' || node.kind !== 'block') return [];
    const type = attributeIn(node.body, 'type');
    const made = argument('d', plainText(attributeIn(node.body, 'description')?.value) ?? '', {
      required: attributeIn(node.body, 'default') === undefined,
    })(name);
    return [[name, { ...made, type: type ? valueTypeOf(typeOf(type.value)) : ANY }] as const];
  });
  return { members: new Map(inputs), open: module.isPartial };
}

/** The modules that no other module calls, from which this one is reached; the module itself where nothing calls it. */
function rootsOf(project: TerraformProject, module: TerraformModule): readonly TerraformModule[] {
  const seen = new Set([module]);
  const roots: TerraformModule[] = [];
  for (const each of seen) {
    const callers = project.callersOf(each);
    if (callers.length === 0) roots.push(each);
    for (const caller of callers) seen.add(caller.module);
  }
  return roots.length > 0 ? roots : [module];
}

function prefixOf(type: string): string {
  const end = type.indexOf('_');
  return end < 0 ? type : type.slice(0, end);
}

/** The public registries hold the same providers under the same addresses. */
function withoutHost(source: string): string {
  return source.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '').toLowerCase();
}

/** A type constraint of a variable as the type of a value. */
export function valueTypeOf(type: TerraformType): TerraformValueType {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return { kind: type.kind, element: valueTypeOf(type.element) };
    case 'tuple':
      return { kind: 'list', element: ANY };
    case 'object': {
      const members = [...type.attributes].map(([name, attribute]) => {
        const made = argument('d', '', { required: !attribute.optional })(name);
        return [name, { ...made, type: valueTypeOf(attribute.type) }] as const;
      });
      return { kind: 'object', body: { ...body({}), members: new Map(members) } };
    }
    default:
      return { kind: type.kind };
  }
}
