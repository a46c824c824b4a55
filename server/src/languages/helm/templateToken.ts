import type { Span } from '../../text/sourceText.ts';

/** One word or sign inside an action. */
export interface TemplateToken extends Span {
  readonly kind: TemplateTokenKind;
}

/**
 * `field` is one `.name` with its dot, also where the name is not typed yet behind another name; `dot` is a dot alone.
 * `unclosed`: a text whose quote is missing, or a comment that is not ended. `bad`: a character that has no meaning.
 */
export type TemplateTokenKind =
  | 'dot'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'keyword'
  | 'boolean'
  | 'nil'
  | 'number'
  | 'string'
  | 'raw'
  | 'character'
  | 'pipe'
  | 'declare'
  | 'assign'
  | 'comma'
  | 'open'
  | 'close'
  | 'unclosed'
  | 'bad';
