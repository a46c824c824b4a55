import { DidChangeWatchedFilesNotification, FileChangeType, WatchKind } from 'vscode-languageserver/node';
import { debounce } from './debounce.ts';
import type { FileEvent } from './liveWorkspace.ts';
import type { LspFeature } from './lspFeature.ts';

/** A checkout of another branch comes as a burst; it is read once. */
const BURST_MILLISECONDS = 100;

const TYPES: Readonly<Record<FileChangeType, FileEvent['type']>> = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
};

/** Lets the client, which watches the folders anyway, say what changes on disk. */
export const fileWatching: LspFeature = {
  name: 'file watching',
  capabilities: () => ({}),
  register({ client, connection, faults, whenInitialized, workspace }) {
    const events: FileEvent[] = [];
    const settled = debounce(BURST_MILLISECONDS, () =>
      faults.notification('workspace/didChangeWatchedFiles', () => workspace.filesChanged(events.splice(0)))(undefined),
    );
    connection.onDidChangeWatchedFiles(({ changes }) => {
      events.push(...changes.map(({ uri, type }) => ({ uri, type: TYPES[type] })));
      settled();
    });
    whenInitialized('asking for file events', async () => {
      if (!client.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
      // Folders matter too: moving one away says nothing of the files in it.
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*', kind: WatchKind.Create | WatchKind.Change | WatchKind.Delete }],
      });
    });
  },
};
