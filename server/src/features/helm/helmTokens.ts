import type { Template } from '../../languages/helm/templateSyntax.ts';
import type { TemplateTokenKind } from '../../languages/helm/templateToken.ts';
import type { SemanticToken, TokenType } from '../languageFeatures.ts';

const TYPES: Partial<Record<TemplateTokenKind, TokenType>> = {
  field: 'property',
  variable: 'variable',
  identifier: 'function',
  keyword: 'keyword',
  boolean: 'keyword',
  nil: 'keyword',
  number: 'number',
  string: 'string',
  raw: 'string',
  character: 'string',
  pipe: 'operator',
  declare: 'operator',
  assign: 'operator',
};

/** The parts of a template's actions; the text around them keeps the colours that its own grammar gives it. */
export function* helmTokens(template: Template): Generator<SemanticToken> {
  const names = new Set(template.definitions.map(({ name }) => name?.span.start));
  for (const action of template.actions) {
    if (action.isComment) yield { span: { start: action.start, end: action.end }, type: 'comment' };
    for (const { kind, start, end } of action.tokens) {
      const type = TYPES[kind];
      const isName = names.has(start);
      if (type)
        yield { span: { start, end }, type: isName ? 'macro' : type, ...(isName ? { isDeclaration: true } : {}) };
    }
  }
}
