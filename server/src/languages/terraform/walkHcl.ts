import type { HclBody, HclExpression, HclItem, HclLabel, HclTemplatePart } from './hclSyntax.ts';

export type HclNode = HclBody | HclItem | HclExpression | HclTemplatePart;

/** The direct children of a node in document order. */
export function childrenOf(node: HclNode): readonly HclNode[] {
  switch (node.kind) {
    case 'body':
      return node.items;
    case 'attribute':
      return [node.value];
    case 'block':
      return [node.body];
    case 'template':
      return node.parts;
    case 'interpolation':
      return [node.value];
    case 'templateIf':
      return [node.condition, ...node.consequent, ...node.alternative];
    case 'templateFor':
      return [node.collection, ...node.parts];
    case 'tuple':
      return node.items;
    case 'object':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'for':
      return [node.collection, node.key, node.value, node.condition].filter((child) => child !== undefined);
    case 'access':
      return [node.target, ...node.steps.flatMap((step) => (step.kind === 'index' ? [step.key] : []))];
    case 'call':
      return node.arguments;
    case 'conditional':
      return [node.condition, node.consequent, node.alternative];
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'parentheses':
      return [node.inner];
    default:
      return [];
  }
}

/**
 * Visits a node and all that is below it, parents first, in document order. Needs no stack, however deep the tree. A
 * visitor that answers `false` keeps the walk out of the node's children.
 */
export function walkHcl(root: HclNode, visit: (node: HclNode) => boolean | undefined): void {
  const pending: HclNode[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (visit(node) === false) continue;
    const children = childrenOf(node);
    for (let index = children.length - 1; index >= 0; index--) pending.push(children[index]!);
  }
}

/** The nodes that hold `offset`, from the body down; an offset at the end of a node counts as inside. */
export function pathAt(body: HclBody, offset: number): readonly HclNode[] {
  const path: HclNode[] = [body];
  for (let node: HclNode | undefined = body; node; ) {
    const holding: HclNode[] = childrenOf(node).filter(({ span }) => span.start <= offset && offset <= span.end);
    // Of two that touch at the offset, the one that begins there; an empty one only when nothing else does.
    node = holding.findLast(({ span }) => span.end > span.start) ?? holding.at(-1);
    if (node) path.push(node);
  }
  return path;
}

/** The label that holds `offset`. */
export function labelAt(labels: readonly HclLabel[], offset: number): HclLabel | undefined {
  return labels.find(({ span }) => span.start <= offset && offset <= span.end);
}
