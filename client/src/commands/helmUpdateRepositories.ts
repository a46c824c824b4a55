import type { Command } from './command.ts';
import { withHelm } from './withHelm.ts';

/** Fetches anew what all chart repositories offer. */
export const helmUpdateRepositories: Command = {
  id: 'slipway.helmUpdateRepositories',
  needsTrust: true,
  run: (context) => withHelm(context, 'helm repo update', (helm, signal) => helm.updateRepositories(signal)),
};
