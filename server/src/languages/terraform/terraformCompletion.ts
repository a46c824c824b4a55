import type { Span } from '../../text/sourceText.ts';
import { evaluateHcl } from './evaluateHcl.ts';
import type { HclBlock, HclExpression, HclFile } from './hclSyntax.ts';
import { isMap } from './hclValue.ts';
import { moduleScope } from './moduleScope.ts';
import { typedReferenceAt } from './terraformCursor.ts';
import { signatureOf, terraformFunctions } from './terraformFunctions.ts';
import { attributeIn, plainText, type TerraformDeclaration, type TerraformModule } from './terraformModule.ts';
import type { TerraformProject } from './terraformProject.ts';
import { typeText } from './terraformType.ts';
import { typeOfVariable } from './typeMismatches.ts';
import { pathAt } from './walkHcl.ts';

/** One thing that can be written at the cursor. */
export interface TerraformCompletion {
  readonly label: string;
  readonly kind:
    | 'variable'
    | 'local'
    | 'resource'
    | 'data'
    | 'module'
    | 'output'
    | 'attribute'
    | 'function'
    | 'keyword';
  readonly detail?: string;
  readonly documentation?: string;
  /** What it replaces. */
  readonly span: Span;
}

type Candidate = Omit<TerraformCompletion, 'span'>;

/**
 * What a reference at the cursor can be: names of the module, outputs of modules it calls, attributes that the folder
 * knows (written in the block, or used elsewhere of the same type), names bound by loops, `each`, `count` and the
 * functions. Attributes of a provider's schema are not known here.
 */
export function completionsAt(
  project: TerraformProject,
  module: TerraformModule,
  file: HclFile,
  offset: number,
): readonly TerraformCompletion[] {
  const typed = typedReferenceAt(file, offset);
  if (!typed) return [];
  const top = file.body.items.find(({ span }) => span.start <= offset && offset <= span.end);
  const block = top?.kind === 'block' ? top : undefined;
  const candidates = new Completer(project, module, file, offset, block).candidates(typed.names);
  const unique = new Map(candidates.map((candidate) => [`${candidate.kind} ${candidate.label}`, candidate]));
  return [...unique.values()].map((candidate) => ({ ...candidate, span: typed.span }));
}

class Completer {
  readonly #project: TerraformProject;
  readonly #module: TerraformModule;
  readonly #file: HclFile;
  readonly #offset: number;
  readonly #block: HclBlock | undefined;

  constructor(
    project: TerraformProject,
    module: TerraformModule,
    file: HclFile,
    offset: number,
    block: HclBlock | undefined,
  ) {
    this.#project = project;
    this.#module = module;
    this.#file = file;
    this.#offset = offset;
    this.#block = block;
  }

  candidates(names: readonly string[]): readonly Candidate[] {
    const [root, first, second, ...others] = names;
    if (root === undefined) return [...this.#roots(), ...functions()];
    const binding = this.#bindings().find(({ name }) => name === root);
    if (binding) return binding.kind === 'iterator' && names.length === 1 ? attributes('key', 'value') : [];
    switch (root) {
      case 'var':
      case 'local':
        if (first === undefined) return this.#declared(root === 'var' ? 'variable' : 'local');
        return this.#fieldsOf(`${root}.${first}`, names.slice(2));
      case 'module':
        if (first === undefined) return this.#declared('module');
        return second === undefined ? this.#outputs(`module.${first}`) : [];
      case 'data':
        if (first === undefined) return this.#types('data');
        if (second === undefined) return this.#named('data', first);
        return others.length === 0 ? this.#knownAttributes(`data.${first}.${second}`) : [];
      case 'each':
        if (first === undefined) return attributes('key', 'value');
        return first === 'value' && second === undefined ? this.#fieldsOfEach() : [];
      case 'count':
        return first === undefined ? attributes('index') : [];
      case 'path':
        return first === undefined ? attributes('cwd', 'module', 'root') : [];
      case 'terraform':
        return first === undefined ? attributes('workspace') : [];
      case 'self': {
        const address = this.#block?.labels.map(({ value }) => value).join('.');
        return first === undefined && address ? this.#knownAttributes(address) : [];
      }
      default:
        if (first === undefined) return this.#named('resource', root);
        return second === undefined ? this.#knownAttributes(`${root}.${first}`) : [];
    }
  }

  #roots(): Candidate[] {
    const module = this.#module;
    const has = (kind: TerraformDeclaration['kind']): boolean =>
      module.declarations.some((found) => found.kind === kind);
    const roots: Candidate[] = this.#bindings().map(({ name, kind }) => ({
      label: name,
      kind: 'variable',
      detail: kind === 'for' ? 'name of this for-expression' : 'iterator of this dynamic block',
    }));
    const add = (label: string, detail: string): void => void roots.push({ label, kind: 'keyword', detail });
    if (has('variable')) add('var', 'variables');
    if (has('local')) add('local', 'local values');
    if (has('module')) add('module', 'outputs of modules');
    if (has('data')) add('data', 'data sources');
    if (this.#block && attributeIn(this.#block.body, 'for_each')) add('each', 'the instance of for_each');
    if (this.#block && attributeIn(this.#block.body, 'count')) add('count', 'the instance of count');
    if (this.#isWithin('provisioner', 'connection', 'postcondition')) add('self', 'this resource');
    add('path', 'folders');
    add('terraform', 'this run of Terraform');
    for (const label of ['true', 'false', 'null']) roots.push({ label, kind: 'keyword' });
    return [...roots, ...this.#types('resource')];
  }

  #isWithin(...types: readonly string[]): boolean {
    return pathAt(this.#file.body, this.#offset).some((node) => node.kind === 'block' && types.includes(node.type));
  }

  #bindings(): { name: string; kind: 'for' | 'iterator' }[] {
    const { bindings } = this.#module.referencesOf(this.#file);
    return bindings.filter(({ scope }) => scope.start < this.#offset && this.#offset <= scope.end);
  }

  #declared(kind: 'variable' | 'local' | 'module'): Candidate[] {
    return this.#module.declarations
      .filter((found) => found.kind === kind)
      .map((found) => ({ label: found.name, kind, ...describe(found) }));
  }

  #types(kind: 'resource' | 'data'): Candidate[] {
    const types = new Set(this.#module.declarations.filter((found) => found.kind === kind).map(({ type }) => type!));
    return [...types].map((label) => ({ label, kind }));
  }

  #named(kind: 'resource' | 'data', type: string): Candidate[] {
    return this.#module.declarations
      .filter((found) => found.kind === kind && found.type === type)
      .map(({ name }) => ({ label: name, kind, detail: type }));
  }

  #outputs(address: string): Candidate[] {
    const call = this.#module.byAddress.get(address)?.[0];
    const called = call && this.#project.calledBy(call);
    if (!called) return [];
    return called.declarations
      .filter(({ kind }) => kind === 'output')
      .map((found) => ({ label: found.name, kind: 'output', ...describe(found) }));
  }

  /** What the folder shows of a type: the arguments of its blocks, and the attributes used of any of them. */
  #knownAttributes(address: string): Candidate[] {
    const declaration = this.#module.byAddress.get(address)?.[0];
    if (!declaration) return [];
    const names = new Set<string>();
    if (declaration.kind === 'resource' || declaration.kind === 'data') names.add('id');
    for (const { kind, type, node } of this.#module.declarations) {
      if (kind !== declaration.kind || type !== declaration.type || node.kind !== 'block') continue;
      for (const item of node.body.items) {
        if (item.kind === 'attribute' && !META_ARGUMENTS.has(item.name)) names.add(item.name);
        else if (item.kind === 'block' && !META_BLOCKS.has(item.type)) names.add(item.type);
      }
    }
    for (const file of this.#module.files) {
      for (const reference of this.#module.referencesOf(file).references) {
        if (this.#module.byAddress.get(reference.address)?.[0]?.type !== declaration.type) continue;
        const step = reference.rest.find(({ kind }) => kind === 'attribute');
        const isTyping = step !== undefined && step.span.end === this.#offset && file === this.#file;
        if (step?.kind === 'attribute' && step.name !== '' && !isTyping) names.add(step.name);
      }
    }
    return [...names].map((label) => ({ label, kind: 'attribute', detail: declaration.type ?? '' }));
  }

  /** The attributes of an object that a variable's type or a local value's expression shows. */
  #fieldsOf(address: string, path: readonly string[]): Candidate[] {
    const declaration = this.#module.byAddress.get(address)?.[0];
    if (!declaration) return [];
    if (declaration.node.kind === 'attribute') return fieldsOfValue(declaration.node.value, path);
    let type = typeOfVariable(declaration);
    for (const name of path) type = type?.kind === 'object' ? type.attributes.get(name)?.type : undefined;
    if (type?.kind !== 'object') return [];
    return [...type.attributes].map(([label, attribute]) => ({
      label,
      kind: 'attribute',
      detail: typeText(attribute.type),
    }));
  }

  #fieldsOfEach(): Candidate[] {
    const repeated = this.#block && attributeIn(this.#block.body, 'for_each');
    const value = repeated && evaluateHcl(repeated.value, moduleScope(this.#module));
    if (value === undefined || !isMap(value)) return [];
    const [item] = value.values();
    return item !== undefined && isMap(item) ? attributes(...item.keys()) : [];
  }
}

const META_ARGUMENTS: ReadonlySet<string> = new Set(['count', 'depends_on', 'for_each', 'provider']);
const META_BLOCKS: ReadonlySet<string> = new Set(['connection', 'dynamic', 'lifecycle', 'provisioner']);

function attributes(...names: readonly string[]): Candidate[] {
  return names.map((label) => ({ label, kind: 'attribute' }));
}

function functions(): Candidate[] {
  return [...terraformFunctions.values()].map((found) => ({
    label: found.name,
    kind: 'function',
    detail: signatureOf(found).label,
    documentation: found.text,
  }));
}

function fieldsOfValue(expression: HclExpression, path: readonly string[]): Candidate[] {
  if (expression.kind !== 'object') return [];
  const entries = expression.entries.flatMap(({ key, value }) => {
    const name = key.kind === 'variable' ? key.name : plainText(key);
    return name === undefined ? [] : [{ name, value }];
  });
  const [first, ...others] = path;
  if (first === undefined) return attributes(...entries.map(({ name }) => name));
  const found = entries.find(({ name }) => name === first);
  return found ? fieldsOfValue(found.value, others) : [];
}

function describe(declaration: TerraformDeclaration): { detail?: string; documentation?: string } {
  const { node, kind, file } = declaration;
  if (node.kind === 'attribute') return { detail: firstLine(file.source.slice(node.value.span)) };
  const documentation = plainText(attributeIn(node.body, 'description')?.value);
  const type = kind === 'variable' ? typeOfVariable(declaration) : undefined;
  const source = kind === 'module' ? plainText(attributeIn(node.body, 'source')?.value) : undefined;
  const detail = type ? typeText(type) : source;
  return { ...(detail !== undefined && { detail }), ...(documentation && { documentation }) };
}

function firstLine(text: string): string {
  const [line] = text.split('\n');
  return line === text ? text : `${line!.trimEnd()} …`;
}
