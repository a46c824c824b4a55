import { attributeIn, plainText, type TerraformModule } from '../../../languages/terraform/terraformModule.ts';
import { walkHcl } from '../../../languages/terraform/walkHcl.ts';
import type { Place } from '../../../text/sourceNode.ts';

/** Providers that Terraform has within itself. */
export const BUILT_IN_PROVIDERS: ReadonlySet<string> = new Set(['terraform']);

/**
 * The local names of the providers that a module's blocks need, each with its first use: the `provider` argument of a
 * block, also in the quotes of Terraform 0.11, else the first word of its type; provider blocks; functions of providers;
 * what is passed to the modules that it calls.
 */
export function usedProviders(module: TerraformModule): ReadonlyMap<string, Place> {
  const used = new Map<string, Place>();
  const add = (name: string, place: Place): void => {
    if (name !== '' && !BUILT_IN_PROVIDERS.has(name) && !used.has(name)) used.set(name, place);
  };
  for (const { kind, type, file, node } of module.declarations) {
    if (node.kind !== 'block') continue;
    const label = node.labels[0];
    const place = { source: file.source, span: label?.span ?? node.typeSpan };
    if (kind === 'provider') add(label?.value ?? '', place);
    if (type === undefined) continue;
    const chosen = attributeIn(node.body, 'provider');
    if (!chosen) add(type.split('_', 1)[0]!, place);
    const quoted = plainText(chosen?.value);
    if (chosen && quoted) add(quoted.split('.', 1)[0]!, { source: file.source, span: chosen.value.span });
  }
  for (const file of module.files) {
    for (const { kind, address, span } of module.referencesOf(file).references) {
      if (kind === 'provider') add(address.split('.')[1]!, { source: file.source, span });
    }
    walkHcl(file.body, (node) => {
      const name = node.kind === 'call' ? /^provider::([^:]+)::/.exec(node.name)?.[1] : undefined;
      if (node.kind === 'call' && name !== undefined) add(name, { source: file.source, span: node.nameSpan });
      return undefined;
    });
  }
  return used;
}
