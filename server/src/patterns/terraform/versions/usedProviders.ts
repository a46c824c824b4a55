import { attributeIn, type TerraformModule } from '../../../languages/terraform/terraformModule.ts';
import type { Place } from '../../../text/sourceNode.ts';

/** Providers that Terraform has within itself. */
const BUILT_IN: ReadonlySet<string> = new Set(['terraform']);

/**
 * The local names of the providers that a module's blocks need, each with its first use: the `provider` argument of a
 * block, else the first word of its type; provider blocks; what is passed to the modules that it calls.
 */
export function usedProviders(module: TerraformModule): ReadonlyMap<string, Place> {
  const used = new Map<string, Place>();
  const add = (name: string, place: Place): void => {
    if (name !== '' && !BUILT_IN.has(name) && !used.has(name)) used.set(name, place);
  };
  for (const { kind, type, file, node } of module.declarations) {
    if (node.kind !== 'block') continue;
    const label = node.labels[0];
    const place = { source: file.source, span: label?.span ?? node.typeSpan };
    if (kind === 'provider') add(label?.value ?? '', place);
    if (type === undefined) continue;
    if (!attributeIn(node.body, 'provider')) add(type.split('_', 1)[0]!, place);
  }
  for (const file of module.files) {
    for (const { kind, address, span } of module.referencesOf(file).references) {
      if (kind === 'provider') add(address.split('.')[1]!, { source: file.source, span });
    }
  }
  return used;
}
