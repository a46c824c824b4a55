import { Uri, window } from 'vscode';
import type { ApplicationNode } from '../../../protocol/slipwayProtocol.ts';
import { gitFacts } from '../adapters/gitFacts.ts';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import {
  faultOfImageReference,
  formatImageReference,
  parseImageReference,
  repositoryText,
} from '../delivery/imageReference.ts';
import { tagProposals } from '../delivery/tagProposals.ts';
import { orDismissed } from './orDismissed.ts';

/** The reference that a new image of an application gets: its repository from the manifests, its tag by choice. */
export async function askImage(application: ApplicationNode, argument: unknown, purpose: string): Promise<string> {
  const given = (argument as { tag?: unknown; reference?: unknown } | null | undefined) ?? {};
  if (typeof given.reference === 'string') return formatImageReference(parseImageReference(given.reference));
  const repository = await askRepository(application, purpose);
  const tag = typeof given.tag === 'string' ? given.tag : await askTag(application, repository, purpose);
  return formatImageReference({ ...parseImageReference(repository), tag, digest: undefined });
}

/** The repository that the manifests run, without tag and digest. */
async function askRepository({ images, name }: ApplicationNode, purpose: string): Promise<string> {
  const known = [...new Set(images.map(repositoryText))];
  const [only, ...others] = known;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) {
    return orDismissed(
      await window.showQuickPick(known, { title: purpose, placeHolder: 'Which repository?', ignoreFocusOut: true }),
    );
  }
  const registry = slipwaySettings.registry().replace(/\/+$/, '');
  return orDismissed(
    await window.showInputBox({
      title: purpose,
      prompt: `No manifest runs ${name} yet. Under which name is its image to be kept?`,
      value: registry === '' ? name : `${registry}/${name}`,
      ignoreFocusOut: true,
      validateInput: faultOfImageReference,
    }),
  );
}

async function askTag({ folder, images }: ApplicationNode, repository: string, purpose: string): Promise<string> {
  const existingTags = images.flatMap((image) => parseImageReference(image).tag ?? []);
  const facts = await gitFacts(Uri.parse(folder).fsPath, new AbortController().signal);
  const template = slipwaySettings.tagTemplate();
  const proposals = tagProposals({ ...facts, existingTags, template, now: new Date() }).filter(({ exists }) => !exists);
  const own = { label: '$(edit) Another tag…', tag: undefined };
  const choice = orDismissed(
    await window.showQuickPick(
      [...proposals.map(({ tag, reason }) => ({ label: tag, description: reason, tag })), own],
      { title: purpose, placeHolder: `Which tag of ${repository}?`, ignoreFocusOut: true },
    ),
  );
  if (choice.tag !== undefined) return choice.tag;
  return orDismissed(
    await window.showInputBox({
      title: purpose,
      prompt: `The tag of ${repository}`,
      ignoreFocusOut: true,
      validateInput: (tag) => faultOfImageReference(`${repository}:${tag}`),
    }),
  );
}
