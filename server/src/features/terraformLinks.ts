import type { HclBlock, HclFile } from '../languages/terraform/hclSyntax.ts';
import { attributeIn, blocksIn, plainText } from '../languages/terraform/terraformModule.ts';
import type { DocumentLink } from './languageFeatures.ts';
import { registryPage } from './registryPage.ts';
import type { ModuleSchemas } from './terraformSchemas.ts';

/** `namespace/name/provider`, with a host or a folder within the module or not. */
const REGISTRY_MODULE = /^(?:registry\.terraform\.io\/)?([\w-]+\/[\w-]+\/[a-z0-9]+)(?:\/\/.*)?$/;
const PROVIDER_ADDRESS = /^(?:registry\.terraform\.io\/)?([\w-]+\/[\w-]+)$/;

/** The pages of the public registry that types, providers and modules of a file have. They are shown and never fetched. */
export function* terraformLinks(schemas: ModuleSchemas, { body, source }: HclFile): Iterable<DocumentLink> {
  for (const block of blocksIn(body)) {
    const type = schemas.typeOf(block);
    const target = type && registryPage(type);
    const [label] = block.labels;
    if (target && label) yield { span: label.nameSpan, target, tooltip: `Documentation of ${type.name}` };
    if (block.type === 'module') yield* moduleLink(block, source.uri);
    if (block.type === 'terraform') yield* providerLinks(block);
  }
}

function* moduleLink(block: HclBlock, uri: string): Iterable<DocumentLink> {
  const written = attributeIn(block.body, 'source');
  const text = plainText(written?.value);
  if (!written || text === undefined || uri.includes('/.terraform/')) return;
  const address = REGISTRY_MODULE.exec(text)?.[1];
  if (address === undefined || text.startsWith('.')) return;
  const version = plainText(attributeIn(block.body, 'version')?.value);
  const exact = version !== undefined && /^\d+\.\d+\.\d+$/.test(version) ? version : 'latest';
  yield {
    span: { start: written.value.span.start + 1, end: written.value.span.end - 1 },
    target: `https://registry.terraform.io/modules/${address}/${exact}`,
    tooltip: `Documentation of ${address}`,
  };
}

function* providerLinks(settings: HclBlock): Iterable<DocumentLink> {
  for (const required of blocksIn(settings.body, 'required_providers')) {
    for (const item of required.body.items) {
      if (item.kind !== 'attribute' || item.value.kind !== 'object') continue;
      const entry = item.value.entries.find(
        ({ key }) => (key.kind === 'variable' ? key.name : plainText(key)) === 'source',
      );
      const address = PROVIDER_ADDRESS.exec(plainText(entry?.value) ?? '')?.[1];
      if (!entry || address === undefined) continue;
      yield {
        span: { start: entry.value.span.start + 1, end: entry.value.span.end - 1 },
        target: `https://registry.terraform.io/providers/${address}/latest/docs`,
        tooltip: `Documentation of ${address}`,
      };
    }
  }
}
