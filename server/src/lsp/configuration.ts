import { DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import type { LspFeature } from './lspFeature.ts';

/** Reads the user's `slipway` settings, and again whenever the client says that they changed. */
export const configuration: LspFeature = {
  name: 'configuration',
  capabilities: () => ({}),
  register({ client, connection, faults, settings, whenInitialized }) {
    const read = async (pushed?: unknown): Promise<void> => {
      if (client.workspace?.configuration) settings.update(await connection.workspace.getConfiguration('slipway'));
      else if (pushed !== undefined) settings.update((pushed as { slipway?: unknown } | null)?.slipway);
    };
    connection.onDidChangeConfiguration(
      faults.notification('workspace/didChangeConfiguration', ({ settings: pushed }) => read(pushed ?? null)),
    );
    whenInitialized('reading the configuration', async () => {
      if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
        await connection.client.register(DidChangeConfigurationNotification.type, { section: 'slipway' });
      }
      await read();
    });
  },
};
