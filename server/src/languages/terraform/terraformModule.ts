import type { Span } from '../../text/sourceText.ts';
import type { HclAttribute, HclBlock, HclBody, HclExpression, HclFile, HclLabel } from './hclSyntax.ts';
import { isOverrideFile, isValuesFile } from './terraformFileNames.ts';
import { type FileReferences, referencesIn, type TerraformKind } from './terraformReferences.ts';

/** Something that a module declares and that can be referred to. */
export interface TerraformDeclaration {
  readonly kind: TerraformKind;
  /** As references write it (`var.region`, `aws_vpc.main`); `output.id`, `provider.aws` and `provider.aws.dns` beside. */
  readonly address: string;
  readonly name: string;
  /** Type of a resource or data source, e.g. `aws_vpc`. */
  readonly type: string | undefined;
  readonly file: HclFile;
  /** A local value is an argument of a `locals` block; everything else is a block. */
  readonly node: HclBlock | HclAttribute;
  readonly span: Span;
  /** What a rename replaces. */
  readonly nameSpan: Span;
  /** In an override file, where it changes another declaration of the same address. */
  readonly overrides: boolean;
}

/** One entry of `required_providers`. */
export interface RequiredProvider {
  readonly name: string;
  readonly file: HclFile;
  readonly span: Span;
  readonly nameSpan: Span;
  /** `hashicorp/aws`; undefined when it is not written or not constant. */
  readonly source: string | undefined;
  readonly version: string | undefined;
  /** Addresses of the configurations that a caller must pass, from `configuration_aliases`. */
  readonly aliases: readonly string[];
}

/** All that the files of one folder declare and use. */
export interface TerraformModule {
  /** URI of the folder, without a slash at the end. */
  readonly folder: string;
  /** Files of the configuration, and of variable values (`.tfvars`). */
  readonly files: readonly HclFile[];
  readonly declarations: readonly TerraformDeclaration[];
  /** The declarations of each address, overriding ones last. */
  readonly byAddress: ReadonlyMap<string, readonly TerraformDeclaration[]>;
  readonly requiredProviders: readonly RequiredProvider[];
  /** The folder holds files that were not read, so that something may be declared or used that is not seen. */
  readonly isPartial: boolean;
  /** What `.terraform.lock.hcl` of this folder fixes: versions by the address of the provider, e.g. `hashicorp/aws`. */
  readonly lockedProviders: ReadonlyMap<string, string>;
  /** The `terraform` blocks. */
  readonly settings: readonly { readonly file: HclFile; readonly block: HclBlock }[];
  /** What a file of this module uses. Computed once per file. */
  referencesOf(file: HclFile): FileReferences;
}

const BLOCK_KINDS: ReadonlyMap<string, TerraformKind> = new Map([
  ['variable', 'variable'],
  ['resource', 'resource'],
  ['data', 'data'],
  ['ephemeral', 'ephemeral'],
  ['module', 'module'],
  ['output', 'output'],
  ['provider', 'provider'],
]);

const references = new WeakMap<HclFile, FileReferences>();

/**
 * The model of one folder. Files that are neither configuration nor variable values are left out. `isPartial` says that
 * the folder holds more than `files` tell, as one that is nested too deep to be read: then nothing is concluded from what
 * is absent.
 */
export function moduleOf(files: readonly HclFile[], { isPartial = false } = {}): TerraformModule {
  const own = files.filter(({ source }) => /\.(?:tf|tofu|tfvars)(?:\.json)?$/.test(source.uri));
  const declarations: TerraformDeclaration[] = [];
  const requiredProviders: RequiredProvider[] = [];
  const settings: { file: HclFile; block: HclBlock }[] = [];
  for (const file of own) {
    if (isValuesFile(file.source.uri)) continue;
    for (const block of blocksIn(file.body)) {
      declarations.push(...declaredBy(file, block));
      if (block.type === 'terraform') {
        settings.push({ file, block });
        requiredProviders.push(...requiredBy(file, block));
      }
    }
  }
  const byAddress = new Map<string, TerraformDeclaration[]>();
  for (const declaration of declarations) {
    const same = byAddress.get(declaration.address);
    if (same) same.push(declaration);
    else byAddress.set(declaration.address, [declaration]);
  }
  for (const same of byAddress.values()) same.sort((a, b) => Number(a.overrides) - Number(b.overrides));
  return {
    folder: files[0] ? folderOf(files[0].source.uri) : '',
    files: own,
    declarations,
    byAddress,
    requiredProviders,
    isPartial,
    lockedProviders: lockedIn(files),
    settings,
    referencesOf(file) {
      const known = references.get(file) ?? referencesIn(file);
      references.set(file, known);
      return known;
    },
  };
}

/** URI of the folder of a file, without a slash at the end. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

/** The blocks of a body, in document order; `type` picks those of one type. */
export function blocksIn(body: HclBody, type?: string): readonly HclBlock[] {
  return body.items.filter((item) => item.kind === 'block' && (type === undefined || item.type === type)) as HclBlock[];
}

/** The argument of this name. */
export function attributeIn(body: HclBody, name: string): HclAttribute | undefined {
  return body.items.find((item) => item.kind === 'attribute' && item.name === name) as HclAttribute | undefined;
}

/** The text of an expression that is a plain string without template sequences. */
export function plainText(expression: HclExpression | undefined): string | undefined {
  if (expression?.kind !== 'template' || expression.parts.length > 1) return undefined;
  const [part] = expression.parts;
  if (!part) return '';
  return part.kind === 'text' ? part.value : undefined;
}

function declaredBy(file: HclFile, block: HclBlock): TerraformDeclaration[] {
  if (block.type === 'locals') {
    return block.body.items.flatMap((item) => (item.kind === 'attribute' ? [localValue(file, item)] : []));
  }
  if (block.type === 'check') return blocksIn(block.body, 'data').flatMap((data) => declaredBy(file, data));
  const kind = BLOCK_KINDS.get(block.type);
  if (!kind) return [];
  const isTyped = kind === 'resource' || kind === 'data' || kind === 'ephemeral';
  const label: HclLabel | undefined = block.labels[isTyped ? 1 : 0];
  if (!label || label.value === '') return [];
  const alias = kind === 'provider' ? attributeIn(block.body, 'alias') : undefined;
  const aliasName = plainText(alias?.value);
  if (alias && aliasName === undefined) return [];
  return [
    {
      kind,
      address: addressOf(kind, block.labels[0]!.value, aliasName ?? label.value, aliasName !== undefined),
      name: aliasName ?? label.value,
      type: isTyped ? block.labels[0]!.value : undefined,
      file,
      node: block,
      span: block.span,
      nameSpan: alias ? inside(alias.value.span) : label.nameSpan,
      overrides: isOverrideFile(file.source.uri),
    },
  ];
}

function addressOf(kind: TerraformKind, first: string, name: string, hasAlias: boolean): string {
  switch (kind) {
    case 'variable':
      return `var.${name}`;
    case 'resource':
      return `${first}.${name}`;
    case 'data':
    case 'ephemeral':
      return `${kind}.${first}.${name}`;
    case 'provider':
      return hasAlias ? `provider.${first}.${name}` : `provider.${first}`;
    default:
      return `${kind}.${name}`;
  }
}

function localValue(file: HclFile, item: HclAttribute): TerraformDeclaration {
  return {
    kind: 'local',
    address: `local.${item.name}`,
    name: item.name,
    type: undefined,
    file,
    node: item,
    span: item.span,
    nameSpan: item.nameSpan,
    overrides: isOverrideFile(file.source.uri),
  };
}

function lockedIn(files: readonly HclFile[]): Map<string, string> {
  const locked = new Map<string, string>();
  for (const { body, source } of files) {
    if (!source.uri.endsWith('/.terraform.lock.hcl')) continue;
    for (const block of blocksIn(body, 'provider')) {
      const address = block.labels[0]?.value.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '');
      const version = plainText(attributeIn(block.body, 'version')?.value);
      if (address !== undefined && version !== undefined) locked.set(address, version);
    }
  }
  return locked;
}

function requiredBy(file: HclFile, settings: HclBlock): RequiredProvider[] {
  const required: RequiredProvider[] = [];
  for (const block of blocksIn(settings.body, 'required_providers')) {
    for (const item of block.body.items) {
      if (item.kind !== 'attribute') continue;
      const entries = item.value.kind === 'object' ? item.value.entries : [];
      const entry = (name: string): HclExpression | undefined =>
        entries.find(({ key }) => (key.kind === 'variable' ? key.name : plainText(key)) === name)?.value;
      // The old form is only a version.
      const version = plainText(entry('version')) ?? plainText(item.value);
      const { name, nameSpan, span } = item;
      required.push({
        name,
        file,
        span,
        nameSpan,
        source: plainText(entry('source')),
        version,
        aliases: aliasesIn(entry('configuration_aliases')),
      });
    }
  }
  return required;
}

function aliasesIn(value: HclExpression | undefined): string[] {
  if (value?.kind !== 'tuple') return [];
  return value.items.flatMap((item) => {
    if (item.kind !== 'access' || item.target.kind !== 'variable') return [];
    const [step] = item.steps;
    return step?.kind === 'attribute' ? [`provider.${item.target.name}.${step.name}`] : [];
  });
}

/** A quoted string without its quotes. */
function inside({ start, end }: Span): Span {
  return { start: start + 1, end: end - 1 };
}
