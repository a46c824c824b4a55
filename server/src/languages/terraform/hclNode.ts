import { type RawNode, SourceNode } from '../../text/sourceNode.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import { type EvaluationScope, emptyScope, evaluateHcl } from './evaluateHcl.ts';
import type { HclBlock, HclBody, HclCall, HclExpression, HclObject } from './hclSyntax.ts';
import { type HclValue, isList, isMap, textOf, UNKNOWN } from './hclValue.ts';

/**
 * A body or an expression as the tree that rules read.
 *
 * - An argument is a field under its name. A constant expression is a scalar, a list or a map; `scope` may resolve
 *   references to constants. What is not certain is `unknown`.
 * - Blocks of one type are one list under that type with a map for each block, also where only one is allowed, as in
 *   `lifecycle`: an argument that is a list of objects gives the same tree. Labels become maps around the body, as in
 *   Terraform's JSON syntax: `find('provisioner', 0, 'local-exec', 'command')`.
 * - `dynamic "ingress"` adds its `content` to the list `ingress`, once for each item where its `for_each` is certain. The
 *   list is then open: it may hold more or less.
 * - `jsonencode`, `yamlencode`, `merge`, `concat`, `toset` and their like are seen through: their arguments' entries
 *   keep their own places. So the document of a policy can be read as a tree.
 */
export function hclNode(source: SourceText, root: HclBody | HclExpression, scope = emptyScope): SourceNode {
  const reader = new Reader(source, scope);
  return new SourceNode(source, root.kind === 'body' ? reader.body(root, root.span) : reader.expression(root));
}

/** More blocks than a reader would write are not told apart. */
const MOST_GENERATED = 32;

interface Key {
  readonly name: string;
  readonly span: Span;
}

class Reader {
  readonly #source: SourceText;
  readonly #scope: EvaluationScope;

  constructor(source: SourceText, scope: EvaluationScope) {
    this.#source = source;
    this.#scope = scope;
  }

  body(body: HclBody, span: Span, key?: Key): RawNode {
    const children: RawNode[] = [];
    const lists = new Map<string, { blocks: HclBlock[]; open: boolean }>();
    for (const item of body.items) {
      if (item.kind === 'attribute')
        children.push(this.expression(item.value, { name: item.name, span: item.nameSpan }));
      else if (item.kind === 'block') {
        const generated = item.type === 'dynamic' ? item.labels[0]?.value : undefined;
        const type = generated ?? item.type;
        const list = lists.get(type) ?? { blocks: [], open: false };
        lists.set(type, list);
        list.blocks.push(item);
        list.open ||= generated !== undefined;
      }
    }
    for (const [type, list] of lists) children.push(this.#blockList(type, list.blocks, list.open));
    children.sort((a, b) => (a.keyStart ?? a.start) - (b.keyStart ?? b.start));
    return { kind: 'map', ...span, ...keyOf(key), children, ...(this.#isFlow(span) && { flow: true }) };
  }

  #blockList(type: string, blocks: readonly HclBlock[], open: boolean): RawNode {
    const { start } = blocks[0]!.span;
    const { end } = blocks.at(-1)!.span;
    const children = blocks.flatMap((block) => this.#block(type, block));
    return {
      kind: 'list',
      start,
      end,
      ...keyOf({ name: type, span: blocks[0]!.typeSpan }),
      children,
      ...(open && { open }),
    };
  }

  #block(type: string, block: HclBlock): RawNode[] {
    const isGenerator = block.type === 'dynamic' && block.labels[0]?.value === type;
    if (!isGenerator) return [this.#labelled(block)];
    const content = block.body.items.find((item) => item.kind === 'block' && item.type === 'content');
    if (content?.kind !== 'block') return [];
    const key = { name: type, span: block.typeSpan };
    const scopes = this.#iterations(type, block.body);
    return scopes.map((scope) => new Reader(this.#source, scope).body(content.body, block.span, key));
  }

  /** What the content of a dynamic block sees of its iterator, for each item; as it is where the items are not known. */
  #iterations(type: string, { items }: HclBody): readonly EvaluationScope[] {
    const argument = (name: string): HclExpression | undefined => {
      const found = items.find((item) => item.kind === 'attribute' && item.name === name);
      return found?.kind === 'attribute' ? found.value : undefined;
    };
    const collection = argument('for_each');
    const named = argument('iterator');
    const all = collection ? evaluateHcl(collection, this.#scope) : UNKNOWN;
    const entries: (readonly [key: HclValue, value: HclValue])[] = isMap(all) ? [...all] : [];
    if (isList(all)) entries.push(...all.map((value) => [UNKNOWN, value] as const));
    if (entries.length === 0 || entries.length > MOST_GENERATED) return [this.#scope];
    const iterator = named?.kind === 'variable' ? named.name : type;
    return entries.map(([key, value]) => ({
      valueOf: (root: string, name: string | undefined): HclValue => {
        if (root !== iterator) return this.#scope.valueOf(root, name);
        if (name === 'value') return value;
        if (name === 'key') return key;
        return UNKNOWN;
      },
    }));
  }

  #labelled(block: HclBlock): RawNode {
    const type = { name: block.type, span: block.typeSpan };
    let node = this.body(block.body, block.span, block.labels.length === 0 ? type : undefined);
    for (const [index, label] of [...block.labels.entries()].reverse()) {
      const inner = { ...node, ...keyOf({ name: label.value, span: label.span }) };
      const outer = index === 0 ? keyOf(type) : {};
      node = { kind: 'map', ...block.span, ...outer, children: [inner] };
    }
    return node;
  }

  expression(expression: HclExpression, key?: Key): RawNode {
    const { span } = expression;
    switch (expression.kind) {
      case 'parentheses': {
        const inner = this.expression(expression.inner);
        return { ...inner, ...keyOf(key) };
      }
      case 'tuple':
        return {
          kind: 'list',
          ...span,
          ...keyOf(key),
          children: expression.items.map((item) => this.expression(item)),
          ...(this.#isFlow(span) && { flow: true }),
        };
      case 'object':
        return this.#object(expression, key);
      case 'call':
        return this.#call(expression, key);
      default:
        return this.#constant(expression, key);
    }
  }

  #object(expression: HclObject, key: Key | undefined): RawNode {
    const { span } = expression;
    const children: RawNode[] = [];
    let open = false;
    for (const entry of expression.entries) {
      const name = entry.key.kind === 'variable' ? entry.key.name : textOf(evaluateHcl(entry.key, this.#scope));
      if (name === UNKNOWN) open = true;
      else children.push(this.expression(entry.value, { name, span: entry.key.span }));
    }
    const flow = this.#isFlow(span);
    return { kind: 'map', ...span, ...keyOf(key), children, ...(open && { open }), ...(flow && { flow }) };
  }

  #call(expression: HclCall, key: Key | undefined): RawNode {
    const [first] = expression.arguments;
    if (first && !expression.expanded) {
      switch (expression.name) {
        case 'jsonencode':
        case 'nonsensitive':
        case 'sensitive':
        case 'tolist':
        case 'tomap':
        case 'toset':
        case 'yamlencode': {
          const inner = this.expression(first);
          if (expression.arguments.length === 1 && (inner.kind === 'map' || inner.kind === 'list')) {
            return { ...inner, ...keyOf(key) };
          }
          break;
        }
        case 'concat':
          return this.#joined(expression, 'list', key);
        case 'merge':
          return this.#joined(expression, 'map', key);
      }
    }
    return this.#constant(expression, key);
  }

  #joined(expression: HclCall, kind: 'list' | 'map', key: Key | undefined): RawNode {
    const parts = expression.arguments.map((argument) => this.expression(argument));
    const children = parts.filter((part) => part.kind === kind).flatMap((part) => part.children ?? []);
    const open = parts.some((part) => part.kind !== kind || part.open);
    if (kind === 'list') return { kind, ...expression.span, ...keyOf(key), children, ...(open && { open }) };
    // A later map wins; what comes from a map that is not known may replace any key before it.
    const fields = new Map<string, RawNode>();
    for (const part of parts) {
      if (part.kind !== 'map' || part.open) {
        for (const [name, field] of fields) fields.set(name, { ...unknownAt(field), ...pick(field) });
      }
      for (const field of part.kind === 'map' ? (part.children ?? []) : []) fields.set(field.key ?? '', field);
    }
    return { kind, ...expression.span, ...keyOf(key), children: [...fields.values()], ...(open && { open }) };
  }

  #constant(expression: HclExpression, key: Key | undefined): RawNode {
    const value = evaluateHcl(expression, this.#scope);
    return valueNode(value, expression.span, key, expression.kind === 'template');
  }

  #isFlow(span: Span): boolean {
    return this.#source.lineAt(span.start) === this.#source.lineAt(span.end);
  }
}

/** A computed value: all of its parts stand where the expression stands. */
function valueNode(value: HclValue, span: Span, key: Key | undefined, quoted = false): RawNode {
  const place = { ...span, ...keyOf(key) };
  if (value === UNKNOWN) return { kind: 'unknown', ...place };
  if (isList(value)) return { kind: 'list', ...place, children: value.map((item) => valueNode(item, span, undefined)) };
  if (isMap(value)) {
    const children = [...value].map(([name, item]) => valueNode(item, span, { name, span }));
    return { kind: 'map', ...place, children };
  }
  return { kind: 'scalar', ...place, scalar: value, ...(quoted && { quoted }) };
}

function unknownAt({ start, end }: RawNode): RawNode {
  return { kind: 'unknown', start, end };
}

function pick({ key, keyStart, keyEnd }: RawNode): Partial<RawNode> {
  return key === undefined || keyStart === undefined || keyEnd === undefined ? {} : { key, keyStart, keyEnd };
}

function keyOf(key: Key | undefined): Partial<RawNode> {
  return key ? { key: key.name, keyStart: key.span.start, keyEnd: key.span.end } : {};
}
