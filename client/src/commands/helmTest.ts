import { commands, window } from 'vscode';
import type { ReleaseTest } from '../adapters/helmClient.ts';
import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import type { ResourceType } from '../cluster/resourceType.ts';
import type { ReleaseReference } from '../delivery/release/helmEngine.ts';
import { askInstalledRelease } from './askInstalledRelease.ts';
import { askProtection } from './askProtection.ts';
import type { Command, CommandContext } from './command.ts';
import { releaseClient } from './releaseClient.ts';
import { withCancel } from './withCluster.ts';

/** Runs the tests of a release in its cluster, and leads to the log of the one that failed. */
export const helmTest: Command = {
  id: 'slipway.helmTest',
  needsTrust: true,
  async run(context, argument) {
    const { reference, where } = await askInstalledRelease(context, argument, 'Test Release');
    await askProtection(context, reference.context, `Test ${where}`);
    context.log.info(`=== Test ${where}`);
    const tests = await withCancel(`Testing ${where}`, (signal) =>
      releaseClient(context).test(reference, slipwaySettings.rolloutTimeoutMilliseconds(), signal),
    );
    for (const { hasPassed, kind, name } of tests) {
      context.log.info(`${kind} ${name}: ${hasPassed ? 'passed' : 'failed'}`);
    }
    const failed = tests.filter(({ hasPassed }) => !hasPassed);
    if (failed.length === 0) {
      window.setStatusBarMessage(`All ${tests.length} tests of ${where} passed.`, 10_000);
      return;
    }
    offerLog(context, reference, failed, `${failed.length} of ${tests.length} tests of ${where} failed`);
  },
};

const TEST_TYPES: Readonly<Record<ReleaseTest['kind'], ResourceType>> = {
  Pod: { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: [] },
  Job: { group: 'batch', version: 'v1', kind: 'Job', plural: 'jobs', namespaced: true, verbs: [] },
};

/** The answer may come much later, or never; the command has ended by then. */
function offerLog(
  { log }: Pick<CommandContext, 'log'>,
  { context, namespace }: ReleaseReference,
  failed: readonly ReleaseTest[],
  message: string,
): void {
  const names = failed.map(({ name }) => name).join(', ');
  const [first] = failed;
  window.showErrorMessage(`${message}: ${names}.`, 'Show Log of the Test').then(
    (choice) => {
      if (choice === undefined || !first) return undefined;
      const object = { type: TEST_TYPES[first.kind], namespace, name: first.name };
      return commands.executeCommand('slipway.showLogs', { context, namespace, object });
    },
    (error: unknown) => log.error(String(error)),
  );
}
