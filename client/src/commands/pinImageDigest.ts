import { type Uri, window, workspace } from 'vscode';
import { DockerEngine } from '../adapters/dockerEngine.ts';
import { ownEngineSearch } from '../adapters/engineEndpoint.ts';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import { Failure } from '../cluster/failure.ts';
import { digestEdits, pinnedInWords } from '../delivery/images/digestEdits.ts';
import type { TextReplacement } from '../delivery/manifestEdit.ts';
import { askImageReference } from './askImageReference.ts';
import type { Command } from './command.ts';
import { editFiles } from './editManifest.ts';
import { orDismissed } from './orDismissed.ts';
import { withCancel } from './withCluster.ts';

const MOST_FILES = 5_000;

/** Writes the digest that the registry has of an image into manifests, Kustomizations and chart values, as one edit. */
export const pinImageDigest: Command = {
  id: 'slipway.pinImageDigest',
  needsTrust: true,
  async run(context, argument) {
    const reference = await askImageReference(context, argument, 'Write Image Digest');
    const engine = new DockerEngine({
      search: ownEngineSearch(slipwaySettings.engine()),
      trusted: context.isTrusted(),
    });
    const digest = await withCancel(`Asking the registry for ${reference}`, (signal) =>
      engine.remoteDigest(reference, signal),
    );
    if (digest === undefined) {
      throw new Failure('not-found', `The registry has no ${reference}.`, { advice: 'Push it first.' });
    }
    const pushed = { reference, digest };
    const found: { uri: Uri; edits: readonly TextReplacement[] }[] = [];
    for (const uri of await workspace.findFiles(
      '**/*.{yaml,yml}',
      '**/{node_modules,.git,.terraform}/**',
      MOST_FILES,
    )) {
      const document = workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
      const text = document?.getText() ?? Buffer.from(await workspace.fs.readFile(uri)).toString('utf8');
      const edits = editsOf(uri, text, pushed);
      if (edits.length > 0) found.push({ uri, edits });
    }
    if (found.length === 0) throw new Failure('not-found', `No file runs another version of ${reference}.`);
    const items = found.map((file) => ({
      label: workspace.asRelativePath(file.uri),
      description: `${file.edits.length} ${file.edits.length === 1 ? 'place' : 'places'}`,
      picked: true,
      file,
    }));
    const chosen = orDismissed(
      await window.showQuickPick(items, {
        title: `Write ${pinnedInWords(pushed)}`,
        placeHolder: 'Into which files?',
        canPickMany: true,
        ignoreFocusOut: true,
      }),
    );
    const count = await editFiles(chosen.map(({ file }) => file));
    context.log.info(
      `Wrote ${pinnedInWords(pushed)} into ${chosen.map(({ label }) => label).join(', ')} (${count} places).`,
    );
  },
};

/** A file whose image stands behind an anchor or a template is not edited: it has to be changed by hand. */
function editsOf(uri: Uri, text: string, pushed: { reference: string; digest: string }): readonly TextReplacement[] {
  try {
    return digestEdits(uri.path, text, pushed);
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}
