import { nearestName } from '../../text/nearestName.ts';
import type { Span } from '../../text/sourceText.ts';
import { evaluateHcl } from './evaluateHcl.ts';
import type { HclAttribute, HclExpression, HclFile } from './hclSyntax.ts';
import { booleanOf, numberOf, UNKNOWN } from './hclValue.ts';
import { isValuesFile } from './terraformFileNames.ts';
import { attributeIn, plainText, type TerraformDeclaration, type TerraformModule } from './terraformModule.ts';
import type { TerraformProblem } from './terraformProblem.ts';
import type { TerraformProject } from './terraformProject.ts';
import { MODULE_META_ARGUMENTS } from './terraformSymbol.ts';
import { type TerraformType, typeOf, typeText } from './terraformType.ts';

/**
 * Constant values that cannot be converted to the type of their variable: defaults, values in `.tfvars` files, and
 * arguments of calls to modules that are known. Also arguments that such a module does not declare, and required ones
 * that a call leaves out.
 */
export function typeMismatches(project: TerraformProject, module: TerraformModule): readonly TerraformProblem[] {
  const problems: TerraformProblem[] = [];
  const check = (file: HclFile, value: HclExpression, variable: TerraformDeclaration): void => {
    const type = typeOfVariable(variable);
    if (!type) return;
    for (const { span, message } of mismatches(value, type)) {
      problems.push({ code: 'type-mismatch', source: file.source, span, message });
    }
  };
  for (const declaration of module.declarations) {
    if (declaration.node.kind !== 'block') continue;
    const { body } = declaration.node;
    const fallback = declaration.kind === 'variable' ? attributeIn(body, 'default') : undefined;
    if (fallback) check(declaration.file, fallback.value, declaration);
    if (fallback && isNull(fallback.value) && isFalse(attributeIn(body, 'nullable')?.value)) {
      const message = `The default cannot be null: ${declaration.name} is not nullable.`;
      problems.push({ code: 'type-mismatch', source: declaration.file.source, span: fallback.value.span, message });
    }
    if (declaration.kind === 'variable') problems.push(...unknownTypes(declaration.file, attributeIn(body, 'type')));
    if (declaration.kind === 'module') problems.push(...checkCall(project, declaration, check));
  }
  for (const file of module.files) {
    if (!isValuesFile(file.source.uri)) continue;
    for (const item of file.body.items) {
      const variable = item.kind === 'attribute' ? module.byAddress.get(`var.${item.name}`)?.[0] : undefined;
      if (item.kind === 'attribute' && variable) check(file, item.value, variable);
    }
  }
  return problems;
}

const TYPE_NAMES: ReadonlySet<string> = new Set([
  'any',
  'bool',
  'list',
  'map',
  'number',
  'object',
  'set',
  'string',
  'tuple',
]);

/** Words in a type constraint that are no types. */
function unknownTypes(file: HclFile, type: HclAttribute | undefined): TerraformProblem[] {
  const problems: TerraformProblem[] = [];
  const pending: HclExpression[] = type ? [type.value] : [];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === 'variable' && !TYPE_NAMES.has(node.name)) {
      const nearest = nearestName(node.name, [...TYPE_NAMES]);
      const message = `${node.name} is not a type.${nearest ? ` Did you mean ${nearest}?` : ''}`;
      problems.push({ code: 'type-mismatch', source: file.source, span: node.span, message });
    } else if (node.kind === 'tuple') pending.push(...node.items);
    else if (node.kind === 'object') pending.push(...node.entries.map(({ value }) => value));
    else if (node.kind === 'call') {
      // The second argument of `optional` is a value.
      pending.push(...(node.name === 'optional' ? node.arguments.slice(0, 1) : node.arguments));
    }
  }
  return problems;
}

function isNull(value: HclExpression): boolean {
  return value.kind === 'literal' && value.value === null;
}

function isFalse(value: HclExpression | undefined): boolean {
  return value?.kind === 'literal' && value.value === false;
}

/** The type constraint that a variable declares. */
export function typeOfVariable(variable: TerraformDeclaration): TerraformType | undefined {
  const type = variable.node.kind === 'block' ? attributeIn(variable.node.body, 'type') : undefined;
  return type && typeOf(type.value);
}

function checkCall(
  project: TerraformProject,
  call: TerraformDeclaration,
  check: (file: HclFile, value: HclExpression, variable: TerraformDeclaration) => void,
): TerraformProblem[] {
  const called = project.calledBy(call);
  if (
    !called ||
    call.node.kind !== 'block' ||
    called.isPartial ||
    called.files.some((file) => file.problems.length > 0)
  )
    return [];
  const { source } = call.file;
  const problems: TerraformProblem[] = [];
  const given = new Set<string>();
  for (const item of call.node.body.items) {
    if (item.kind !== 'attribute' || MODULE_META_ARGUMENTS.has(item.name)) continue;
    given.add(item.name);
    const variable = called.byAddress.get(`var.${item.name}`)?.[0];
    if (variable) check(call.file, item.value, variable);
    else {
      const message = `The module ${call.name} declares no variable ${item.name}.`;
      problems.push({ code: 'undefined-argument', source, span: item.nameSpan, message });
    }
  }
  const isWhole = !call.file.problems.some(({ span }) => span.start >= call.span.start && span.end <= call.span.end);
  if (!isWhole || call.overrides) return problems;
  for (const { kind, name, node, file, nameSpan, overrides } of called.declarations) {
    if (
      kind !== 'variable' ||
      given.has(name) ||
      overrides ||
      node.kind !== 'block' ||
      attributeIn(node.body, 'default')
    )
      continue;
    problems.push({
      code: 'missing-argument',
      source,
      span: call.nameSpan,
      message: `The module ${call.name} needs the argument ${name}.`,
      related: [{ source: file.source, span: nameSpan, message: 'This variable has no default.' }],
    });
  }
  return problems;
}

interface Mismatch {
  readonly span: Span;
  readonly message: string;
}

/** Where a constant expression certainly does not fit a type. */
export function mismatches(value: HclExpression, type: TerraformType): readonly Mismatch[] {
  if (type.kind === 'any') return [];
  if (value.kind === 'parentheses') return mismatches(value.inner, type);
  if (value.kind === 'tuple') return tupleMismatches(value, type);
  if (value.kind === 'object') return objectMismatches(value, type);
  const constant = evaluateHcl(value);
  if (constant === UNKNOWN || constant === null || typeof constant === 'object') return [];
  const fits =
    type.kind === 'string' ||
    (type.kind === 'number' && (typeof constant === 'string' ? isNumeric(constant) : typeof constant === 'number')) ||
    (type.kind === 'bool' && booleanOf(constant) !== UNKNOWN);
  return fits ? [] : [{ span: value.span, message: `${wanted(type)} is expected here, not ${describe(constant)}.` }];
}

function isNumeric(text: string): boolean {
  return numberOf(text) !== UNKNOWN || /^[+-]?(\d|0x|\.\d)/i.test(text);
}

function tupleMismatches(value: Extract<HclExpression, { kind: 'tuple' }>, type: TerraformType): readonly Mismatch[] {
  if (type.kind === 'list' || type.kind === 'set') return value.items.flatMap((item) => mismatches(item, type.element));
  if (type.kind !== 'tuple') return [{ span: value.span, message: `${wanted(type)} is expected here, not a list.` }];
  if (value.items.length === type.items.length) {
    return value.items.flatMap((item, index) => mismatches(item, type.items[index]!));
  }
  return [{ span: value.span, message: `${type.items.length} items are expected here, not ${value.items.length}.` }];
}

function objectMismatches(value: Extract<HclExpression, { kind: 'object' }>, type: TerraformType): readonly Mismatch[] {
  if (type.kind === 'map') return value.entries.flatMap((entry) => mismatches(entry.value, type.element));
  if (type.kind !== 'object')
    return [{ span: value.span, message: `${wanted(type)} is expected here, not an object.` }];
  const found: Mismatch[] = [];
  const given = new Set<string>();
  for (const { key, value: inner } of value.entries) {
    const name = key.kind === 'variable' ? key.name : plainText(key);
    if (name === undefined) return [];
    given.add(name);
    const attribute = type.attributes.get(name);
    if (attribute) found.push(...mismatches(inner, attribute.type));
  }
  for (const [name, { optional }] of type.attributes) {
    if (!optional && !given.has(name))
      found.push({ span: value.span, message: `This object needs the attribute ${name}.` });
  }
  return found;
}

function wanted(type: TerraformType): string {
  const text = typeText(type);
  return text.length > 60 ? `A value of type ${type.kind}` : `A value of type ${text}`;
}

function describe(constant: string | number | boolean): string {
  return typeof constant === 'string' ? 'a string' : typeof constant === 'number' ? 'a number' : 'a bool';
}
