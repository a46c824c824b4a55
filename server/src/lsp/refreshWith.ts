import { debounce } from './debounce.ts';
import type { Session } from './session.ts';

/** What is drawn into other documents is asked for again once typing pauses. */
const REFRESH_DELAY_MILLISECONDS = 700;

/** Has the client ask again after the workspace or the settings changed: what is drawn in one file depends on others. */
export function refreshWith({ faults, settings, workspace }: Session, where: string, refresh: () => void): void {
  const soon = debounce(REFRESH_DELAY_MILLISECONDS, () => faults.notification(where, refresh)(undefined));
  workspace.onDidChange(soon);
  settings.onDidChange(soon);
}
