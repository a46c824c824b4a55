import { createHash } from 'node:crypto';
import {
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { canonicalUri } from './canonicalUri.ts';
import { debounce } from './debounce.ts';
import type { LspFeature } from './lspFeature.ts';
import type { Session } from './session.ts';
import { TimeSlice } from './timeSlice.ts';
import { toDiagnostic } from './toDiagnostic.ts';

/** Typing must not have the whole workspace checked at each key. */
const SETTLE_MILLISECONDS = 300;

/** Diagnostics for clients that ask for them. Others get them pushed: never both. */
export const pullDiagnostics: LspFeature = {
  name: 'diagnostics on request',
  capabilities: (client) =>
    client.textDocument?.diagnostic
      ? { diagnosticProvider: { identifier: 'slipway', interFileDependencies: true, workspaceDiagnostics: true } }
      : {},
  register(session) {
    const { client, connection, faults, settings, workspace } = session;
    if (!client.textDocument?.diagnostic) return;
    const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
    connection.languages.diagnostics.on(
      faults.request(
        'textDocument/diagnostic',
        nothing,
        ({ textDocument, previousResultId }: DocumentDiagnosticParams): DocumentDiagnosticReport => {
          const { items, resultId } = report(canonicalUri(textDocument.uri), session);
          return resultId === previousResultId
            ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
            : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
        },
      ),
    );

    const changes = new Changes();
    connection.languages.diagnostics.onWorkspace(async (params, token, _workDone, partial) => {
      const answer = faults.request<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport>(
        'workspace/diagnostic',
        { items: [] },
        async () => {
          // A client that streams asks again at once: it is answered when there is something new to say.
          if (partial && params.previousResultIds.length > 0) await changes.next(token);
          return reportWorkspace(params, session, token, (items) => partial?.report({ items }));
        },
      );
      const result = await answer(params, token);
      return partial ? { items: [] } : result;
    });

    const announce = debounce(SETTLE_MILLISECONDS, () => changes.announce());
    const refresh = debounce(SETTLE_MILLISECONDS, () => {
      if (!client.workspace?.diagnostics?.refreshSupport) return;
      connection.languages.diagnostics.refresh().catch((error: unknown) => {
        connection.console.info(`The client did not refresh its diagnostics: ${String(error)}`);
      });
    });
    workspace.onDidChange((uris) => {
      announce();
      // A client that is told of dependencies between files asks again by itself when it changes one.
      if (uris.length === 0 || uris.some((uri) => !workspace.openDocuments.has(uri))) refresh();
    });
    settings.onDidChange(() => {
      announce();
      refresh();
    });
  },
};

/** Lets requests wait for the next change. */
class Changes {
  #waiting: (() => void)[] = [];
  #count = 0;
  #seen = 0;

  announce(): void {
    this.#count++;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves at once when something changed since the last call, else with the next change or the cancellation. */
  async next(token: CancellationToken): Promise<void> {
    if (this.#count === this.#seen) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        token.onCancellationRequested(() => resolve());
      });
    }
    this.#seen = this.#count;
  }
}

function report(uri: string, session: Session): { items: Diagnostic[]; resultId: string } {
  const items = session.findings.of(uri).map((finding) => toDiagnostic(finding, session));
  return { items, resultId: createHash('sha1').update(JSON.stringify(items)).digest('base64url') };
}

/** Reports on every file, in slices between which the server answers what is asked meanwhile. */
async function reportWorkspace(
  params: WorkspaceDiagnosticParams,
  session: Session,
  token: CancellationToken,
  stream: (items: WorkspaceDocumentDiagnosticReport[]) => void,
): Promise<WorkspaceDiagnosticReport> {
  const previous = new Map(params.previousResultIds.map(({ uri, value }) => [canonicalUri(uri), { uri, value }]));
  const all: WorkspaceDocumentDiagnosticReport[] = [];
  let batch: WorkspaceDocumentDiagnosticReport[] = [];
  const slice = new TimeSlice(token);
  const { files } = session.workspace.snapshot();
  for (const uri of new Set([...files.keys(), ...previous.keys()])) {
    const { items, resultId } = report(uri, session);
    const before = previous.get(uri);
    const version = session.workspace.openDocuments.get(uri)?.version ?? null;
    const common = { uri: before?.uri ?? uri, version, resultId };
    if (before?.value === resultId) {
      batch.push({ kind: DocumentDiagnosticReportKind.Unchanged, ...common });
    } else if (before || items.length > 0) {
      batch.push({ kind: DocumentDiagnosticReportKind.Full, ...common, items });
    }
    if (!slice.isOver) continue;
    stream(batch);
    all.push(...batch);
    batch = [];
    await slice.rest();
  }
  stream(batch);
  all.push(...batch);
  return { items: all };
}
