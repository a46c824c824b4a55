/** A provider whose schema is bundled, and the packages that it is read from. */
export interface ProviderSource {
  /** The name that resource types begin with, and the file name of the bundle. */
  readonly name: string;
  /** Address in the registry, e.g. `hashicorp/aws`. */
  readonly source: string;
  /** Generated bindings of the provider: the structure, and what the provider itself says of its arguments. */
  readonly bindings: PackageVersion;
  /** A second description of the same provider: more texts, and what is deprecated. */
  readonly texts?: PackageVersion;
}

export interface PackageVersion {
  readonly name: string;
  readonly version: string;
}

/**
 * The packages that the bundle of Terraform providers is made of. `@cdktf` is archived and frozen; where its successor
 * `@cdktn` publishes a provider, that one is used. Helm and Kubernetes document their arguments in the bindings.
 */
export const PROVIDER_SOURCES: readonly ProviderSource[] = [
  {
    name: 'aws',
    source: 'hashicorp/aws',
    bindings: { name: '@cdktn/provider-aws', version: '25.7.0' },
    texts: { name: '@pulumi/aws', version: '7.48.0' },
  },
  {
    name: 'azurerm',
    source: 'hashicorp/azurerm',
    bindings: { name: '@cdktn/provider-azurerm', version: '16.1.0' },
    texts: { name: '@pulumi/azure', version: '6.40.0' },
  },
  {
    name: 'google',
    source: 'hashicorp/google',
    bindings: { name: '@cdktf/provider-google', version: '16.12.1' },
    texts: { name: '@pulumi/gcp', version: '9.37.0' },
  },
  {
    name: 'helm',
    source: 'hashicorp/helm',
    bindings: { name: '@cdktf/provider-helm', version: '12.1.2' },
  },
  {
    name: 'kubernetes',
    source: 'hashicorp/kubernetes',
    bindings: { name: '@cdktf/provider-kubernetes', version: '12.1.1' },
  },
  {
    name: 'vault',
    source: 'hashicorp/vault',
    bindings: { name: '@cdktf/provider-vault', version: '15.6.1' },
    texts: { name: '@pulumi/vault', version: '7.8.0' },
  },
];
