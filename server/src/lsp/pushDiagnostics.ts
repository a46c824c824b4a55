import { debounce } from './debounce.ts';
import type { LspFeature } from './lspFeature.ts';
import { TimeSlice } from './timeSlice.ts';
import { toDiagnostic } from './toDiagnostic.ts';

/** The file that is typed in is told at once; what the change means for the others can wait. */
const OTHERS_DELAY_MILLISECONDS = 300;

/** Diagnostics for clients that cannot ask for them. Each file is sent again only when something else is to be said. */
export const pushDiagnostics: LspFeature = {
  name: 'diagnostics by notification',
  capabilities: () => ({}),
  register(session) {
    const { client, connection, faults, findings, settings, workspace } = session;
    if (client.textDocument?.diagnostic) return;
    const published = new Map<string, string>();
    let round = 0;

    const publish = async (uri: string): Promise<void> => {
      const diagnostics = findings.of(uri).map((finding) => toDiagnostic(finding, session));
      const document = workspace.openDocuments.get(uri);
      const text = JSON.stringify(diagnostics);
      if (text === (published.get(uri) ?? '[]')) return;
      published.set(uri, text);
      await connection.sendDiagnostics({
        uri: document?.uri ?? uri,
        diagnostics,
        ...(document && client.textDocument?.publishDiagnostics?.versionSupport ? { version: document.version } : {}),
      });
    };

    const publishAll = async (): Promise<void> => {
      const mine = ++round;
      const slice = new TimeSlice();
      for (const uri of new Set([...workspace.snapshot().files.keys(), ...published.keys()])) {
        await publish(uri);
        await slice.rest();
        // A newer round began meanwhile; it says all of this again.
        if (mine !== round) return;
      }
    };

    const typed = new Set<string>();
    const publishTyped = debounce(0, () => {
      const uris = [...typed];
      typed.clear();
      faults.notification('publishing diagnostics', async () => {
        for (const uri of uris) await publish(uri);
      })(undefined);
    });
    const publishOthers = debounce(OTHERS_DELAY_MILLISECONDS, () =>
      faults.notification('publishing diagnostics', publishAll)(undefined),
    );
    workspace.onDidChange((uris) => {
      for (const uri of uris) if (workspace.openDocuments.has(uri)) typed.add(uri);
      publishTyped();
      publishOthers();
    });
    settings.onDidChange(publishOthers);
  },
};
