import type { FailureReport } from '../cluster/failure.ts';
import { describeConflicts } from '../cluster/fieldConflicts.ts';
import type { DeliveryEvent } from './deliveryEvent.ts';

/** One line for the log. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error' | 'debug';
  readonly text: string;
}

/**
 * What is written to the log for an event. Progress is left to the views; events carry no secret, and neither do these
 * lines.
 */
export function deliveryLogLines(event: DeliveryEvent): LogLine[] {
  switch (event.type) {
    case 'planned':
      return event.steps.map((step, index) => ({ level: 'info', text: `${index + 1}. ${step.title}` }));
    case 'step-started':
      return [{ level: 'info', text: `${event.step}: started` }];
    case 'step-finished':
      return [{ level: 'info', text: `${event.step}: ${resultText(event.result)}` }];
    case 'step-failed':
      return [
        {
          level: event.failure.kind === 'cancelled' ? 'warn' : 'error',
          text: `${event.step}: ${failureText(event.failure)}`,
        },
        ...event.remains.map((text): LogLine => ({ level: 'warn', text: `${event.step}: ${text}` })),
      ];
    case 'notice':
      return [{ level: 'info', text: `${event.step}: ${event.text}` }];
    case 'container-test': {
      const { complaints, file, name, outcome } = event.result;
      const level = outcome === 'failed' ? 'error' : outcome === 'notRun' ? 'warn' : 'info';
      return [{ level, text: [`${name} (${file}): ${outcome}`, ...complaints].join('\n  ') }];
    }
    case 'reviewed': {
      const { change, conflicts, diff, kind, name, namespace, owner } = event.review;
      const text = `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}: ${change}`;
      return [
        { level: 'info', text: [text, ...(diff?.lines ?? [])].join('\n  ') },
        ...(owner ? [{ level: 'warn' as const, text: owner.warning }] : []),
        ...(conflicts.length > 0
          ? [{ level: 'warn' as const, text: `Takes over what others own: ${describeConflicts(conflicts)}.` }]
          : []),
      ];
    }
    case 'applied': {
      const { context, kind, name, namespace } = event.object;
      return [
        {
          level: 'info',
          text: `Applied ${kind} ${namespace === undefined ? name : `${namespace}/${name}`} on ${context}`,
        },
      ];
    }
    case 'pruned': {
      const { context, kind, name, namespace } = event.object;
      return [
        {
          level: 'info',
          text: `Deleted ${kind} ${namespace === undefined ? name : `${namespace}/${name}`} on ${context}`,
        },
      ];
    }
    case 'undone':
      return [
        { level: 'warn', text: `${event.step}: taken back from revision ${event.result.from} to ${event.result.to}` },
      ];
    case 'rollout': {
      const { desired, old, outcome, ready } = event.sighting.progress;
      return [
        { level: 'debug', text: `${event.step}: ${ready} of ${desired} new pods ready, ${old} old, ${outcome.state}` },
      ];
    }
    case 'build-progress':
    case 'push-progress':
      return [];
  }
}

/** A failure with the other program's words and what can be done. */
export function failureText({ advice, message, said }: FailureReport): string {
  return [message, said, advice].filter((text) => text !== '').join('\n  ');
}

function resultText(result: Extract<DeliveryEvent, { type: 'step-finished' }>['result']): string {
  switch (result.kind) {
    case 'checked':
      return result.existingDigest === undefined
        ? 'the version is new'
        : `the version exists as ${result.existingDigest}`;
    case 'built':
      return `built ${result.reference}${result.id === '' ? '' : ` (${result.id})`}`;
    case 'tested':
      return `${result.passed} tests passed${result.notRun > 0 ? `, ${result.notRun} not run` : ''}`;
    case 'pushed':
      return `pushed ${result.reference}@${result.digest}`;
    case 'reviewed':
      return `${result.changes} changes`;
    case 'applied':
      return `${result.objects} objects applied`;
    case 'pruned':
      return `${result.objects} objects pruned${result.kept > 0 ? `, ${result.kept} left` : ''}`;
    case 'sync-requested':
      return 'Argo CD was asked for a sync';
    case 'rolled-out':
      return `revision ${result.revision} runs ${result.images.join(', ')}`;
    case 'undone':
      return `taken back from revision ${result.from} to ${result.to}`;
  }
}
