import type { ChosenTarget, ClusterState } from '../adapters/clusterTarget.ts';

/** What the status bar is told from. */
export interface StatusSituation {
  readonly target: ChosenTarget | undefined;
  readonly cluster: ClusterState;
  readonly isTrusted: boolean;
  /** Errors and warnings of Slipway in the workspace; undefined where they are not to be shown. */
  readonly findings: { readonly errors: number; readonly warnings: number } | undefined;
  /** What a delivery that runs is doing. */
  readonly running: string | undefined;
}

/** The status bar's text, its explanation, and whether it asks for attention. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly isWarning: boolean;
}

/** Says where the workspace would be deployed to, in few words. */
export function statusText({ cluster, findings, isTrusted, running, target }: StatusSituation): StatusText {
  const counts = findings ? ` $(error) ${findings.errors} $(warning) ${findings.warnings}` : '';
  if (running !== undefined)
    return { text: `$(sync~spin) ${running}`, tooltip: `Slipway: ${running}`, isWarning: false };
  if (!isTrusted) {
    return {
      text: `$(shield) Slipway: restricted${counts}`,
      tooltip: 'This workspace is not trusted: Slipway checks files, but builds, deploys and runs nothing.',
      isWarning: false,
    };
  }
  if (!target) {
    return {
      text: `$(package) Slipway: no context${counts}`,
      tooltip: 'No Kubernetes context is chosen for this workspace. Select to choose one.',
      isWarning: false,
    };
  }
  const icon = cluster === 'unreachable' ? '$(debug-disconnect)' : cluster === 'reachable' ? '$(check)' : '$(package)';
  return {
    text: `${icon} ${target.context}/${target.namespace}${counts}`,
    tooltip: `Context ${target.context}, namespace ${target.namespace}: ${cluster}. Select to choose another.`,
    isWarning: cluster === 'unreachable',
  };
}
