import { window } from 'vscode';
import { DockerEngine } from '../adapters/dockerEngine.ts';
import { ownEngineSearch } from '../adapters/engineEndpoint.ts';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import { scanImage as scan } from '../adapters/vulnerabilityScanner.ts';
import { Failure } from '../cluster/failure.ts';
import { imageSize } from '../delivery/imageSize.ts';
import { imageReport } from '../delivery/images/imageReport.ts';
import { wastedBytes } from '../delivery/images/wastedBytes.ts';
import { askImageReference } from './askImageReference.ts';
import type { Command } from './command.ts';
import { withCancel } from './withCluster.ts';

/** Shows an image of the engine: size by layer, bytes in vain, what to change, known vulnerabilities. */
export const analyzeImage: Command = {
  id: 'slipway.analyzeImage',
  needsTrust: true,
  async run(context, argument) {
    const reference = await askImageReference(context, argument, 'Analyse Image');
    const search = ownEngineSearch(slipwaySettings.engine());
    const engine = new DockerEngine({ search, trusted: context.isTrusted() });
    const report = await withCancel(`Reading ${reference}`, async (signal) => {
      const size = imageSize(await engine.history(reference, signal));
      const waste = wastedBytes(await engine.layers(reference, signal));
      try {
        const found = await scan(reference, { environment: process.env }, signal);
        return imageReport({ reference, size, waste, scan: found, notScanned: undefined });
      } catch (error) {
        // The size is worth knowing without a scanner; why there was no scan stands in the page.
        if (!(error instanceof Failure) || error.kind === 'cancelled') throw error;
        const notScanned = [error.report.message, error.report.said, error.report.advice].filter(Boolean).join(' ');
        return imageReport({ reference, size, waste, scan: undefined, notScanned });
      }
    });
    await context.reports.show(`Image ${reference}`, report);
    window.setStatusBarMessage(`Slipway read ${reference}.`, 5_000);
  },
};
