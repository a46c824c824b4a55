import { slipwaySettings } from '../adapters/slipwaySettings.ts';
import type { SlipwayServer } from '../languageClient/slipwayServer.ts';

/** The patterns of protected contexts: the user's own, and those of the workspace's `slipway.yaml` files. Neither takes from the other. */
export async function protectingPatterns(server: Pick<SlipwayServer, 'protectedContexts'>): Promise<readonly string[]> {
  return [...new Set([...slipwaySettings.protectedContexts(), ...(await server.protectedContexts())])];
}
