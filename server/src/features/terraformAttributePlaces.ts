import type { HclBody, HclFile } from '../languages/terraform/hclSyntax.ts';
import { plainText, type TerraformModule } from '../languages/terraform/terraformModule.ts';
import { targetOf } from '../languages/terraform/terraformReferences.ts';
import { pathAt } from '../languages/terraform/walkHcl.ts';
import type { Place } from '../text/sourceNode.ts';

/**
 * Where the attribute of a reference at a cursor is written: `cidr_block` of `aws_vpc.main.cidr_block` in the block of that
 * resource, nested ones in its nested blocks and objects. Nothing where the provider computes it.
 */
export function* attributePlaces(module: TerraformModule, file: HclFile, offset: number): Iterable<Place> {
  const node = pathAt(file.body, offset).findLast(({ kind }) => kind === 'access');
  if (node?.kind !== 'access' || node.target.kind !== 'variable') return;
  const target = targetOf(node.target.name, node.steps);
  if (!target || (target.kind !== 'resource' && target.kind !== 'data')) return;
  const path: string[] = [];
  for (const step of node.steps.slice(target.length)) {
    if (step.kind !== 'attribute') continue;
    path.push(step.name);
    if (step.nameSpan.start <= offset && offset <= step.nameSpan.end) {
      for (const { node: declared, file: declaring } of module.byAddress.get(target.address) ?? []) {
        if (declared.kind === 'block') yield* writtenAt(declared.body, path, declaring);
      }
      return;
    }
  }
}

function* writtenAt(body: HclBody, [name, ...rest]: readonly string[], file: HclFile): Iterable<Place> {
  for (const item of body.items) {
    if (item.kind === 'attribute' && item.name === name) {
      let span = item.nameSpan;
      let value = item.value;
      for (const key of rest) {
        const entry =
          value.kind === 'object'
            ? value.entries.find((each) => (each.key.kind === 'variable' ? each.key.name : plainText(each.key)) === key)
            : undefined;
        if (!entry) break;
        span = entry.key.span;
        value = entry.value;
      }
      yield { source: file.source, span };
    }
    if (item.kind !== 'block') continue;
    const made = item.type === 'dynamic' ? item.labels[0]?.value : item.type;
    if (made !== name) continue;
    if (rest.length === 0) yield { source: file.source, span: item.typeSpan };
    else {
      const content = item.body.items.find((inner) => inner.kind === 'block' && inner.type === 'content');
      const held = item.type === 'dynamic' && content?.kind === 'block' ? content.body : item.body;
      yield* writtenAt(held, rest, file);
    }
  }
}
