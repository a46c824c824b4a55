import type { EvaluationScope } from '../../../languages/terraform/evaluateHcl.ts';
import { hclNode } from '../../../languages/terraform/hclNode.ts';
import type { HclBlock, HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { constantsOf } from '../../../languages/terraform/moduleConstants.ts';
import type { TerraformDeclaration, TerraformModule } from '../../../languages/terraform/terraformModule.ts';
import type { TerraformReference } from '../../../languages/terraform/terraformReferences.ts';
import { moduleOfFile } from '../../../languages/terraform/workspaceProject.ts';
import type { Place, SourceNode } from '../../../text/sourceNode.ts';
import type { Resource } from '../../../workspace/resource.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';

/** A `resource` or `data` block within its module. */
export interface TerraformBlock {
  /** `aws_s3_bucket.logs`, `data.aws_ami.linux`. */
  readonly address: string;
  /** `aws_s3_bucket`. */
  readonly type: string;
  readonly name: string;
  /** The body, with the constants of the module filled in. */
  readonly node: SourceNode;
  /** The name in the block's head: where something is shown that the block lacks. */
  readonly namePlace: Place;
  readonly block: HclBlock;
  readonly file: HclFile;
  readonly module: TerraformModule;
}

/** The block that a resource of the graph stands for; undefined where its module has no such declaration. */
export function blockOf(resource: Resource, graph: ResourceGraph): TerraformBlock | undefined {
  const module = moduleOfFile(resource, graph);
  if (!module) return undefined;
  const byPlace = graph.memo(
    `terraform blocks by place ${module.folder}`,
    () =>
      new Map(blocksOf(module, graph).map((block) => [`${block.file.source.uri}#${block.block.span.start}`, block])),
  );
  return byPlace.get(`${resource.uri}#${resource.root.span.start}`);
}

/** The resource of the graph that a block is: the other way of `blockOf`. */
export function resourceOf({ address, block, file, type }: TerraformBlock, graph: ResourceGraph): Resource | undefined {
  const full = `terraform/${address.startsWith('data.') ? 'data.' : ''}${type}`;
  return graph
    .inFile(file.source.uri)
    .find(({ root, type: own }) => own === full && root.span.start === block.span.start);
}

/** The `resource` and `data` blocks of a module, in the order of its files; `types` picks those of these types. */
export function blocksOf(
  module: TerraformModule,
  graph: ResourceGraph,
  ...types: readonly string[]
): readonly TerraformBlock[] {
  const all = graph.memo(`terraform blocks ${module.folder}`, () => {
    const scope = constantsOf(module, graph);
    return module.declarations.flatMap((declaration) => {
      const { kind, node: block, type } = declaration;
      if ((kind !== 'resource' && kind !== 'data') || block.kind !== 'block' || type === undefined) return [];
      return [asBlock(declaration, block, type, module, scope)];
    });
  });
  return types.length === 0
    ? all
    : all.filter(({ type, address }) => types.includes(type) && !address.startsWith('data.'));
}

function asBlock(
  { address, name, file, nameSpan }: TerraformDeclaration,
  block: HclBlock,
  type: string,
  module: TerraformModule,
  scope: EvaluationScope,
): TerraformBlock {
  let node: SourceNode | undefined;
  return {
    address,
    type,
    name,
    block,
    file,
    module,
    namePlace: { source: file.source, span: nameSpan },
    get node() {
      node ??= hclNode(file.source, block.body, scope);
      return node;
    },
  };
}

/**
 * The addresses that a block refers to, itself or through local values. Names in `depends_on` count as well: they are
 * rarely written without a reason.
 */
export function reachedFrom(module: TerraformModule, block: HclBlock, graph: ResourceGraph): ReadonlySet<string> {
  const byBlock = graph.memo(`terraform references ${module.folder}`, () => referencesByBlock(module));
  const known = byBlock.reached.get(block);
  if (known) return known;
  const reached = new Set<string>();
  byBlock.reached.set(block, reached);
  const pending = [...(byBlock.blocks.get(block) ?? [])];
  for (let address = pending.pop(); address !== undefined; address = pending.pop()) {
    if (reached.has(address)) continue;
    reached.add(address);
    pending.push(...(byBlock.locals.get(address) ?? []));
  }
  return reached;
}

interface ReferencesByBlock {
  readonly blocks: ReadonlyMap<HclBlock, readonly string[]>;
  /** What each local value refers to. */
  readonly locals: ReadonlyMap<string, readonly string[]>;
  /** The answers of `reachedFrom`. */
  readonly reached: Map<HclBlock, ReadonlySet<string>>;
}

function referencesByBlock(module: TerraformModule): ReferencesByBlock {
  const blocks = new Map<HclBlock, string[]>();
  const locals = new Map<string, string[]>();
  const localValues = module.declarations.filter(({ kind }) => kind === 'local');
  const add = <K>(map: Map<K, string[]>, key: K, { address }: TerraformReference): void => {
    const list = map.get(key);
    if (list) list.push(address);
    else map.set(key, [address]);
  };
  for (const file of module.files) {
    for (const reference of module.referencesOf(file).references) {
      if (!reference.block) continue;
      add(blocks, reference.block, reference);
      if (reference.block.type !== 'locals') continue;
      const { start } = reference.span;
      const owner = localValues.find(({ file: own, span }) => own === file && span.start <= start && start < span.end);
      if (owner) add(locals, owner.address, reference);
    }
  }
  return { blocks, locals, reached: new Map() };
}

/** The `module` blocks of a module that hand a block on, and whether an output does. */
export function handedOn(
  { module, address }: TerraformBlock,
  graph: ResourceGraph,
): { readonly toCall: boolean; readonly toCaller: boolean } {
  let toCall = false;
  let toCaller = false;
  for (const { kind, node } of module.declarations) {
    if ((kind !== 'module' && kind !== 'output') || node.kind !== 'block') continue;
    if (!reachedFrom(module, node, graph).has(address)) continue;
    if (kind === 'module') toCall = true;
    else toCaller = true;
  }
  return { toCall, toCaller };
}
