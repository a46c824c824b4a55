import type { LiveWorkspace } from './liveWorkspace.ts';

/** Waits until every folder was read: before that, nothing may be called missing. */
export function whenLoaded(workspace: LiveWorkspace): Promise<void> {
  if (workspace.isLoaded) return Promise.resolve();
  return new Promise((resolve) => {
    workspace.onDidChange(() => {
      if (workspace.isLoaded) resolve();
    });
  });
}
