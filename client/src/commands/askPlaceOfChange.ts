import { window } from 'vscode';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import { orDismissed } from './orDismissed.ts';

/** Where a step of progressive delivery is made: in the files of the workspace, or in the cluster at once. */
export type PlaceOfChange = 'files' | 'cluster';

/** What the setting says, else what the person answers. */
export async function askPlaceOfChange(title: string): Promise<PlaceOfChange> {
  const setting = slipwaySettings.placeOfChange();
  if (setting !== 'ask') return setting;
  const choice = await window.showQuickPick(
    [
      {
        label: '$(edit) In the file',
        detail: 'A small edit, to be reviewed, committed and deployed.',
        place: 'files' as const,
      },
      {
        label: '$(zap) In the cluster',
        detail: 'A live patch, at once. The file stays as it is.',
        place: 'cluster' as const,
      },
    ],
    { title, placeHolder: 'Where is the change made?', ignoreFocusOut: true },
  );
  return orDismissed(choice).place;
}
