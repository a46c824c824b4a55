import type { TerraformTypeSchema } from '../schema/terraform/terraformSchema.ts';

const FOLDERS: Readonly<Record<TerraformTypeSchema['kind'], string>> = {
  resource: 'resources/',
  data: 'data-sources/',
  ephemeral: 'ephemeral-resources/',
  provider: '',
};

/** The page of a type in the public registry. It is only shown; nothing is fetched from there. */
export function registryPage({ kind, name, provider }: TerraformTypeSchema): string | undefined {
  if (provider.source.startsWith('terraform.io/')) return undefined;
  const version = provider.version ?? 'latest';
  const page = kind === 'provider' ? '' : `/${FOLDERS[kind]}${name.slice(name.indexOf('_') + 1)}`;
  return `https://registry.terraform.io/providers/${provider.source}/${version}/docs${page}`;
}
