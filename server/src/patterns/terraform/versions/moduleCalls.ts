import type { HclBlock, HclFile, HclTemplate } from '../../../languages/terraform/hclSyntax.ts';
import { attributeIn, blocksIn, plainText } from '../../../languages/terraform/terraformModule.ts';
import type { Resource } from '../../../workspace/resource.ts';
import { type ModuleSource, readModuleSource } from './moduleSource.ts';

/** One `module` block whose source is plain text. */
export interface ModuleCall {
  readonly name: string;
  readonly block: HclBlock;
  readonly file: HclFile;
  readonly text: string;
  /** The source with its quotes. */
  readonly value: HclTemplate;
  readonly source: ModuleSource;
}

/** The module calls of one file; those whose source cannot be read are left out. */
export function moduleCalls(resource: Resource): readonly ModuleCall[] {
  const file = resource.model as HclFile;
  return blocksIn(file.body, 'module').flatMap((block) => {
    const value = attributeIn(block.body, 'source')?.value;
    const text = plainText(value);
    if (text === undefined || value?.kind !== 'template' || !block.labels[0]) return [];
    return [{ name: block.labels[0].value, block, file, text, value, source: readModuleSource(text) }];
  });
}
