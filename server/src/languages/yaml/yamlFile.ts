import { SourceNode } from '../../text/sourceNode.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import { maskTemplate, type TemplateAction } from '../helm/maskTemplate.ts';
import type { ParsedFile, SyntaxProblem } from '../language.ts';
import { type RawDocument, readDocument } from './readDocument.ts';
import { splitDocuments } from './splitDocuments.ts';

/** One document of a stream. */
export interface YamlDocument {
  readonly span: Span;
  readonly root: SourceNode | undefined;
  /** The text that was read, kept so that an edit elsewhere in the file costs nothing here. */
  readonly text: string;
  readonly raw: RawDocument;
}

export interface YamlFile extends ParsedFile {
  readonly documents: readonly YamlDocument[];
  /** Template actions; empty in a file that is no template. */
  readonly actions: readonly TemplateAction[];
  /** Hash characters and the like have been masked: the text that the YAML parser saw. */
  readonly masked: string;
}

/** A single document larger than this is data, not something a person edits; it is left unread, aloud. */
const DOCUMENT_LIMIT = 2_000_000;

/** Places that another program fills in: `{{ a }}`, `{% if %}`, `<% a %>`, `__A_B__`, `@A_B@`, `{A_B}`. */
const FOREIGN_TEMPLATE = /\{\{|\{%|<%|__[A-Z][A-Z\d_]*__|@[A-Z][A-Z\d_]+@|(?<!\$)\{[A-Z][A-Z\d_]+\}/;

/**
 * Reads a YAML (or JSON) file. `template` masks the actions of a Go template first. Documents whose text stands in
 * `previous` unchanged are taken over, wherever they moved to.
 */
export function parseYaml(source: SourceText, template: boolean, previous?: YamlFile): YamlFile {
  let actions: readonly TemplateAction[] = [];
  let masked = source.text;
  if (template && source.text.includes('{{')) ({ actions, text: masked } = maskTemplate(source.text));
  const read = (text: string, span: Span): RawDocument => readDocument(text, actionsWithin(actions, span));
  const known = new Map((previous?.documents ?? []).map((document) => [document.text, document.raw]));
  const documents = splitDocuments(masked).map((span): YamlDocument => {
    const text = masked.slice(span.start, span.end);
    // What a document means depends on its actions too, and those are not in the masked text.
    const raw =
      (actions.length === 0 && known.get(text)) || (text.length > DOCUMENT_LIMIT ? tooLarge() : read(text, span));
    return { span, text, raw, root: raw.root && new SourceNode(source, raw.root, span.start) };
  });
  const problems = documents.flatMap(({ raw, span }) => raw.problems.map((problem) => shift(problem, span.start)));
  // Outside charts, text with marks that YAML rejects belongs to some other templating language: not ours to judge.
  if (!template && problems.length > 0 && FOREIGN_TEMPLATE.test(source.text)) return parseForeignTemplate(source);
  return {
    language: 'yaml',
    source,
    documents,
    actions,
    masked,
    problems,
    roots: documents.flatMap((document) => document.root ?? []),
  };
}

function parseForeignTemplate(source: SourceText): YamlFile {
  return { language: 'yaml', source, documents: [], actions: [], masked: source.text, problems: [], roots: [] };
}

function tooLarge(): RawDocument {
  const message = `This document is larger than ${DOCUMENT_LIMIT / 1_000_000} MB and is not checked.`;
  return {
    root: undefined,
    problems: [{ span: { start: 0, end: 0 }, code: 'too-large', message, severity: 'information' }],
  };
}

function shift(problem: SyntaxProblem, by: number): SyntaxProblem {
  return by === 0 ? problem : { ...problem, span: { start: problem.span.start + by, end: problem.span.end + by } };
}

/** The actions that touch `span`, with offsets from its start. A file may hold thousands of documents and of actions. */
function actionsWithin(actions: readonly TemplateAction[], span: Span): readonly TemplateAction[] {
  let low = 0;
  let high = actions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (actions[middle]!.end <= span.start) low = middle + 1;
    else high = middle;
  }
  const within: TemplateAction[] = [];
  for (let index = low; index < actions.length && actions[index]!.start < span.end; index++) {
    const action = actions[index]!;
    within.push({ ...action, start: action.start - span.start, end: action.end - span.start });
  }
  return within;
}
