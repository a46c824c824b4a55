import type { Span } from '../../text/sourceText.ts';
import { constantFunctions } from './constantFunctions.ts';
import { evaluateHcl } from './evaluateHcl.ts';
import type { HclBlock, HclExpression, HclFile } from './hclSyntax.ts';
import { HclToken } from './hclTokens.ts';
import { type HclValue, isWhollyKnown } from './hclValue.ts';
import { isSecret, moduleScope } from './moduleScope.ts';
import { functionNamed, signatureOf } from './terraformFunctions.ts';
import { attributeIn, plainText, type TerraformDeclaration, type TerraformModule } from './terraformModule.ts';
import type { TerraformProject } from './terraformProject.ts';
import { symbolAt } from './terraformSymbol.ts';
import { pathAt } from './walkHcl.ts';

/** What is known of the thing at the cursor, in Markdown. */
export interface TerraformHover {
  readonly span: Span;
  readonly markdown: string;
}

const LONGEST_VALUE = 400;

/** Names under which people keep secrets: their values are not shown. */
const SECRET_NAME = /passw|secret|token|credential|private_?key|api_?key|access_?key/i;
/** An argument or entry of such a name that is set to a text. */
const SECRET_TEXT =
  /([\w-]*(?:passw|secret|token|credential|private_?key|api_?key|access_?key)[\w-]*"?\s*[=:]\s*)"(?:[^"\\\n]|\\.)*"/gi;

const BUILT_INS: Readonly<Record<string, string>> = {
  'count.index': 'Number of this instance, from 0.',
  'each.key': 'Key of this instance in the map of `for_each`, or the item of its set.',
  'each.value': 'Value of this instance in the map of `for_each`, or the item of its set.',
  'path.cwd': 'Folder in which Terraform was started.',
  'path.module': 'Folder of this module.',
  'path.root': 'Folder of the root module.',
  self: 'The resource that this block belongs to.',
  'terraform.workspace': 'Name of the selected workspace.',
};

/** The declaration behind a reference, a function, or a name that Terraform itself gives. */
export function hoverAt(
  project: TerraformProject,
  module: TerraformModule,
  file: HclFile,
  offset: number,
): TerraformHover | undefined {
  return (
    functionHover(file, offset) ?? builtInHover(module, file, offset) ?? symbolHover(project, module, file, offset)
  );
}

function functionHover(file: HclFile, offset: number): TerraformHover | undefined {
  const node = pathAt(file.body, offset).findLast(({ kind }) => kind === 'call');
  if (node?.kind !== 'call' || offset < node.nameSpan.start || offset > node.nameSpan.end) return undefined;
  const found = functionNamed(node.name);
  if (!found) return undefined;
  return { span: node.nameSpan, markdown: `${code(signatureOf(found).label)}\n\n${found.text}` };
}

function builtInHover(module: TerraformModule, file: HclFile, offset: number): TerraformHover | undefined {
  for (const { name, span, steps } of module.referencesOf(file).builtIns) {
    const [step] = steps;
    const end = step?.kind === 'attribute' ? step.span.end : span.end;
    if (offset < span.start || offset > end) continue;
    const whole = step?.kind === 'attribute' ? `${name}.${step.name}` : name;
    const text = BUILT_INS[whole] ?? BUILT_INS[name];
    if (text) return { span: { start: span.start, end }, markdown: `${code(whole)}\n\n${text}` };
  }
  return undefined;
}

function symbolHover(
  project: TerraformProject,
  module: TerraformModule,
  file: HclFile,
  offset: number,
): TerraformHover | undefined {
  const symbol = symbolAt(project, module, file, offset);
  if (!symbol) return undefined;
  if (symbol.kind === 'bound') {
    const what = symbol.binding.kind === 'for' ? 'Name that a for-expression gives.' : 'Iterator of a dynamic block.';
    return { span: symbol.at, markdown: `${code(symbol.binding.name)}\n\n${what}` };
  }
  const declaration = symbol.module.byAddress.get(symbol.address)?.[0];
  return declaration && { span: symbol.at, markdown: describe(symbol.module, declaration) };
}

function describe(module: TerraformModule, declaration: TerraformDeclaration): string {
  const { node, file, kind } = declaration;
  const { source } = file;
  const paragraphs: string[] = [];
  const description = node.kind === 'block' ? plainText(attributeIn(node.body, 'description')?.value) : undefined;
  if (node.kind === 'attribute')
    paragraphs.push(
      code(`${node.name} = ${shown(file, node.value, node.name)}`),
      ...computed(module, declaration, node.value),
    );
  else if (kind === 'variable') paragraphs.push(code(variableText(file, node)));
  else {
    paragraphs.push(code(headerOf(node)));
    for (const name of ['source', 'version']) {
      const value = kind === 'module' ? plainText(attributeIn(node.body, name)?.value) : undefined;
      if (value !== undefined) paragraphs.push(`${name}: \`${value}\``);
    }
    const value = kind === 'output' && !isSecret(node.body) ? attributeIn(node.body, 'value') : undefined;
    if (value)
      paragraphs.push(
        code(`value = ${shown(file, value.value, declaration.name)}`),
        ...computed(module, declaration, value.value),
      );
  }
  if (description) paragraphs.push(description);
  const comment = commentAbove(file, declaration.span.start);
  if (comment) paragraphs.push(comment);
  const line = source.positionAt(declaration.nameSpan.start).line + 1;
  paragraphs.push(`${source.uri.slice(source.uri.lastIndexOf('/') + 1)}, line ${line}`);
  return paragraphs.join('\n\n');
}

function variableText(file: HclFile, node: HclBlock): string {
  const lines = [headerOf(node)];
  const type = attributeIn(node.body, 'type');
  if (type) lines.push(`  type = ${shown(file, type.value)}`);
  const fallback = attributeIn(node.body, 'default');
  if (fallback)
    lines.push(
      `  default = ${isSecret(node.body) ? '(sensitive)' : shown(file, fallback.value, node.labels[0]?.value)}`,
    );
  return lines.join('\n');
}

function headerOf({ type, labels }: HclBlock): string {
  return [type, ...labels.map(({ value }) => JSON.stringify(value))].join(' ');
}

/** The value, when it follows from constants and is more than what is written. */
function computed(module: TerraformModule, { name, file }: TerraformDeclaration, expression: HclExpression): string[] {
  if (SECRET_NAME.test(name) || SECRET_NAME.test(file.source.slice(expression.span))) return [];
  if (['literal', 'template', 'tuple', 'object'].includes(expression.kind) && isWhollyKnown(evaluateHcl(expression)))
    return [];
  const value = evaluateHcl(expression, moduleScope(module));
  const text = isWhollyKnown(value) ? valueText(value) : undefined;
  return text === undefined ? [] : [`Value by the defaults: \`${text}\``];
}

function valueText(value: HclValue): string | undefined {
  const text = constantFunctions.get('jsonencode')?.([value]);
  return typeof text === 'string' && text.length <= LONGEST_VALUE && !text.includes('`') ? text : undefined;
}

function shown(file: HclFile, expression: HclExpression, name = ''): string {
  if (expression.kind === 'template' && SECRET_NAME.test(name)) return '"…"';
  const text = file.source.slice(expression.span).replaceAll('\r\n', '\n').replace(SECRET_TEXT, '$1"…"');
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}

/** The comment lines directly above a declaration, without their marks. */
function commentAbove({ tokens, source }: HclFile, start: number): string {
  const lines: string[] = [];
  let index = tokens.indexAt(start) - 1;
  let line = source.lineAt(start);
  while (index > 0 && tokens.kind(index) === HclToken.newline && tokens.kind(index - 1) === HclToken.comment) {
    const comment = { start: tokens.start(index - 1), end: tokens.end(index - 1) };
    const isAlone = index < 2 || tokens.kind(index - 2) === HclToken.newline;
    if (!isAlone || source.lineAt(comment.end) !== line - 1) break;
    line = source.lineAt(comment.start);
    lines.unshift(source.slice(comment).replace(/^(#+|\/\/+|\/\*+)\s?|\s*\*\/$/g, ''));
    index -= 2;
  }
  return lines.join('\n');
}

function code(text: string): string {
  return `\`\`\`terraform\n${text}\n\`\`\``;
}
