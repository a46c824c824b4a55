import { Composer, type Document, Lexer, type ParsedNode, type ParseOptions, Parser } from 'yaml';

/** The steps of the library's lexer that look at indentation where the parsers of Kubernetes and Go do not. */
interface LexerSteps {
  indentNext: number;
  parseQuotedScalar(): Generator<string, unknown>;
  parseFlowCollection(): Generator<string, unknown>;
}

/**
 * Parses as the tools do that will read the document: within quotes and brackets, lines may begin in any column. YAML 1.2 wants
 * them indented deeper than their key (§7.3.1, §7.4), and so does the library, whose lexer is told here that no depth is asked
 * for. Undefined where the text is not exactly one document without a fault.
 */
export function parseForgivingly(text: string, options: ParseOptions): Document.Parsed<ParsedNode> | undefined {
  const lexer = new Lexer();
  const steps = lexer as unknown as LexerSteps;
  for (const step of ['parseQuotedScalar', 'parseFlowCollection'] as const) {
    const strict = steps[step];
    steps[step] = function* (this: LexerSteps) {
      const { indentNext } = this;
      this.indentNext = 0;
      const next = yield* strict.call(this);
      this.indentNext = indentNext;
      return next;
    };
  }
  const parser = new Parser();
  function* tokens() {
    for (const lexeme of lexer.lex(text)) yield* parser.next(lexeme);
    yield* parser.end();
  }
  const documents = [...new Composer(options).compose(tokens(), true, text.length)];
  const [document] = documents;
  return documents.length === 1 && document?.errors.length === 0
    ? (document as Document.Parsed<ParsedNode>)
    : undefined;
}
