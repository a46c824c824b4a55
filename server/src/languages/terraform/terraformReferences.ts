import type { Span } from '../../text/sourceText.ts';
import type { HclAccessStep, HclBlock, HclExpression, HclFile, HclName } from './hclSyntax.ts';
import { isValuesFile } from './terraformFileNames.ts';
import { childrenOf, type HclNode } from './walkHcl.ts';

export type TerraformKind = 'variable' | 'local' | 'resource' | 'data' | 'ephemeral' | 'module' | 'output' | 'provider';

/** One use of something that a module declares. */
export interface TerraformReference {
  readonly file: HclFile;
  readonly kind: TerraformKind;
  /** As in Terraform: `var.region`, `aws_vpc.main`, `data.aws_ami.linux`, `module.network`; `provider.aws.dns`. */
  readonly address: string;
  readonly name: string;
  /** From the first name to the name of what is meant. */
  readonly span: Span;
  /** What a rename replaces. */
  readonly nameSpan: Span;
  /** What follows the name: attributes, indexes, splats. */
  readonly rest: readonly HclAccessStep[];
  /** Not so where Terraform allows a name that is not declared, as in a `moved` block. */
  readonly mustExist: boolean;
  /** The top-level block in which the reference stands; undefined in a values file. */
  readonly block: HclBlock | undefined;
}

/** A name that holds in one expression or block: a variable of a for-expression or the iterator of a dynamic block. */
export interface TerraformBinding {
  readonly file: HclFile;
  readonly name: string;
  readonly kind: 'for' | 'iterator';
  readonly nameSpan: Span;
  /** Where the name holds. */
  readonly scope: Span;
  readonly uses: readonly Span[];
}

/** A name that begins no reference to a declaration: `each`, `path`, or a bare word that means nothing. */
export interface TerraformBareName {
  readonly file: HclFile;
  readonly name: string;
  readonly span: Span;
  readonly steps: readonly HclAccessStep[];
  readonly block: HclBlock | undefined;
}

export interface FileReferences {
  readonly references: readonly TerraformReference[];
  readonly bindings: readonly TerraformBinding[];
  /** `each`, `count`, `self`, `path` and `terraform` with what follows them. */
  readonly builtIns: readonly TerraformBareName[];
  /** Words with nothing after them that are neither bound nor a value of HCL. */
  readonly bareWords: readonly TerraformBareName[];
}

export const BUILT_IN_NAMES: ReadonlySet<string> = new Set(['count', 'each', 'path', 'self', 'terraform']);

/** Roots that newer versions of Terraform, its tests or its stacks give a meaning: nothing is concluded from them. */
const FOREIGN_ROOTS: ReadonlySet<string> = new Set(['action', 'component', 'identity', 'list', 'run', 'stack']);

/** Arguments whose value is no expression but a word of Terraform's own, by the innermost block. */
const KEYWORD_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  action_trigger: ['events'],
  lifecycle: ['ignore_changes'],
  moved: ['from'],
  provisioner: ['on_failure', 'when'],
  removed: ['from'],
  required_providers: ['*'],
  variable: ['type'],
};

interface Scope {
  readonly name: string;
  readonly binding: TerraformBinding & { readonly uses: Span[] };
  readonly outer: Scope | undefined;
}

interface Visit {
  readonly node: HclNode;
  readonly scope: Scope | undefined;
  /** The top-level block. */
  readonly top: HclBlock | undefined;
  /** The innermost block. */
  readonly block: HclBlock | undefined;
  /** Names are addresses of providers. */
  readonly providers: boolean;
}

/** All names that one file uses, in document order. A file of variable values (`.tfvars`) refers by its arguments' names. */
export function referencesIn(file: HclFile): FileReferences {
  const collector = new Collector(file);
  collector.collect();
  return collector;
}

class Collector implements FileReferences {
  readonly references: TerraformReference[] = [];
  readonly bindings: TerraformBinding[] = [];
  readonly builtIns: TerraformBareName[] = [];
  readonly bareWords: TerraformBareName[] = [];
  readonly #file: HclFile;
  readonly #pending: Visit[] = [];

  constructor(file: HclFile) {
    this.#file = file;
  }

  collect(): void {
    const isValues = isValuesFile(this.#file.source.uri);
    for (const item of this.#file.body.items) {
      if (isValues && item.kind === 'attribute') this.#valueOfVariable(item.name, item.nameSpan);
      this.#pending.push({ node: item, scope: undefined, top: undefined, block: undefined, providers: false });
    }
    this.#pending.reverse();
    for (let visit = this.#pending.pop(); visit; visit = this.#pending.pop()) this.#visit(visit);
  }

  #valueOfVariable(name: string, nameSpan: Span): void {
    this.references.push({
      file: this.#file,
      kind: 'variable',
      address: `var.${name}`,
      name,
      span: nameSpan,
      nameSpan,
      rest: [],
      mustExist: false,
      block: undefined,
    });
  }

  #visit(visit: Visit): void {
    const { node } = visit;
    switch (node.kind) {
      case 'attribute':
        this.#attribute(node.name, node.value, visit);
        break;
      case 'block':
        this.#block(node, visit);
        break;
      case 'object':
        for (const { key, value } of [...node.entries].reverse()) {
          this.#later(value, visit);
          // In `providers`, keys are names of the module that is called.
          if (key.kind !== 'variable' && !visit.providers) this.#later(key, visit);
        }
        break;
      case 'for':
        this.#for(
          node.keyName,
          node.valueName,
          node.collection,
          [node.key, node.value, node.condition],
          node.span,
          visit,
        );
        break;
      case 'templateFor':
        this.#for(node.keyName, node.valueName, node.collection, node.parts, node.span, visit);
        break;
      case 'variable':
        this.#name(node.name, node.span, [], visit);
        break;
      case 'access':
        for (const step of [...node.steps].reverse())
          if (step.kind === 'index') this.#later(step.key, { ...visit, providers: false });
        if (node.target.kind === 'variable') this.#name(node.target.name, node.target.span, node.steps, visit);
        else this.#later(node.target, visit);
        break;
      default:
        for (const child of [...childrenOf(node)].reverse()) this.#later(child, visit);
    }
  }

  #later(node: HclNode, visit: Visit, scope = visit.scope): void {
    this.#pending.push({ ...visit, node, scope });
  }

  #attribute(name: string, value: HclExpression, visit: Visit): void {
    const { block } = visit;
    const keywords = block ? KEYWORD_ARGUMENTS[block.type] : undefined;
    if (keywords?.includes(name) || keywords?.includes('*')) return;
    const isResource = block === visit.top && /^(resource|data|ephemeral|import)$/.test(block?.type ?? '');
    const isModule = block === visit.top && block?.type === 'module';
    const providers = (isResource && name === 'provider') || (isModule && name === 'providers');
    const inner = { ...visit, node: value, providers };
    const isQuotable = providers || (name === 'depends_on' && block === visit.top);
    if (!isQuotable || !this.#quoted(value, inner)) this.#pending.push(inner);
  }

  /** Addresses in quotes, as Terraform 0.11 wanted them. False where there are none. */
  #quoted(value: HclExpression, visit: Visit): boolean {
    if (value.kind === 'tuple') return value.items.length > 0 && value.items.every((item) => this.#quoted(item, visit));
    const part = value.kind === 'template' && value.parts.length === 1 ? value.parts[0] : undefined;
    if (part?.kind !== 'text' || !/^[\w-]+(?:\.[\w-]+){0,2}$/.test(part.value)) return false;
    const [first, ...steps] = [...part.value.matchAll(/[\w-]+/g)].map(([name], index, all) => {
      const start = part.span.start + (all[index]?.index ?? 0);
      return {
        kind: 'attribute' as const,
        name,
        span: { start: start - 1, end: start + name.length },
        nameSpan: { start, end: start + name.length },
      };
    });
    if (first) this.#name(first.name, first.nameSpan, steps, visit);
    return true;
  }

  #block(block: HclBlock, visit: Visit): void {
    const inner: Visit = { ...visit, block, top: visit.top ?? block };
    let { scope } = visit;
    for (const item of [...block.body.items].reverse()) {
      if (block.type === 'dynamic' && item.kind === 'block' && item.type === 'content') {
        scope = this.#iterator(block, item, visit.scope);
        this.#pending.push({ ...inner, node: item, scope });
      } else if (block.type === 'dynamic' && item.kind === 'attribute' && item.name === 'iterator') {
        // The iterator's name is a declaration, which #iterator reads.
      } else this.#pending.push({ ...inner, node: item });
    }
  }

  #iterator(block: HclBlock, content: HclBlock, outer: Scope | undefined): Scope | undefined {
    const named = block.body.items.find((item) => item.kind === 'attribute' && item.name === 'iterator');
    const [label] = block.labels;
    let declared: HclName | undefined = label && { name: label.value, span: label.nameSpan };
    if (named?.kind === 'attribute' && named.value.kind === 'variable') declared = named.value;
    return declared ? this.#bind('iterator', declared, content.span, outer) : outer;
  }

  #for(
    keyName: HclName | undefined,
    valueName: HclName | undefined,
    collection: HclExpression,
    results: readonly (HclNode | undefined)[],
    span: Span,
    visit: Visit,
  ): void {
    let { scope } = visit;
    if (keyName) scope = this.#bind('for', keyName, span, scope);
    if (valueName) scope = this.#bind('for', valueName, span, scope);
    for (const result of [...results].reverse()) if (result) this.#later(result, visit, scope);
    this.#later(collection, visit);
  }

  #bind(kind: TerraformBinding['kind'], { name, span }: HclName, scope: Span, outer: Scope | undefined): Scope {
    const binding = { file: this.#file, name, kind, nameSpan: span, scope, uses: [] as Span[] };
    this.bindings.push(binding);
    return { name, binding, outer };
  }

  #name(name: string, span: Span, steps: readonly HclAccessStep[], visit: Visit): void {
    if (visit.providers) {
      this.#provider(name, span, steps, visit);
      return;
    }
    for (let scope = visit.scope; scope; scope = scope.outer) {
      if (scope.name !== name) continue;
      scope.binding.uses.push(span);
      return;
    }
    if (BUILT_IN_NAMES.has(name)) this.builtIns.push({ file: this.#file, name, span, steps, block: visit.top });
    else if (!FOREIGN_ROOTS.has(name)) this.#declared(name, span, steps, visit);
  }

  #declared(name: string, span: Span, steps: readonly HclAccessStep[], visit: Visit): void {
    const target = targetOf(name, steps);
    const last = target && steps[target.length - 1];
    if (!target || last?.kind !== 'attribute' || last.name === '') {
      if (steps.length === 0) this.bareWords.push({ file: this.#file, name, span, steps, block: visit.top });
      return;
    }
    this.references.push({
      file: this.#file,
      kind: target.kind,
      address: target.address,
      name: last.name,
      span: { start: span.start, end: last.span.end },
      nameSpan: last.nameSpan,
      rest: steps.slice(target.length),
      mustExist: visit.block?.type !== 'moved' && visit.block?.type !== 'import',
      block: visit.top,
    });
  }

  #provider(name: string, span: Span, steps: readonly HclAccessStep[], visit: Visit): void {
    const [alias] = steps;
    const isAlias = alias?.kind === 'attribute' && alias.name !== '';
    this.references.push({
      file: this.#file,
      kind: 'provider',
      address: isAlias ? `provider.${name}.${alias.name}` : `provider.${name}`,
      name: isAlias ? alias.name : name,
      span: { start: span.start, end: isAlias ? alias.span.end : span.end },
      nameSpan: isAlias ? alias.nameSpan : span,
      rest: [],
      mustExist: isAlias,
      block: visit.top,
    });
  }
}

/** What a chain of names means, and how many steps after the first name it takes; undefined when it is too short. */
export function targetOf(
  root: string,
  steps: readonly HclAccessStep[],
): { kind: TerraformKind; address: string; length: number } | undefined {
  const names: string[] = [];
  for (const step of steps) {
    if (step.kind !== 'attribute' || names.length === 2) break;
    names.push(step.name);
  }
  const [first, second] = names;
  switch (root) {
    case 'var':
      return first === undefined ? undefined : { kind: 'variable', address: `var.${first}`, length: 1 };
    case 'local':
      return first === undefined ? undefined : { kind: 'local', address: `local.${first}`, length: 1 };
    case 'module':
      return first === undefined ? undefined : { kind: 'module', address: `module.${first}`, length: 1 };
    case 'data':
    case 'ephemeral':
      return second === undefined ? undefined : { kind: root, address: `${root}.${first}.${second}`, length: 2 };
    case 'resource':
      return second === undefined ? undefined : { kind: 'resource', address: `${first}.${second}`, length: 2 };
    default:
      return first === undefined ? undefined : { kind: 'resource', address: `${root}.${first}`, length: 1 };
  }
}
