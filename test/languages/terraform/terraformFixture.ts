import assert from 'node:assert/strict';
import type { HclFile } from '../../../server/src/languages/terraform/hclSyntax.ts';
import { parseHcl } from '../../../server/src/languages/terraform/parseHcl.ts';
import { moduleOf, type TerraformModule } from '../../../server/src/languages/terraform/terraformModule.ts';
import { projectOf, type TerraformProject } from '../../../server/src/languages/terraform/terraformProject.ts';
import { applyEdits, SourceText, type Span, type TextEdit } from '../../../server/src/text/sourceText.ts';

/** Marks the cursor in a fixture. */
export const CURSOR = '‸';

export interface TerraformFixture {
  readonly project: TerraformProject;
  readonly files: ReadonlyMap<string, HclFile>;
  /** Where the cursor is, when a file holds the mark. */
  readonly at: { readonly module: TerraformModule; readonly file: HclFile; readonly offset: number };
  /** `name:line text`, lines from 1: the file and line of a place and what it covers. */
  show(place: { readonly source: SourceText; readonly span: Span }): string;
  /** The files after edits, only those that change. */
  edited(edits: readonly TextEdit[]): Record<string, string>;
}

/** Modules from their files, by path; each folder is a module. One file may hold the cursor mark. */
export function terraformFixture(texts: Readonly<Record<string, string>>): TerraformFixture {
  const files = new Map<string, HclFile>();
  let cursor: { path: string; offset: number } | undefined;
  for (const [path, marked] of Object.entries(texts)) {
    const offset = marked.indexOf(CURSOR);
    if (offset >= 0) cursor = { path, offset };
    files.set(path, parseHcl(new SourceText(`file:///shop/${path}`, marked.replace(CURSOR, ''))));
  }
  const folders = new Map<string, HclFile[]>();
  for (const [path, file] of files) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const project = projectOf([...folders.values()].map((own) => moduleOf(own)));
  return {
    project,
    files,
    get at() {
      assert.ok(cursor, 'The fixture has no cursor.');
      const file = files.get(cursor.path)!;
      const module = project.modules.find((candidate) => candidate.files.includes(file))!;
      return { module, file, offset: cursor.offset };
    },
    show: ({ source, span }) =>
      `${source.uri.slice('file:///shop/'.length)}:${source.positionAt(span.start).line + 1} ${source.slice(span)}`,
    edited(edits) {
      const result: Record<string, string> = {};
      for (const [path, { source }] of files) {
        const own = edits.filter(({ uri }) => uri === source.uri);
        if (own.length > 0) result[path] = applyEdits(source.text, own);
      }
      return result;
    },
  };
}
