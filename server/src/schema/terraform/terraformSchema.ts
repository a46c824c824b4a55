/** The type of a value in Terraform. What is `any` takes everything. */
export type TerraformValueType =
  | { readonly kind: 'string' | 'number' | 'bool' | 'any' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: TerraformValueType }
  | { readonly kind: 'object'; readonly body: TerraformBody };

/** One argument, block or attribute. */
export interface TerraformMember {
  readonly name: string;
  readonly required: boolean;
  /** Neither required nor optional: it can be read, and not be set. */
  readonly settable: boolean;
  /** The provider may set it. */
  readonly computed: boolean;
  /** May be written as a block, as an argument, or either way. */
  readonly asBlock: boolean;
  readonly asArgument: boolean;
  readonly sensitive: boolean;
  /** At most one block of it. */
  readonly atMostOne: boolean;
  readonly type: TerraformValueType;
  /** Labels that its blocks take, by what they mean: `provisioner "local-exec"`. */
  readonly labels: readonly string[];
  /** Markdown; empty where nothing is known. */
  readonly text: string;
  /** Why it should not be used any more; empty where it may be. */
  readonly deprecation: string;
  /** Values that are usual. */
  readonly values: readonly string[];
  /** Nothing but `values` is accepted. */
  readonly closed: boolean;
}

/** What may stand between the braces of a block or object. */
export interface TerraformBody {
  readonly members: ReadonlyMap<string, TerraformMember>;
  /** Further members may be written: the body is not known in full. */
  readonly open: boolean;
}

/** A type of a provider, or the provider's own configuration. */
export interface TerraformTypeSchema {
  /** `aws_vpc`; the provider's name for its configuration. */
  readonly name: string;
  readonly kind: 'resource' | 'data' | 'ephemeral' | 'provider';
  readonly provider: ProviderSchema;
  readonly body: TerraformBody;
}

/** The schema of one provider in one version. */
export interface ProviderSchema {
  /** The local name that it usually has, e.g. `aws`. */
  readonly name: string;
  /** Address in the registry, e.g. `hashicorp/aws`. */
  readonly source: string;
  /** The version that it describes; undefined where that is the installed one and not said. */
  readonly version: string | undefined;
  /** `installed`: read from the very provider that the folder uses. */
  readonly origin: 'bundle' | 'installed';
  types(kind: 'resource' | 'data' | 'ephemeral'): readonly string[];
  find(kind: TerraformTypeSchema['kind'], type: string): TerraformTypeSchema | undefined;
}

/** The member's type below its lists, sets and maps. */
export function bodyOf(type: TerraformValueType): TerraformBody | undefined {
  if (type.kind === 'object') return type.body;
  return 'element' in type ? bodyOf(type.element) : undefined;
}

/** The type as Terraform writes it; a structure is `object`. */
export function valueTypeText(type: TerraformValueType): string {
  return 'element' in type ? `${type.kind}(${valueTypeText(type.element)})` : type.kind;
}
