import { ProgressLocation, window } from 'vscode';
import { KubernetesApi } from '../adapters/kubernetesApi.ts';
import { Failure } from '../cluster/failure.ts';
import type { KubeApi } from '../cluster/kubeApi.ts';
import type { CommandContext } from './command.ts';

/** Works with one context's API server under a progress that can be cancelled, and notes whether the server answered. */
export async function withCluster<T>(
  { isTrusted, target }: Pick<CommandContext, 'isTrusted' | 'target'>,
  contextName: string,
  title: string,
  work: (api: KubeApi, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const api = new KubernetesApi({ context: contextName, files: target.files, trusted: isTrusted() });
  try {
    const result = await withCancel(title, (signal) => work(api, signal));
    if (target.chosen?.context === contextName) target.heard('reachable');
    return result;
  } catch (error) {
    const isGone = error instanceof Failure && error.kind === 'unreachable';
    if (isGone && target.chosen?.context === contextName) target.heard('unreachable');
    throw error;
  } finally {
    api.dispose();
  }
}

/** Shows a progress that can be cancelled while something is worked on. */
export function withCancel<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return Promise.resolve(
    window.withProgress({ location: ProgressLocation.Notification, cancellable: true, title }, (_progress, token) => {
      const cancelling = new AbortController();
      token.onCancellationRequested(() => cancelling.abort());
      return work(cancelling.signal);
    }),
  );
}
