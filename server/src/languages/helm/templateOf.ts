import type { SourceText } from '../../text/sourceText.ts';
import { parseTemplate } from './parseTemplate.ts';
import type { Template } from './templateSyntax.ts';

const TEMPLATES = new WeakMap<SourceText, Template>();

/** The template that a file holds; parsed when it is first asked for. */
export function templateOf(source: SourceText): Template {
  let template = TEMPLATES.get(source);
  if (!template) {
    template = parseTemplate(source.text);
    TEMPLATES.set(source, template);
  }
  return template;
}
