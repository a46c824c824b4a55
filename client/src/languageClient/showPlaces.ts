import { commands, type Disposable, Uri } from 'vscode';
import type { Location, Position } from 'vscode-languageclient';
import type { LanguageClient } from 'vscode-languageclient/node';

/** The command of lenses that lead to places in other files; only they call it, so it is not listed among the commands. */
export const SHOW_PLACES = '_slipway.showPlaces';

/** Shows the places of a lens as the editor shows references: beside the line, to be looked through. */
export function showPlaces(client: LanguageClient): Disposable {
  return commands.registerCommand(SHOW_PLACES, (uri: string, position: Position, places: Location[]) => {
    const { protocol2CodeConverter: convert } = client;
    const locations = places.map((place) => convert.asLocation(place));
    return commands.executeCommand(
      'editor.action.showReferences',
      Uri.parse(uri),
      convert.asPosition(position),
      locations,
    );
  });
}
