import type { Operand, Pipeline, Template, TemplateNode } from '../../../server/src/languages/helm/templateSyntax.ts';

/** The tree of a template in the notation of `goTemplate/main.go`: texts and places are left out. */
export function writtenTree({ nodes, definitions }: Template): string {
  const bodies = new Map<string, string>();
  for (const { name, body } of definitions) {
    const written = list(body);
    // An empty definition never replaces another.
    if (!bodies.has(name!.value) || written !== '[]') bodies.set(name!.value, written);
  }
  const sorted = [...bodies].sort(([a], [b]) => (a < b ? -1 : 1));
  return [list(nodes), ...sorted.map(([name, body]) => `define ${JSON.stringify(name)} ${body}`)].join('\n');
}

function list(nodes: readonly TemplateNode[]): string {
  return `[${nodes.flatMap((node) => statement(node) || []).join(' ')}]`;
}

function statement(node: TemplateNode): string {
  switch (node.kind) {
    case 'comment':
      return '(comment)';
    case 'output':
      return `(out ${pipeline(node.pipeline)})`;
    case 'break':
    case 'continue':
      return `(${node.kind})`;
    case 'template':
    case 'block':
      return `(template ${JSON.stringify(node.name!.value)} ${pipeline(node.pipeline)})`;
    case 'control':
      return branches(node.branches.map((branch) => ({ ...branch })));
    default:
      return '';
  }
}

type Written = { keyword: string | undefined; pipeline: Pipeline | undefined; body: readonly TemplateNode[] };

/** `else if` is an `if` of its own in the other branch. */
function branches([first, ...rest]: readonly Written[]): string {
  if (!first) return '';
  const [next] = rest;
  const otherwise = !next ? '[]' : next.keyword === undefined ? list(next.body) : `[${branches(rest)}]`;
  return `(${first.keyword} ${pipeline(first.pipeline)} ${list(first.body)} ${otherwise})`;
}

function pipeline(written: Pipeline | undefined): string {
  if (!written) return 'nothing';
  const names = written.variables.map(({ name }) => name).join(', ');
  const binding = written.binding === undefined ? '' : written.binding === 'declare' ? ' := ' : ' = ';
  const commands = written.commands.map(({ operands }) => operands.map(operand).join(' '));
  return `<${names}${binding}${commands.join(' | ')}>`;
}

function operand(written: Operand): string {
  switch (written.kind) {
    case 'dot':
      return '.';
    case 'field':
      return `.${written.fields.map(({ name }) => name).join('.')}`;
    case 'variable':
      return [written.name, ...written.fields.map(({ name }) => name)].join('.');
    case 'function':
      return written.name;
    case 'parenthesis':
      return pipeline(written.pipeline);
    case 'chain':
      return `${operand(written.base)}->${written.fields.map(({ name }) => name).join('.')}`;
    case 'text':
      return JSON.stringify(written.value);
    default:
      return written.text;
  }
}
