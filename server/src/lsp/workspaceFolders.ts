import type { LspFeature } from './lspFeature.ts';
import type { Session } from './session.ts';

/** Reads the files of the workspace's folders, with progress, and follows the folders that come and go. */
export const workspaceFolders: LspFeature = {
  name: 'workspace folders',
  capabilities: (client) =>
    client.workspace?.workspaceFolders
      ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }
      : {},
  register(session) {
    const { client, connection, whenInitialized } = session;
    let folders = session.folders;
    let reading = new AbortController();
    const read = async (): Promise<void> => {
      reading.abort();
      reading = new AbortController();
      await load(session, folders, reading);
    };
    whenInitialized('reading the workspace', async () => {
      if (client.workspace?.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(
          session.faults.notification('workspace/didChangeWorkspaceFolders', ({ added, removed }) => {
            folders = [
              ...folders.filter((folder) => !removed.some(({ uri }) => uri === folder)),
              ...added.map(({ uri }) => uri),
            ];
            return read();
          }),
        );
      }
      await read();
    });
  },
};

async function load(session: Session, folders: readonly string[], reading: AbortController): Promise<void> {
  const { client, connection, workspace } = session;
  const progress = client.window?.workDoneProgress ? await connection.window.createWorkDoneProgress() : undefined;
  progress?.begin('Slipway', undefined, 'reading the workspace', true);
  progress?.token.onCancellationRequested(() => reading.abort());
  try {
    await workspace.load(folders, reading.signal, (filesRead) => progress?.report(`${filesRead} files read`));
  } catch (error) {
    if (!reading.signal.aborted) throw error;
  } finally {
    progress?.done();
  }
}
