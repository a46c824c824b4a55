import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { SourceText, Span } from '../../text/sourceText.ts';
import { HclProblems } from './hclProblems.ts';
import type { HclAttribute, HclBody, HclExpression, HclFile, HclItem, HclLabel } from './hclSyntax.ts';
import { expressionIn, literalOf, templateOf } from './jsonTemplate.ts';
import { tokenizeHcl } from './tokenizeHcl.ts';

/** Deeper than configuration is ever written; the parser calls itself for each level. */
const DEPTH_LIMIT = 100;

/** How many labels the blocks of Terraform's own have. Blocks that are not named here have none. */
const LABELS: Readonly<Record<string, number>> = {
  action: 2,
  backend: 1,
  check: 1,
  data: 2,
  dynamic: 1,
  ephemeral: 2,
  module: 1,
  output: 1,
  provider: 1,
  provider_meta: 1,
  provisioner: 1,
  resource: 2,
  variable: 1,
};

/** Blocks of Terraform's own that stand among the arguments of providers. */
const META_BLOCKS: readonly string[] = ['connection', 'content', 'dynamic', 'lifecycle', 'provisioner'];

/** Stands for the type of a block that a provider defines, so that its name is not taken for one of Terraform's. */
const OF_PROVIDER = 'block';

/** Blocks of Terraform's own, by the block in which they stand; the top of the file is `''`. */
const BLOCKS: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...['action', 'check', 'data', 'ephemeral', 'import', 'locals', 'module', 'moved', 'output', 'provider'],
    ...['removed', 'resource', 'terraform', 'variable'],
  ],
  check: ['assert', 'data'],
  lifecycle: ['action_trigger', 'postcondition', 'precondition'],
  locals: [],
  module: [],
  moved: [],
  output: ['postcondition', 'precondition'],
  removed: ['connection', 'lifecycle', 'provisioner'],
  required_providers: [],
  terraform: ['backend', 'cloud', 'provider_meta', 'required_providers'],
  variable: ['validation'],
};

/** Arguments whose text is an address or a type of the native syntax, by the innermost block. */
const EXPRESSIONS: Readonly<Record<string, readonly string[]>> = {
  action_trigger: ['actions', 'events'],
  data: ['depends_on', 'provider'],
  dynamic: ['iterator'],
  ephemeral: ['depends_on', 'provider'],
  import: ['provider', 'to'],
  lifecycle: ['ignore_changes', 'replace_triggered_by'],
  module: ['depends_on', 'providers'],
  moved: ['from', 'to'],
  output: ['depends_on'],
  provisioner: ['on_failure', 'when'],
  removed: ['from'],
  resource: ['depends_on', 'provider'],
  variable: ['type'],
};

/** Arguments whose text is no template, by the innermost block. */
const LITERALS: Readonly<Record<string, readonly string[]>> = {
  module: ['source', 'version'],
  output: ['description'],
  provider: ['alias', 'version'],
  required_providers: ['*'],
  terraform: ['required_version'],
  variable: ['default', 'description'],
};

/** Arguments of providers that are maps, whatever words their keys are. */
const MAPS =
  /^(?!default_tags$)(?:.*_)?(?:annotations|attributes|for_each|headers|keepers|labels|limits|parameters|queries|query|requests|secrets|settings|tags|tags_all|triggers|triggers_replace|variables|vars)$/;

/** Words that blocks of providers are made of. */
const ARGUMENT_NAME = /^[a-z][a-z0-9_]*$/;

/**
 * Reads Terraform's JSON syntax (specification: JSON Configuration Syntax of Terraform, on the JSON syntax of HCL 2) into
 * the same tree as the native syntax, with the places in the JSON. Never throws. There are no tokens, and the span of a
 * block holds its body and its last label, while other labels stand before it. JSON does not say whether an object is a
 * block or a map: one whose keys are names of arguments is a block, unless the name of the argument is one of a map.
 */
export function parseTerraformJson(source: SourceText): HclFile {
  const lexical = new HclProblems();
  const tokens = tokenizeHcl('', lexical);
  const body = { kind: 'body' as const, span: { start: 0, end: source.text.length } };
  const text = source.text.replace(/^\ufeff/, ' ');
  if (isTooDeep(text)) {
    lexical.add('too-deep', 0, 1, 'The nesting is too deep to be read.');
    return { source, tokens, body: { ...body, items: [] }, problems: lexical.sorted() };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  for (const { offset, length } of errors) {
    lexical.add('json', offset, offset + Math.max(length, 1), 'This cannot be read as JSON.');
  }
  const reader = new Reader(source, lexical);
  const isValues = /\.tfvars\.json$/i.test(source.uri);
  const items = root ? (isValues ? reader.values(root) : reader.items(root, '')) : [];
  return { source, tokens, body: { ...body, items }, problems: lexical.sorted() };
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString && code === 92) index++;
    else if (code === 34) inString = !inString;
    else if (inString) continue;
    else if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) depth--;
    if (depth > DEPTH_LIMIT) return true;
  }
  return false;
}

interface Property {
  readonly key: Node;
  readonly name: string;
  /** Without the quotes. */
  readonly nameSpan: Span;
  readonly value: Node;
}

interface BlockHead {
  readonly type: string;
  readonly typeSpan: Span;
  /** The type where it is one of Terraform's own. */
  readonly context: string;
}

/** How a text is read. */
type Texts = 'template' | 'expression' | 'literal';

class Reader {
  readonly #source: SourceText;
  readonly #problems: HclProblems;

  constructor(source: SourceText, problems: HclProblems) {
    this.#source = source;
    this.#problems = problems;
  }

  values(root: Node): HclItem[] {
    return propertiesOf(root).map((property) => this.#attribute(property, 'literal'));
  }

  /** What the properties of an object, or of a list of objects, are in a block of this type. */
  items(node: Node, within: string): HclItem[] {
    if (node.type === 'array') return (node.children ?? []).flatMap((child) => this.items(child, within));
    // The property `//` is a comment.
    const properties = propertiesOf(node).filter(({ name }) => name !== '//');
    return properties.flatMap((property) => this.#item(property, within));
  }

  #item(property: Property, within: string): HclItem[] {
    const { name, nameSpan, value, key } = property;
    const own = BLOCKS[within]?.includes(name) || META_BLOCKS.includes(name);
    if (this.#isBlock(property, within)) {
      return this.#blocks({ type: name, typeSpan: nameSpan, context: own ? name : OF_PROVIDER }, value, key, []);
    }
    const isNamed = (names: readonly string[] | undefined): boolean =>
      names?.some((at) => at === name || at === '*') === true;
    const texts = isNamed(EXPRESSIONS[within]) ? 'expression' : isNamed(LITERALS[within]) ? 'literal' : 'template';
    return [this.#attribute(property, texts)];
  }

  #isBlock({ name, value }: Property, within: string): boolean {
    const isObject = value.type === 'object';
    const isObjects = value.type === 'array' && (value.children ?? []).every(({ type }) => type === 'object');
    if (!isObject && !isObjects) return false;
    const own = BLOCKS[within];
    if (own) return own.includes(name);
    if (META_BLOCKS.includes(name)) return true;
    // A list of objects reads the same, as blocks or as a value.
    if (!isObject || MAPS.test(name)) return false;
    return propertiesOf(value).every((property) => ARGUMENT_NAME.test(property.name));
  }

  #blocks(head: BlockHead, node: Node, key: Node, labels: readonly HclLabel[]): HclItem[] {
    if (node.type === 'array')
      return (node.children ?? []).flatMap((child) => this.#blocks(head, child, child, labels));
    if (node.type !== 'object') return [];
    if (labels.length < (LABELS[head.context] ?? 0)) {
      const properties = propertiesOf(node).filter(({ name }) => name !== '//');
      return properties.flatMap(({ key: labelKey, name, nameSpan, value }) => {
        const label = { value: name, span: spanOf(labelKey), nameSpan, quoted: true };
        return this.#blocks(head, value, labelKey, [...labels, label]);
      });
    }
    const span = { start: key.offset, end: node.offset + node.length };
    // Of several blocks in a list, each begins with its own brace.
    const brace = { start: node.offset, end: node.offset + 1 };
    const { type, context, typeSpan } = head;
    const body: HclBody = { kind: 'body', span: spanOf(node), items: this.items(node, context) };
    return [
      {
        kind: 'block',
        span,
        type,
        typeSpan: labels.length === 0 && key === node ? brace : typeSpan,
        labels,
        body,
        unclosed: false,
      },
    ];
  }

  #attribute({ key, name, nameSpan, value }: Property, texts: Texts): HclAttribute {
    const span = { start: key.offset, end: value.offset + value.length };
    return { kind: 'attribute', span, name, nameSpan, value: this.#expression(value, texts) };
  }

  #expression(node: Node, texts: Texts): HclExpression {
    const span = spanOf(node);
    switch (node.type) {
      case 'string':
        if (texts === 'literal') return literalOf(node);
        return (texts === 'expression' ? expressionIn : templateOf)(this.#source, node, this.#problems);
      case 'array':
        return { kind: 'tuple', span, items: (node.children ?? []).map((item) => this.#expression(item, texts)) };
      case 'object':
        return {
          kind: 'object',
          span,
          entries: propertiesOf(node).map(({ key, name, value }) => ({
            span: { start: key.offset, end: value.offset + value.length },
            key: texts === 'template' ? templateOf(this.#source, key, this.#problems) : literalOf(key),
            value: this.#expression(value, name === 'configuration_aliases' ? 'expression' : texts),
          })),
        };
      case 'number':
      case 'boolean':
      case 'null':
        return { kind: 'literal', span, value: node.value as number | boolean | null };
      default:
        return { kind: 'missing', span };
    }
  }
}

function propertiesOf(node: Node): Property[] {
  if (node.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    if (!key || !value) return [];
    const nameSpan = { start: key.offset + 1, end: Math.max(key.offset + 1, key.offset + key.length - 1) };
    return [{ key, name: String(key.value), nameSpan, value }];
  });
}

function spanOf({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}
