import assert from 'node:assert/strict';
import { applicationProgress } from '../../client/src/cluster/applicationProgress.ts';
import type { ArgoApplication } from '../../client/src/cluster/argoApplication.ts';
import type { RolloutOutcome } from '../../client/src/cluster/rolloutOutcome.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const source = { repoURL: 'https://git.example.com/shop', path: 'deploy', targetRevision: 'main' };
const healthy = { status: 'Healthy' };
const resources = [
  { kind: 'Service', name: 'web', namespace: 'shop', status: 'Synced' },
  { group: 'apps', kind: 'Deployment', name: 'web', namespace: 'shop', status: 'Synced', health: healthy },
];

function application(status: ArgoApplication['status'], more: Partial<ArgoApplication> = {}): ArgoApplication {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'shop', namespace: 'argocd' },
    spec: { source },
    status: {
      sync: { status: 'Synced', comparedTo: { source } },
      health: healthy,
      operationState: { phase: 'Succeeded' },
      resources,
      history: [{ id: 0 }, { id: 1 }],
      ...status,
    },
    ...more,
  };
}

const outcomeOf = (of: ArgoApplication): RolloutOutcome => applicationProgress(of, now, now).outcome;
const waitsFor = (of: ArgoApplication): string => {
  const outcome = outcomeOf(of);
  return outcome.state === 'progressing' ? outcome.waitingFor : `is ${outcome.state}`;
};

describe('The progress of an Argo CD application', () => {
  it('counts its objects, and is done when it is in sync and healthy', () => {
    const progress = applicationProgress(application({ summary: { images: ['shop/web:1'] } }), now - 5_000, now);
    assert.deepEqual(progress, {
      kind: 'Application',
      namespace: 'argocd',
      name: 'shop',
      images: ['shop/web:1'],
      revision: 1,
      desired: 2,
      updated: 2,
      ready: 2,
      available: 2,
      old: 0,
      elapsedMilliseconds: 5_000,
      outcome: { state: 'done' },
      troubles: [],
    });
  });

  it('says what it waits for', () => {
    assert.equal(waitsFor(application({}, { operation: { sync: {} } })), 'Argo CD to take up the sync');
    const running = { phase: 'Running', message: 'waiting for completion of hook batch/Job/migrate' };
    assert.equal(waitsFor(application({ operationState: running })), running.message);
    const outOfSync = { status: 'OutOfSync', comparedTo: { source } };
    const [service, deployment] = resources;
    const drifted = [service ?? assert.fail(), { ...(deployment ?? assert.fail()), status: 'OutOfSync' }];
    const manual = application({ sync: outOfSync, resources: drifted });
    assert.equal(waitsFor(manual), 'a sync: 1 of its objects are out of sync');
    const automated = application({ sync: outOfSync }, { spec: { source, syncPolicy: { automated: {} } } });
    assert.equal(waitsFor(automated), 'Argo CD to sync it by itself');
    assert.equal(
      waitsFor(application({ health: { status: 'Progressing' } })),
      'its objects to become healthy: it is Progressing',
    );
    assert.match(waitsFor(application({ health: { status: 'Suspended' } })), /somebody to resume it/);
    assert.match(waitsFor({ ...application({}), status: {} }), /to compare/);
  });

  it('does not take the former source’s success for this one', () => {
    const moved = application({}, { spec: { source: { ...source, targetRevision: 'v2' } } });
    assert.equal(waitsFor(moved), 'Argo CD to compare the application with its source');
    const several = application({}, { spec: { sources: [source] } });
    assert.equal(outcomeOf(several).state, 'done', 'one source among sources is the same source');
  });

  it('fails with the objects that could not be synced', () => {
    const operationState = {
      phase: 'Failed',
      message: 'one or more objects failed to apply',
      syncResult: {
        resources: [{ kind: 'Service', name: 'web', status: 'SyncFailed', message: 'spec.ports: Required value' }],
      },
    };
    const outcome = outcomeOf(application({ operationState }));
    assert.ok(outcome.state === 'failed');
    assert.equal(outcome.reason.code, 'SyncFailed');
    assert.equal(outcome.reason.said, 'one or more objects failed to apply\nService web: spec.ports: Required value');
    assert.deepEqual(outcome.reason.path, ['spec', 'source']);
  });

  it('names the hook that failed', () => {
    const hook = {
      kind: 'Job',
      name: 'migrate',
      hookType: 'PreSync',
      hookPhase: 'Failed',
      message: 'Job has reached the limit',
    };
    const operationState = { phase: 'Failed', message: 'one or more hooks failed', syncResult: { resources: [hook] } };
    const outcome = outcomeOf(application({ operationState }));
    assert.ok(outcome.state === 'failed');
    assert.equal(outcome.reason.message, 'The PreSync hook Job migrate of application shop failed.');
    assert.match(outcome.reason.said, /Job migrate: Job has reached the limit/);
  });

  it('waits some seconds for a repository that does not answer, then says so', () => {
    const since = (seconds: number) => [
      {
        type: 'ComparisonError',
        message: 'rpc error: app path does not exist',
        lastTransitionTime: new Date(now - seconds * 1000).toISOString(),
      },
    ];
    const sync = { status: 'Unknown', comparedTo: { source } };
    assert.equal(outcomeOf(application({ sync, conditions: since(5) })).state, 'progressing');
    const outcome = outcomeOf(application({ sync, conditions: since(30) }));
    assert.ok(outcome.state === 'failed');
    assert.equal(outcome.reason.advice, 'Correct repoURL, path and targetRevision.');
  });

  it('fails when one of its objects is degraded, with the words of its health', () => {
    const [service, deployment] = resources;
    const degraded = { status: 'Degraded', message: 'Deployment exceeded its progress deadline' };
    const sick = [service ?? assert.fail(), { ...(deployment ?? assert.fail()), health: degraded }];
    const outcome = outcomeOf(application({ health: { status: 'Degraded' }, resources: sick }));
    assert.ok(outcome.state === 'failed');
    assert.equal(outcome.reason.message, 'Deployment shop/web of application shop is degraded.');
    assert.equal(outcome.reason.said, degraded.message);
  });
});
