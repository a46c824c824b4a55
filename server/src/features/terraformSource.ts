import { formatHcl } from '../languages/terraform/formatHcl.ts';
import { renameAt, renameRangeAt } from '../languages/terraform/renameTerraform.ts';
import { completionsAt, type TerraformCompletion } from '../languages/terraform/terraformCompletion.ts';
import { hoverAt } from '../languages/terraform/terraformHover.ts';
import type { TerraformFile } from '../languages/terraform/terraformLanguage.ts';
import { folderOf, type TerraformModule } from '../languages/terraform/terraformModule.ts';
import { definitionsAt, referencesAt } from '../languages/terraform/terraformNavigation.ts';
import type { TerraformProject } from '../languages/terraform/terraformProject.ts';
import { signatureAt } from '../languages/terraform/terraformSignature.ts';
import { workspaceProject } from '../languages/terraform/workspaceProject.ts';
import type { Completion, Cursor, FeatureSource } from './languageFeatures.ts';

const KINDS: Readonly<Record<TerraformCompletion['kind'], Completion['kind']>> = {
  variable: 'variable',
  local: 'variable',
  resource: 'reference',
  data: 'reference',
  module: 'module',
  output: 'value',
  attribute: 'field',
  function: 'function',
  keyword: 'keyword',
};

/** Names of a Terraform module at a cursor: completion, hover, definition and references, across modules. */
export const terraformSource: FeatureSource = {
  *completions(cursor) {
    const at = moduleAt(cursor);
    if (!at) return;
    for (const { label, kind, detail, documentation, span } of completionsAt(
      at.project,
      at.module,
      at.hcl,
      cursor.offset,
    )) {
      yield {
        label,
        kind: KINDS[kind],
        ...(detail === undefined ? {} : { detail }),
        documentation: () => documentation,
        newText: label,
        span,
      };
    }
  },
  explain(cursor) {
    const at = moduleAt(cursor);
    return at && hoverAt(at.project, at.module, at.hcl, cursor.offset);
  },
  definitions(cursor) {
    const at = moduleAt(cursor);
    return at ? definitionsAt(at.project, at.module, at.hcl, cursor.offset) : [];
  },
  references(cursor) {
    const at = moduleAt(cursor);
    return at ? referencesAt(at.project, at.module, at.hcl, cursor.offset) : [];
  },
  renameSpan(cursor) {
    const at = moduleAt(cursor);
    return at && renameRangeAt(at.project, at.module, at.hcl, cursor.offset)?.span;
  },
  rename(cursor, newName) {
    const at = moduleAt(cursor);
    if (!at) return { status: 'refused', reason: 'There is no name here that can be renamed.' };
    // Without a `moved` block Terraform would destroy what it manages under the old name.
    const renamed = renameAt(at.project, at.module, at.hcl, cursor.offset, newName, { keepState: true });
    return renamed.kind === 'edits'
      ? { status: 'edits', edits: renamed.edits }
      : { status: 'refused', reason: renamed.reason };
  },
  signature(cursor) {
    const at = moduleAt(cursor);
    return at && signatureAt(at.hcl, cursor.offset);
  },
  format({ parsed }) {
    if (parsed.language !== 'terraform') return [];
    const { uri, text } = parsed.source;
    const formatted = formatHcl((parsed as TerraformFile).hcl);
    if (formatted === undefined || formatted === text) return [];
    return [{ uri, span: { start: 0, end: text.length }, newText: formatted }];
  },
};

function moduleAt({
  file,
  snapshot,
}: Cursor): { project: TerraformProject; module: TerraformModule; hcl: TerraformFile['hcl'] } | undefined {
  if (file.parsed.language !== 'terraform') return undefined;
  const project = workspaceProject(snapshot.graph);
  const module = project.moduleAt(folderOf(file.parsed.source.uri));
  return module && { project, module, hcl: (file.parsed as TerraformFile).hcl };
}
