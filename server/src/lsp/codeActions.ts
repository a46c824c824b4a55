import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver/node';
import { bulkFix, safeFix } from '../features/bulkFix.ts';
import { suppressWithComment } from '../features/suppressWithComment.ts';
import type { ReportedFinding } from '../rules/runRules.ts';
import type { SourceText, TextEdit } from '../text/sourceText.ts';
import { canonicalUri } from './canonicalUri.ts';
import type { LspFeature } from './lspFeature.ts';
import type { Session } from './session.ts';
import { toWorkspaceEdit } from './toWorkspaceEdit.ts';

const FIX_ALL = `${CodeActionKind.SourceFixAll}.slipway`;

/**
 * What can be done about the findings at a place: their fixes, all fixes of one kind in the file, a comment that
 * silences them; and `source.fixAll.slipway`, which makes every safe fix. The rules run again, so that no fix is of an
 * older text.
 */
export const codeActions: LspFeature = {
  name: 'code actions',
  capabilities: (client) => ({
    // Clients without literals understand only commands, and Slipway's fixes are edits.
    ...(client.textDocument?.codeAction?.codeActionLiteralSupport
      ? { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] } }
      : {}),
  }),
  register(session) {
    if (!session.client.textDocument?.codeAction?.codeActionLiteralSupport) return;
    session.connection.onCodeAction(
      session.faults.request('textDocument/codeAction', [], (params: CodeActionParams) => actionsFor(params, session)),
    );
  },
};

function actionsFor({ context, range, textDocument }: CodeActionParams, session: Session): CodeAction[] {
  const uri = canonicalUri(textDocument.uri);
  const file = session.workspace.snapshot().files.get(uri);
  if (!file) return [];
  const { source } = file.parsed;
  const findings = session.findings.of(uri);
  const actions: CodeAction[] = [];
  const add = (title: string, kind: string, edits: readonly TextEdit[], more: Partial<CodeAction> = {}): void => {
    const edit =
      edits.length === 0 ? undefined : toWorkspaceEdit({ edits, creates: [] }, session.workspace, session.client);
    if (edit) actions.push({ title, kind, edit, ...more });
  };

  if (isWanted(CodeActionKind.QuickFix, context.only)) {
    const start = source.offsetAt(range.start);
    const end = source.offsetAt(range.end);
    const here = findings.filter(({ finding: { at } }) => at.span.start <= end && at.span.end >= start);
    for (const reported of here) {
      const diagnostics = matching(reported, context.diagnostics, source);
      const { fixes = [] } = reported.finding;
      fixes.forEach((fix, index) => {
        add(fix.title, CodeActionKind.QuickFix, fix.edits(), { diagnostics, isPreferred: index === 0 && fix.safe });
      });
    }
    for (const rule of new Set(here.map((reported) => reported.rule.id))) {
      const alike = findings.filter((other) => other.rule.id === rule && safeFix(other.finding));
      if (alike.length > 1) {
        const diagnostics = alike.flatMap((reported) => matching(reported, context.diagnostics, source));
        add(`Fix all ${alike.length} of ${rule} in this file`, CodeActionKind.QuickFix, bulkFix(alike), {
          diagnostics,
        });
      }
    }
    for (const reported of here) {
      const edit = suppressWithComment(file, reported.finding.at, reported.rule.id);
      if (!edit) continue;
      const diagnostics = matching(reported, context.diagnostics, source);
      add(`Suppress ${reported.rule.id} with a comment`, CodeActionKind.QuickFix, [edit], { diagnostics });
    }
  }
  // Whoever asks for everything at the cursor wants what is there, not the whole file changed.
  if (context.only && isWanted(FIX_ALL, context.only)) {
    add('Make all safe Slipway fixes', FIX_ALL, bulkFix(findings));
  }
  return actions;
}

/** The diagnostics of the request that this finding was shown as. */
function matching(
  { finding, rule }: ReportedFinding,
  diagnostics: readonly Diagnostic[],
  source: SourceText,
): Diagnostic[] {
  const { start } = source.range(finding.at.span);
  return diagnostics.filter(
    ({ code, range }) =>
      code === rule.id && range.start.line === start.line && range.start.character === start.character,
  );
}

/** A client that asks for `source` means all kinds below it. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return !only || only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}
