/** What generated bindings say of one argument. */
export interface BoundArgument {
  readonly isBlock: boolean;
  /** `simple`, `list`, `set`, `map` or `struct`. */
  readonly collection: string;
  /** `string`, `stringList`, the name of a class … */
  readonly storage: string;
  /** The structure of its items, where they have one. */
  readonly struct: string | undefined;
}

/** What the declaration of a property says. */
export interface DeclaredProperty {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly text: string;
}

/** What a class reads from the state. */
export interface ReadAttribute {
  /** The method that reads it, or the class that stands for it. */
  readonly by: string;
  readonly wrapsSet: boolean;
}

export interface BoundClass {
  readonly base: string;
  /** `aws_vpc`; only of resources, data sources and providers. */
  resourceType?: string;
  providerVersion?: string;
  /** Name of the class of its items, of lists and maps; `one` where it is the only item of a list or set. */
  item?: string;
  readonly arguments: Map<string, BoundArgument>;
  readonly attributes: Map<string, ReadAttribute>;
  /** Attributes that the provider computes, with whether they can be set as well. */
  readonly computed: Map<string, { readonly settable: boolean }>;
}

/** The facts of one resource's folder in a package of bindings. */
export interface Bindings {
  readonly structs: Map<string, Map<string, BoundArgument>>;
  readonly classes: Map<string, BoundClass>;
  readonly interfaces: Map<string, Map<string, DeclaredProperty>>;
}

export function emptyBindings(): Bindings {
  return { structs: new Map(), classes: new Map(), interfaces: new Map() };
}

const STRUCT = /^function (\w+)ToHclTerraform\(struct\)/;
const CLASS = /^class (\w+) extends (?:cdkt[fn])\.(\w+)/;
const ARGUMENT = /^\s+"?(\w+)"?: \{$/;
const VALUE = /^\s+value: (.*),$/;
const CONVERSION = /(?<!cdkt[fn]\.)\b([a-z]\w*)ToHclTerraform/;
const COMMENT = /^\s+\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (?:true|false)$/;
const PART = /^\s+(?:this\.)?_\w+ = new ([\w.]+)\(this, "(\w+)"(?:, (true|false))?/;
const READ = /^\s+return .*?this\.(get\w+Attribute|interpolationForAttribute)\(['"](\w+)['"]\)/;

/**
 * Reads the generated JavaScript of one resource line by line. The generator writes one construct per line, so that the
 * lines say all; a JavaScript parser takes minutes for what this reads in seconds.
 */
export function readBindingsCode(text: string, { structs, classes }: Bindings): void {
  let into: Map<string, BoundArgument> | undefined;
  let current: BoundClass | undefined;
  let argument: { name: string; struct: string | undefined; isBlock: boolean; collection: string } | undefined;
  for (const line of text.split('\n')) {
    if (line.length < 8 && !argument) continue;
    if (line.startsWith('function ')) {
      current = undefined;
      const name = STRUCT.exec(line)?.[1];
      into = name === undefined ? undefined : new Map();
      if (into && name !== undefined) structs.set(capitalised(name), into);
      continue;
    }
    if (line.startsWith('class ')) {
      const [, name, base] = CLASS.exec(line) ?? [];
      into = undefined;
      current =
        name === undefined || base === undefined
          ? undefined
          : { base, arguments: new Map(), attributes: new Map(), computed: new Map() };
      if (current && name !== undefined) classes.set(name, current);
      continue;
    }
    if (current) {
      if (line.includes('terraformResourceType: ')) current.resourceType ??= /['"](\w+)['"]/.exec(line)?.[1] ?? '';
      else if (line.includes('providerVersion: ')) current.providerVersion ??= /'([^']+)'/.exec(line)?.[1] ?? '';
      else if (line.startsWith('        super(terraformResource, ')) {
        if (line.endsWith(', 0);')) current.item = 'one';
      } else if (line.startsWith('    synthesizeHclAttributes()')) into = current.arguments;
      else if (line.includes(' - computed: ')) {
        const [, name, computed, optional] = COMMENT.exec(line) ?? [];
        if (name !== undefined && computed === 'true') current.computed.set(name, { settable: optional === 'true' });
      } else if (line.includes('(this, "')) {
        const [, by, name, wrapsSet] = PART.exec(line) ?? [];
        if (by && name) current.attributes.set(name, { by: lastName(by), wrapsSet: wrapsSet === 'true' });
      } else if (line.startsWith('        return new ') && current.item === undefined) {
        const item = /^ {8}return new ([\w.]+)\(this\.terraformResource/.exec(line)?.[1];
        if (item) current.item = lastName(item);
      } else if (line.includes('return ')) {
        const [, by, name] = READ.exec(line) ?? [];
        if (by && name) current.attributes.set(name, { by, wrapsSet: line.includes('tolist(') });
      }
    }
    if (!into) continue;
    if (argument) {
      if (line.includes(' value: ')) argument.struct = structOf(VALUE.exec(line)?.[1] ?? '');
      else if (line.includes(' isBlock: ')) argument.isBlock = line.includes('true');
      else if (line.includes(' type: ')) argument.collection = quoted(line);
      else if (line.includes(' storageClassType: ')) {
        const { name, ...rest } = argument;
        into.set(name, { ...rest, storage: quoted(line) });
        argument = undefined;
      }
      continue;
    }
    const name = line.endsWith(': {') ? ARGUMENT.exec(line)?.[1] : undefined;
    if (name !== undefined) argument = { name, struct: undefined, isBlock: false, collection: 'simple' };
  }
}

const INTERFACE = /^export (?:declare )?interface (\w+)/;
const PROPERTY = /^ {4}readonly (\w+)(\?)?: (.*)$/;
const ANCHOR = /#(\w+) \w+#\w+\}/;

/** Reads the declarations of the same resource: which properties are required, their types and texts. */
export function readBindingsDeclarations(text: string, { interfaces }: Bindings): void {
  let into: Map<string, DeclaredProperty> | undefined;
  let comment: string[] = [];
  let property: { name: string; required: boolean; type: string } | undefined;
  const finish = (): void => {
    if (!property || !into) return;
    const anchor = ANCHOR.exec(comment.join('\n'))?.[1];
    if (anchor !== undefined) {
      const { name: _camelCased, ...rest } = property;
      into.set(anchor, { ...rest, name: anchor, text: textOf(comment) });
    }
    property = undefined;
    comment = [];
  };
  for (const line of text.split('\n')) {
    if (property) {
      property.type += line.trim();
      if (line.endsWith(';') && !line.startsWith('      ')) finish();
      continue;
    }
    if (line.startsWith('export ')) {
      const name = INTERFACE.exec(line)?.[1];
      into = name === undefined ? undefined : new Map();
      if (into && name !== undefined) interfaces.set(name, into);
    } else if (into && line.startsWith('    ')) {
      if (line.startsWith('    /**')) comment = [];
      else if (line.startsWith('    *')) comment.push(line.slice(5).trim());
      const [, name, optional, type] = PROPERTY.exec(line) ?? [];
      if (name === undefined || type === undefined) continue;
      property = { name, required: optional === undefined, type };
      if (type.endsWith(';')) finish();
    }
  }
}

/** Class, struct and interface names begin with a capital letter. */
function capitalised(name: string): string {
  return name[0]!.toUpperCase() + name.slice(1);
}

function structOf(conversion: string): string | undefined {
  const name = CONVERSION.exec(conversion)?.[1];
  return name === undefined ? undefined : capitalised(name);
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function quoted(line: string): string {
  return /"([^"]*)"/.exec(line)?.[1] ?? '';
}

/** The comment without its link to the registry and without what the generator adds of its own. */
function textOf(comment: readonly string[]): string {
  const lines = comment.filter((line) => line !== '/' && !line.startsWith('Docs at Terraform Registry:'));
  const own = lines.findIndex((line) => line.startsWith('Please be aware that the id field is automatically added'));
  return (own < 0 ? lines : lines.slice(0, own)).join('\n').trim();
}
