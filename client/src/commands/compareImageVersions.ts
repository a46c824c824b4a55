import { window } from 'vscode';
import { DockerEngine } from '../adapters/dockerEngine.ts';
import { ownEngineSearch } from '../adapters/engineEndpoint.ts';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import { Failure } from '../cluster/failure.ts';
import { formatImageReference, parseImageReference, repositoryText } from '../delivery/imageReference.ts';
import { versionReport } from '../delivery/images/imageReport.ts';
import { compareRegistryVersions } from '../delivery/images/registryVersion.ts';
import { askImageReference } from './askImageReference.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCancel } from './withCluster.ts';

const PLATFORM = 'linux/amd64';

/** Lists the versions that a registry has of an image, and compares two of them. */
export const compareImageVersions: Command = {
  id: 'slipway.compareImageVersions',
  needsTrust: true,
  async run(context, argument) {
    const reference = await askImageReference(context, argument, 'Image Versions');
    const repository = repositoryText(reference);
    const engine = new DockerEngine({
      search: ownEngineSearch(slipwaySettings.engine()),
      trusted: context.isTrusted(),
    });
    const tags = await withCancel(`Listing the versions of ${repository}`, (signal) =>
      engine.remoteTags(reference, signal),
    );
    if (tags.length === 0) throw new Failure('not-found', `The registry has no version of ${repository}.`);
    const newestFirst = [...tags].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
    const own = parseImageReference(reference).tag;
    const before = await choose(newestFirst, `Versions of ${repository}: compare which…`, own);
    const after = await choose(
      newestFirst.filter((tag) => tag !== before),
      `… with which? (first: ${before})`,
      undefined,
    );
    const [one, other] = await withCancel(`Comparing ${before} with ${after}`, (signal) =>
      Promise.all(
        [before, after].map(async (tag) => {
          const full = formatImageReference({ ...parseImageReference(repository), tag });
          const version = await engine.remoteVersion(full, PLATFORM, signal);
          if (!version) throw new Failure('not-found', `The registry no longer has ${full}.`);
          return version;
        }),
      ),
    );
    const report = versionReport(one!, other!, compareRegistryVersions(one!, other!));
    await context.reports.show(`${repository} ${before} and ${after}`, report);
  },
};

async function choose(tags: readonly string[], title: string, mark: string | undefined): Promise<string> {
  const items = tags.map((label) => ({ label, description: label === mark ? 'in the manifests' : '' }));
  return orDismissed(await window.showQuickPick(items, { title, ignoreFocusOut: true })).label;
}
