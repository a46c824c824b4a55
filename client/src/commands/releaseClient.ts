import { HelmClient } from '../adapters/helmClient.ts';
import type { CommandContext } from './command.ts';

/** The helm of this machine on the clusters of the kubeconfigs in force. */
export function releaseClient({ isTrusted, target }: Pick<CommandContext, 'isTrusted' | 'target'>): HelmClient {
  return new HelmClient({
    command: 'helm',
    environment: process.env,
    kubeconfigs: target.files,
    trusted: isTrusted(),
  });
}
