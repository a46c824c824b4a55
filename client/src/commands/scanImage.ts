import { Uri, window, workspace } from 'vscode';
import { scanImage as scan } from '../adapters/vulnerabilityScanner.ts';
import { Failure } from '../cluster/failure.ts';
import { baseImages } from '../delivery/images/baseImages.ts';
import { vulnerabilitiesInWords } from '../delivery/images/vulnerabilities.ts';
import type { ScannedBase } from '../views/vulnerabilityDiagnostics.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withCancel } from './withCluster.ts';

/** Scans the base images of a Dockerfile by trivy or grype, and shows what they know on the FROM lines. */
export const scanImage: Command = {
  id: 'slipway.scanImage',
  needsTrust: true,
  async run(context, argument) {
    const uri = await askDockerfile(argument);
    const document = await workspace.openTextDocument(uri);
    const bases = baseImages(document.getText());
    const name = workspace.asRelativePath(uri);
    if (bases.length === 0) throw new Failure('not-found', `${name} names no base image that can be scanned.`);
    const references = [...new Set(bases.map(({ reference }) => reference))];
    const scans = await withCancel(`Scanning ${references.join(', ')}`, async (signal) => {
      const found: ScannedBase[] = [];
      for (const reference of references) {
        const result = await scan(reference, { environment: process.env }, signal);
        for (const base of bases) if (base.reference === reference) found.push({ base, ...result });
      }
      return found;
    });
    context.vulnerabilities.show(uri, scans);
    const words = scans.map(
      ({ base, vulnerabilities }) => `${base.reference}: ${vulnerabilitiesInWords(vulnerabilities)}`,
    );
    context.log.info(`Scanned the base images of ${name}. ${words.join('; ')}.`);
    window.setStatusBarMessage(words.join('; '), 10_000);
    await window.showTextDocument(document, { preview: false });
  },
};

async function askDockerfile(argument: unknown): Promise<Uri> {
  if (argument instanceof Uri) return argument;
  const given = (argument as { uri?: unknown } | null | undefined)?.uri;
  if (typeof given === 'string') return Uri.parse(given);
  const active = window.activeTextEditor?.document;
  if (active?.languageId === 'dockerfile') return active.uri;
  const files = await workspace.findFiles(
    '**/{Dockerfile,Dockerfile.*,*.Dockerfile,Containerfile}',
    '**/node_modules/**',
  );
  if (files.length === 0) throw new Failure('not-found', 'This workspace has no Dockerfile.');
  const items = files.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  return orDismissed(await window.showQuickPick(items, { placeHolder: 'Which Dockerfile?', ignoreFocusOut: true })).uri;
}
