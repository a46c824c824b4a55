import type { HclPlace } from '../languages/terraform/hclPlace.ts';
import type { TerraformDeclaration, TerraformModule } from '../languages/terraform/terraformModule.ts';
import type { TerraformProject } from '../languages/terraform/terraformProject.ts';
import type { ModuleSchemas } from './terraformSchemas.ts';

/** A value of one of Terraform's own arguments, as it is written there. */
export interface MetaValue {
  readonly text: string;
  readonly detail: string;
  /** A text, which stands in quotes. */
  readonly isText: boolean;
}

/**
 * What Terraform's own arguments of resources and module calls take: configurations of providers, addresses, attributes of
 * the same resource, and the folders of modules.
 */
export function* metaValues(
  project: TerraformProject,
  module: TerraformModule,
  schemas: ModuleSchemas,
  { blocks, keys }: HclPlace & { kind: 'value' },
): Iterable<MetaValue> {
  const [top, inner] = blocks;
  const [name] = keys;
  if (!top || keys.length !== 1) return;
  const isRepeatable = /^(?:resource|data|ephemeral|module)$/.test(top.type);
  if (blocks.length === 1 && isRepeatable && name === 'depends_on') {
    for (const found of module.declarations) {
      if (found.node !== top && isAddressable(found)) yield { text: found.address, detail: found.kind, isText: false };
    }
  } else if (blocks.length === 1 && top.type !== 'module' && name === 'provider') {
    for (const { kind, address } of module.declarations) {
      if (kind === 'provider') yield { text: address.slice('provider.'.length), detail: 'provider', isText: false };
    }
  } else if (blocks.length === 1 && top.type === 'module' && name === 'source') {
    for (const { folder } of project.modules) {
      if (folder === module.folder || folder.includes('/.terraform/')) continue;
      const text = relativePath(module.folder, folder);
      if (text !== undefined) yield { text, detail: 'module of this workspace', isText: true };
    }
  } else if (blocks.length === 2 && inner?.type === 'lifecycle' && name === 'ignore_changes') {
    yield { text: 'all', detail: 'every attribute', isText: false };
    for (const member of schemas.typeOf(top)?.body.members.values() ?? []) {
      if (member.settable) yield { text: member.name, detail: 'attribute', isText: false };
    }
  } else if (blocks.length === 2 && inner?.type === 'lifecycle' && name === 'replace_triggered_by') {
    for (const found of module.declarations) {
      if (found.kind === 'resource' && found.node !== top) {
        yield { text: found.address, detail: 'resource', isText: false };
      }
    }
  }
}

function isAddressable({ kind }: TerraformDeclaration): boolean {
  return kind === 'resource' || kind === 'data' || kind === 'module';
}

/** `./network`, `../shared/network`; undefined where the folders have nothing in common that a path could lead over. */
function relativePath(from: string, to: string): string | undefined {
  const [here, there] = [from.split('/'), to.split('/')];
  let common = 0;
  while (common < here.length && here[common] === there[common]) common++;
  if (common < 4) return undefined;
  const up = here.slice(common).map(() => '..');
  const path = [...(up.length > 0 ? up : ['.']), ...there.slice(common)];
  return path.map((part) => decodeURIComponent(part)).join('/');
}
