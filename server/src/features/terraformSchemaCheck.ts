import { evaluateHcl } from '../languages/terraform/evaluateHcl.ts';
import type { HclAttribute, HclBlock, HclBody, HclExpression, HclFile } from '../languages/terraform/hclSyntax.ts';
import type { TerraformModule } from '../languages/terraform/terraformModule.ts';
import { mismatches } from '../languages/terraform/typeMismatches.ts';
import type { Finding, Fix, Severity } from '../rules/contract.ts';
import type { ReportedFinding } from '../rules/runRules.ts';
import { allowedValues } from '../schema/terraform/allowedValues.ts';
import {
  type TerraformBody,
  type TerraformMember,
  type TerraformTypeSchema,
  valueTypeText,
} from '../schema/terraform/terraformSchema.ts';
import { nearestName } from '../text/nearestName.ts';
import type { Span } from '../text/sourceText.ts';
import { checkedType, referenceMismatch } from './terraformArgumentTypes.ts';
import type { ModuleSchemas, SchemaFit } from './terraformSchemas.ts';
import type { ValueTypes } from './terraformValueTypes.ts';

/** The faults that schemas show, as the page of the pattern `terraform` explains them. */
export type SchemaFault =
  | 'argument-missing'
  | 'argument-type'
  | 'block-unknown'
  | 'deprecated-argument'
  | 'unknown-argument'
  | 'unknown-resource-type'
  | 'value-not-allowed';

/** A block whose schema is looked at. */
interface Place {
  readonly blocks: readonly HclBlock[];
  readonly fit: SchemaFit;
  /** For messages: `aws_vpc`, `lifecycle`. */
  readonly name: string;
  readonly type: TerraformTypeSchema | undefined;
}

/** Checks one file of a module. */
export class SchemaCheck {
  readonly #types: ValueTypes;
  readonly #module: TerraformModule;
  readonly #schemas: ModuleSchemas;
  readonly #file: HclFile;

  constructor(types: ValueTypes, module: TerraformModule, file: HclFile) {
    this.#types = types;
    this.#module = module;
    this.#schemas = types.of(module);
    this.#file = file;
  }

  *findings(): Iterable<ReportedFinding> {
    for (const item of this.#file.body.items) {
      if (item.kind !== 'block') continue;
      const known = this.#schemas.bodyAt([]).members;
      if (!known.has(item.type)) {
        // A newer Terraform may know further blocks: only what looks like a slip is reported.
        const nearest = nearestName(item.type, known.keys());
        if (nearest) yield this.#unknownBlock(item, 'a Terraform file', nearest, 'exact');
        continue;
      }
      yield* this.#topBlock(item);
    }
  }

  *#topBlock(block: HclBlock): Iterable<ReportedFinding> {
    // What a call of a module takes is said by the rules of modules, also where no schema is at hand.
    if (block.type === 'module' || block.type === 'locals') return;
    const type = this.#schemas.typeOf(block);
    const isTyped = block.type === 'resource' || block.type === 'data' || block.type === 'ephemeral';
    if (isTyped && !type) yield* this.#unknownType(block);
    const fit = type ? this.#schemas.fitOf(type.provider, this.#schemas.providerNameOf(block)) : 'likely';
    yield* this.#body({ blocks: [block], fit, name: type?.name ?? block.type, type });
  }

  *#unknownType(block: HclBlock): Iterable<ReportedFinding> {
    const [label] = block.labels;
    const kind = block.type as 'resource' | 'data' | 'ephemeral';
    const localName = this.#schemas.providerNameOf(block);
    const provider = this.#schemas.provider(localName);
    if (!label || !provider || provider.types(kind).length === 0 || block.labels.length < 2) return;
    const fit = this.#schemas.fitOf(provider, localName);
    const nearest = nearestName(label.value, provider.types(kind));
    const noun = { resource: 'a resource', data: 'a data source', ephemeral: 'an ephemeral resource' }[kind];
    const other = kind === 'resource' ? 'data' : 'resource';
    const isOther = provider.find(other, label.value) !== undefined;
    const hint = isOther
      ? ` It is ${other === 'data' ? 'a data source' : 'a resource'}.`
      : nearest === undefined
        ? ''
        : ` Did you mean \`${nearest}\`?`;
    yield this.#report('unknown-resource-type', severityOf(fit, nearest !== undefined || isOther), {
      at: { source: this.#file.source, span: label.span },
      message: `\`${label.value}\` is not ${noun} of ${provider.source}${versionText(provider.version)}.${hint}`,
      ...(nearest !== undefined && !isOther ? { fixes: [this.#rename(label.nameSpan, nearest)] } : {}),
    });
  }

  *#body(place: Place): Iterable<ReportedFinding> {
    const block = place.blocks.at(-1)!;
    const body = this.#schemas.bodyAt(place.blocks);
    for (const item of block.body.items) {
      if (item.kind === 'attribute') yield* this.#argument(item, body, place);
      else if (item.kind === 'block') yield* this.#nested(item, body, place);
    }
    yield* this.#missing(block, body, place);
  }

  *#argument(item: HclAttribute, body: TerraformBody, place: Place): Iterable<ReportedFinding> {
    const member = body.members.get(item.name);
    if (!member) {
      if (!body.open) yield this.#unknownArgument(item, body, place);
      return;
    }
    const at = { source: this.#file.source, span: item.nameSpan };
    if (!member.settable) {
      const message = `\`${item.name}\` of ${place.name} is set by the provider and cannot be written.`;
      yield this.#report('unknown-argument', severityOf(place.fit, true), { at, message });
      return;
    }
    if (!member.asArgument) {
      if (place.type && member.name === 'timeouts') return;
      const message = `\`${item.name}\` is a block: it stands without \`=\`.`;
      yield this.#report('unknown-argument', severityOf(place.fit, true), { at, message });
      return;
    }
    // Of the version of a provider a rule of its own speaks.
    const isProviderVersion =
      item.name === 'version' && place.blocks.length === 1 && place.blocks[0]!.type === 'provider';
    if (member.deprecation && !isProviderVersion) yield this.#deprecated(member, item.nameSpan, place);
    yield* this.#value(item, member, place);
  }

  *#value({ value }: HclAttribute, member: TerraformMember, place: Place): Iterable<ReportedFinding> {
    const { source } = this.#file;
    const type = checkedType(member.type);
    const wrong = type ? mismatches(value, type) : [];
    for (const { span, message } of wrong) {
      yield this.#report('argument-type', severityOf(place.fit, true), { at: { source, span }, message });
    }
    const reference = wrong.length === 0 && referenceMismatch(this.#types, this.#module, value, member.type);
    if (reference) {
      const message = `\`${member.name}\` takes ${valueTypeText(member.type)}; ${source.slice(value.span)} is ${reference}.`;
      yield this.#report('argument-type', severityOf(place.fit, true), { at: { source, span: value.span }, message });
    }
    const allowed = member.closed ? member.values : allowedValues(place.name, place.blocks.length, member.name);
    const text = constantText(value, member.closed);
    if (allowed === undefined || text === undefined || allowed.includes(text)) return;
    yield this.#report('value-not-allowed', severityOf(place.fit, true), {
      at: { source, span: value.span },
      message: `\`${member.name}\` takes ${listed(allowed)}, not \`${text}\`.`,
    });
  }

  *#nested(item: HclBlock, body: TerraformBody, place: Place): Iterable<ReportedFinding> {
    const name = item.type === 'dynamic' ? item.labels[0]?.value : item.type;
    if (name === undefined || name === '') return;
    const member = body.members.get(name);
    if (!member) {
      if (body.open) return;
      const blocks = [...body.members.values()]
        .filter(({ asBlock, settable }) => asBlock && settable)
        .map((found) => found.name);
      const holder = place.name === 'terraform' ? 'the terraform block' : place.name;
      yield this.#unknownBlock(item, holder, nearestName(name, blocks), place.fit);
      return;
    }
    if (!member.asBlock || !member.settable) {
      const message = member.settable
        ? `\`${name}\` of ${place.name} is an argument: write \`${name} = …\`.`
        : `\`${name}\` of ${place.name} is set by the provider and cannot be written.`;
      yield this.#report('block-unknown', severityOf(place.fit, true), { at: this.#nameOf(item), message });
      return;
    }
    if (member.deprecation) yield this.#deprecated(member, this.#nameOf(item).span, place);
    const blocks = [...place.blocks, item];
    // The content of a dynamic block is a block of the name that it makes.
    const isContent = name === 'content' && block(place).type === 'dynamic';
    // What Terraform itself gives every resource is not of the provider's version.
    const isOwn = place.type !== undefined && place.blocks.length === 1 && LANGUAGE_BLOCKS.has(name);
    yield* this.#body({
      ...place,
      blocks,
      name: isContent ? place.name : name,
      ...(isOwn ? { type: undefined, fit: 'likely' } : {}),
    });
  }

  *#missing(block: HclBlock, body: TerraformBody, place: Place): Iterable<ReportedFinding> {
    if (block.unclosed || place.type?.kind === 'provider' || this.#isOverride || this.#hasProblemIn(block)) return;
    const given = givenNames(block.body);
    // What a slip was meant to be is said there.
    for (const name of [...given])
      if (!body.members.has(name)) given.add(nearestName(name, settableNames(body)) ?? name);
    const missing = [...body.members.values()].filter(({ name, required }) => required && !given.has(name));
    if (missing.length === 0) return;
    const names = missing.map(({ name }) => `\`${name}\``);
    const needs = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
    const last = block.labels.at(-1);
    const subject =
      place.blocks.length === 1 && last ? `The ${block.type} ${place.name} ${last.value}` : `\`${place.name}\``;
    yield this.#report('argument-missing', severityOf(place.fit, true), {
      at: { source: this.#file.source, span: last?.span ?? block.typeSpan },
      message: `${subject} needs ${needs}.`,
    });
  }

  #unknownArgument(item: HclAttribute, body: TerraformBody, place: Place): ReportedFinding {
    const nearest = nearestName(item.name, settableNames(body));
    const hint = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
    return this.#report('unknown-argument', severityOf(place.fit, nearest !== undefined), {
      at: { source: this.#file.source, span: item.nameSpan },
      message: `\`${item.name}\` is not an argument of ${place.name}${ofVersion(place)}.${hint}`,
      ...(nearest !== undefined && !place.blocks.at(-1)!.body.items.some((other) => nameOf(other) === nearest)
        ? { fixes: [this.#rename(item.nameSpan, nearest)] }
        : {}),
    });
  }

  #unknownBlock(item: HclBlock, holder: string, nearest: string | undefined, fit: SchemaFit): ReportedFinding {
    const at = this.#nameOf(item);
    const written = item.type === 'dynamic' ? (item.labels[0]?.value ?? '') : item.type;
    const hint = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
    const span = item.type === 'dynamic' ? item.labels[0]!.nameSpan : item.typeSpan;
    return this.#report('block-unknown', severityOf(fit, nearest !== undefined), {
      at,
      message: `\`${written}\` is not a block of ${holder}.${hint}`,
      ...(nearest === undefined ? {} : { fixes: [this.#rename(span, nearest)] }),
    });
  }

  #deprecated(member: TerraformMember, span: Span, place: Place): ReportedFinding {
    return this.#report('deprecated-argument', place.fit === 'other' ? 'information' : 'warning', {
      at: { source: this.#file.source, span },
      message: deprecationText(member, place.name),
    });
  }

  #nameOf(item: HclBlock): Finding['at'] {
    const span = item.type === 'dynamic' ? (item.labels[0]?.span ?? item.typeSpan) : item.typeSpan;
    return { source: this.#file.source, span };
  }

  #rename(span: Span, to: string): Fix {
    const { uri } = this.#file.source;
    return { title: `Rename to \`${to}\``, safe: false, edits: () => [{ uri, span, newText: to }] };
  }

  #report(fault: SchemaFault, severity: Severity, finding: Finding): ReportedFinding {
    return { rule: { id: `terraform/${fault}` }, severity, finding };
  }

  get #isOverride(): boolean {
    return /(^|[/_])override\.(?:tf|tofu)$/.test(this.#file.source.uri);
  }

  #hasProblemIn({ span }: HclBlock): boolean {
    return this.#file.problems.some((problem) => problem.span.start >= span.start && problem.span.end <= span.end);
  }
}

/** What is certain is an error; what may be right in another version is less. */
function severityOf(fit: SchemaFit, isPlain: boolean): Severity {
  if (fit === 'other') return 'information';
  return fit === 'exact' || isPlain ? 'error' : 'warning';
}

function settableNames(body: TerraformBody): string[] {
  return [...body.members.values()].flatMap(({ name, settable }) => (settable ? [name] : []));
}

function givenNames(body: HclBody): Set<string> {
  return new Set(
    body.items.flatMap((item) =>
      item.kind === 'block' && item.type === 'dynamic' ? (item.labels[0]?.value ?? []) : nameOf(item),
    ),
  );
}

function nameOf(item: HclBody['items'][number]): string {
  return item.kind === 'block' ? item.type : item.name;
}

function block({ blocks }: Place): HclBlock {
  return blocks.at(-1)!;
}

const LANGUAGE_BLOCKS: ReadonlySet<string> = new Set(['connection', 'lifecycle', 'provisioner']);

function ofVersion({ type }: Place): string {
  return type ? ` in ${type.provider.source}${versionText(type.provider.version)}` : '';
}

function versionText(version: string | undefined): string {
  return version === undefined ? '' : ` ${version}`;
}

/** A text that is written as it is; `words` are arguments whose values are no texts. */
function constantText(value: HclExpression, words: boolean): string | undefined {
  if (words && value.kind === 'variable') return value.name;
  const constant = evaluateHcl(value);
  return typeof constant === 'string' ? constant : undefined;
}

function listed(values: readonly string[]): string {
  const marked = values.map((value) => `\`${value}\``);
  return marked.length === 1 ? marked[0]! : `${marked.slice(0, -1).join(', ')} or ${marked.at(-1)}`;
}

function deprecationText({ name, deprecation }: TerraformMember, holder: string): string {
  const why = oneSentence(deprecation);
  const isRepetition = /^[`\w]+ is deprecated\.$/i.test(why);
  return `\`${name}\` of ${holder} is deprecated.${isRepetition ? '' : ` ${why}`}`;
}

function oneSentence(text: string): string {
  const [first = ''] = text.split('\n');
  const sentence = /^.*?[.!](?=\s|$)/.exec(first)?.[0] ?? first;
  return /[.!]$/.test(sentence) ? sentence : `${sentence}.`;
}
