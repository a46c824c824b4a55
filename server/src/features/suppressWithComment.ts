import type { DockerfileFile } from '../languages/dockerfile/dockerfileFile.ts';
import type { ParsedFile } from '../languages/language.ts';
import type { Place } from '../text/sourceNode.ts';
import { applyEdits, SourceText, type TextEdit } from '../text/sourceText.ts';
import type { LoadedFile } from '../workspace/world.ts';

/** How a comment line begins, by language; a language that is not here has no comments. */
const COMMENT: Readonly<Record<string, string>> = { yaml: '# ', helm: '# ', dockerfile: '# ', terraform: '# ' };

/**
 * The edit that silences `ruleId` at a place by a comment on the line above. Undefined where no comment can stand:
 * in JSON, inside a text of several lines, above the directives of a Dockerfile.
 */
export function suppressWithComment(file: LoadedFile, at: Place, ruleId: string): TextEdit | undefined {
  const { source } = file.parsed;
  const prefix = /\.json$/i.test(source.uri) ? undefined : COMMENT[file.language.id];
  if (prefix === undefined) return undefined;
  const { start } = source.lineSpan(source.lineAt(at.span.start));
  const indent = /^[ \t]*/.exec(source.text.slice(start))?.[0] ?? '';
  const edit: TextEdit = {
    uri: source.uri,
    span: { start, end: start },
    newText: `${indent}${prefix}slipway-disable-next-line ${ruleId}${source.lineBreak}`,
  };
  return isOnlyComment(file, edit) ? edit : undefined;
}

/** The proof that the line is read as a comment: nothing else in the file has changed its meaning. */
function isOnlyComment({ language, parsed }: LoadedFile, edit: TextEdit): boolean {
  const { text, uri } = parsed.source;
  const after = language.parse(new SourceText(uri, applyEdits(text, [edit])));
  return meaningOf(parsed) === meaningOf(after);
}

function meaningOf({ problems, roots, ...file }: ParsedFile): string {
  const values = roots.map((root) => root.value);
  return JSON.stringify([values, problems.map(({ code, message }) => [code, message]), shellTexts(file)]);
}

/** What the tree of a Dockerfile leaves out: the texts between `<<EOF` and `EOF`, in which a `#` is no comment of ours. */
function shellTexts(file: object): number[] {
  const { instructions = [] } = file as Partial<DockerfileFile>;
  return instructions.flatMap(({ heredocs }) => heredocs.map(({ contentSpan }) => contentSpan.end - contentSpan.start));
}
