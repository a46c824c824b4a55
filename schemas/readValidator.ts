import { type Node, parse } from 'acorn';

/** The part of JSON Schema that the packages' validators can say. */
export interface JsonSchema {
  /** Name of another definition, e.g. `IoK8sApiCoreV1PodSpec`. */
  ref?: string;
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema;
  enum?: unknown[];
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  not?: JsonSchema;
}

const LIMITS = [
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

type AnyNode = Node & Record<string, unknown>;

/**
 * Reads back the JSON Schema from which a validator module was compiled.
 *
 * The modules are machine-made and regular: each subschema is one function of `data`; each keyword is named in the
 * error object it pushes (`{keyword: 'enum', params: {allowedValues: …}}`); each subschema is applied by a call whose
 * first argument says where (`data.name`, `data[i0]` in a loop over items, `data[key0]` in a loop over entries, `data`
 * itself for oneOf, anyOf, not and references). Everything else in the code is bookkeeping.
 *
 * @throws Error naming the construct, when a module does not look like this: a new version of the compiler must be read
 * by a person, not guessed.
 */
export function readValidator(code: string): JsonSchema {
  const module = parse(code, { ecmaVersion: 'latest', sourceType: 'module' }) as unknown as AnyNode;
  const functions = new Map<string, AnyNode>();
  const references = new Map<string, string>();
  const constants = new Map<string, unknown>();
  let exported: string | undefined;

  for (const statement of module['body'] as AnyNode[]) {
    if (statement.type === 'FunctionDeclaration') {
      functions.set(nameOf(statement['id']), statement);
    } else if (statement.type === 'ImportDeclaration') {
      const from = String((statement['source'] as AnyNode)['value']);
      const schema = /\/?_schemas\/(\w+)(?:\.js)?$|^\.\/(\w+)\.js$/.exec(from);
      if (!schema) continue;
      for (const specifier of statement['specifiers'] as AnyNode[]) {
        references.set(nameOf(specifier['local']), (schema[1] ?? schema[2])!);
      }
    } else if (statement.type === 'VariableDeclaration') {
      for (const declaration of statement['declarations'] as AnyNode[]) {
        constants.set(nameOf(declaration['id']), literal(declaration['init'] as AnyNode));
      }
    } else if (statement.type === 'ExportNamedDeclaration') {
      const declaration = (statement['declaration'] as AnyNode)['declarations'] as AnyNode[];
      exported = nameOf(declaration[0]!['init']);
    }
  }

  const finished = new Map<string, JsonSchema>();

  function named(name: string): JsonSchema {
    const reference = references.get(name);
    if (reference !== undefined) return { ref: reference };
    const known = finished.get(name);
    if (known) return known;
    const declaration = functions.get(name);
    if (!declaration) throw new Error(`The validator calls ${name}, which is not a subschema.`);
    const schema: JsonSchema = {};
    finished.set(name, schema);
    read(declaration['body'] as AnyNode, schema);
    return schema;
  }

  function read(body: AnyNode, schema: JsonSchema): void {
    let pending: JsonSchema[] = [];
    visit(body, (node) => {
      if (node.type === 'ObjectExpression') {
        const keyword = literalOf(node, 'keyword');
        if (typeof keyword !== 'string') return;
        const params = propertyOf(node, 'params') ?? fail('an error without params');
        switch (keyword) {
          case 'type':
            schema.type = String(literalOf(params, 'type'));
            break;
          case 'required':
            schema.required ??= [];
            schema.required.push(String(literalOf(params, 'missingProperty')));
            break;
          case 'enum':
            schema.enum = constants.get(nameOf(propertyOf(params, 'allowedValues'))) as unknown[];
            break;
          case 'format':
            schema.format = String(literalOf(params, 'format'));
            break;
          case 'pattern':
            schema.pattern = String(literalOf(params, 'pattern'));
            break;
          case 'oneOf':
          case 'anyOf':
            schema[keyword] = pending;
            pending = [];
            break;
          case 'not':
            schema.not = pending.pop() ?? fail('not without a subschema');
            break;
          default: {
            const limit = LIMITS.find((name) => name === keyword);
            if (limit === undefined) fail(`keyword ${keyword}`);
            else schema[limit] = Number(literalOf(params, 'limit'));
          }
        }
        return;
      }
      if (node.type !== 'CallExpression') return;
      const callee = node['callee'] as AnyNode;
      if (callee.type !== 'Identifier') return;
      const name = nameOf(callee);
      if (!functions.has(name) && !references.has(name)) return;
      const subject = (node['arguments'] as AnyNode[])[0] ?? fail('a subschema applied to nothing');
      if (subject.type === 'Identifier') {
        pending.push(named(name));
        return;
      }
      const property = subject['property'] as AnyNode;
      if (subject['computed'] !== true) {
        schema.properties ??= {};
        schema.properties[nameOf(property)] = named(name);
      } else if (property.type === 'Literal') {
        schema.properties ??= {};
        schema.properties[String(property['value'])] = named(name);
      } else if (/^i\d+$/.test(nameOf(property))) {
        schema.items = named(name);
      } else if (/^key\d+$/.test(nameOf(property))) {
        schema.additionalProperties = named(name);
      } else {
        fail(`a subschema applied to [${nameOf(property)}]`);
      }
    });
    if (pending.length > 0) schema.allOf = pending;
  }

  return named(exported ?? fail('a module without export'));
}

function fail(construct: string): never {
  throw new Error(`Unexpected construct in a validator: ${construct}.`);
}

function nameOf(node: unknown): string {
  const name = (node as { name?: unknown } | undefined)?.name;
  return typeof name === 'string' ? name : fail(`${(node as Node | undefined)?.type} in place of a name`);
}

/** Calls `see` for each node below `node`, in the order of the source. */
function visit(node: AnyNode, see: (node: AnyNode) => void): void {
  see(node);
  for (const key in node) {
    const value = node[key];
    if (value === null || typeof value !== 'object') continue;
    if (Array.isArray(value)) {
      for (const item of value) if (item && typeof item.type === 'string') visit(item, see);
    } else if (typeof (value as AnyNode).type === 'string') {
      visit(value as AnyNode, see);
    }
  }
}

function propertyOf(object: AnyNode, name: string): AnyNode | undefined {
  for (const property of object['properties'] as AnyNode[]) {
    const key = property['key'] as AnyNode | undefined;
    if (key && (key['name'] === name || key['value'] === name)) return property['value'] as AnyNode;
  }
  return undefined;
}

function literalOf(object: AnyNode, name: string): unknown {
  const value = propertyOf(object, name);
  return value === undefined ? undefined : literal(value);
}

/** The value of a literal, negative number, `!0` or array of literals; undefined for anything else. */
function literal(node: AnyNode): unknown {
  switch (node.type) {
    case 'Literal':
      return node['value'];
    case 'ArrayExpression':
      return (node['elements'] as AnyNode[]).map(literal);
    case 'UnaryExpression': {
      const value = literal(node['argument'] as AnyNode);
      if (node['operator'] === '-') return -Number(value);
      if (node['operator'] === '!') return !value;
      return undefined;
    }
    case 'TemplateLiteral':
      return ((node['quasis'] as AnyNode[])[0]!['value'] as { cooked: string }).cooked;
    default:
      return undefined;
  }
}
