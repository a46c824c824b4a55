import { inApplyOrder } from '../cluster/applyOrder.ts';
import { isArgoApplication } from '../cluster/argoApplication.ts';
import { Failure } from '../cluster/failure.ts';
import { protectingPattern } from '../cluster/protectedContext.ts';
import { isWorkload } from '../cluster/workload.ts';
import type { WorkloadReference } from '../cluster/workloadReference.ts';
import type { ContainerTestFile } from './containerTest.ts';
import { distinctDocuments } from './distinctDocuments.ts';
import type { DeliveryIntent, DeployIntent, ReleaseIntent, RolloutIntent } from './intent.ts';
import type { ManifestDocument } from './manifest.ts';
import type { Step } from './step.ts';

/**
 * The steps that fulfil an intent, in order. Pure. Every step carries its own engine, context and namespace. Throws
 * `invalid` when the intent contradicts itself.
 */
export function planDelivery(intent: DeliveryIntent): readonly Step[] {
  const steps: Step[] = [...imageSteps(intent)];
  if (intent.deploy) steps.push(...deploySteps(intent.deploy));
  if (intent.release) steps.push(...releaseSteps(intent.release));
  if (intent.rollout) steps.push(...rolloutSteps(intent.rollout));
  return steps;
}

function imageSteps(intent: DeliveryIntent): Step[] {
  const { build, containerTests = [], push } = intent;
  const reference = build?.reference ?? push?.reference;
  if (reference === undefined) return [];
  const { engine } = intent;
  if (engine === undefined) throw new Failure('invalid', `No container engine is chosen for ${reference}.`);
  const builtIntoRegistry = build?.output === 'registry';
  if (builtIntoRegistry && containerTests.length > 0) {
    throw new Failure(
      'invalid',
      `Container tests need ${reference} in the engine, but it is built into the registry.`,
      {
        advice: 'Build for one platform into the engine, or leave the tests out.',
      },
    );
  }
  if (!builtIntoRegistry && (build?.platforms?.length ?? 0) > 1) {
    throw new Failure('invalid', `${reference} is built for several platforms, which an engine cannot hold.`, {
      advice: 'Build it straight into the registry.',
    });
  }
  const overwrite = push?.overwrite ?? false;
  const pushed = push?.reference ?? (builtIntoRegistry ? reference : undefined);
  const steps: Step[] = [];
  if (pushed !== undefined && build) {
    steps.push({
      kind: 'check-version',
      id: 'check-version',
      title: `Check that ${pushed} is new`,
      engine,
      reference: pushed,
      overwrite,
    });
  }
  if (build)
    steps.push({ kind: 'build-image', id: 'build-image', title: `Build ${reference}`, engine, request: build });
  if (containerTests.length > 0) {
    steps.push({
      kind: 'test-image',
      id: 'test-image',
      title: `Test ${reference}${rightsInWords(containerTests)}`,
      engine,
      reference,
      tests: containerTests,
    });
  }
  if (pushed !== undefined && !builtIntoRegistry) {
    steps.push({ kind: 'push-image', id: 'push-image', title: `Push ${pushed}`, engine, reference: pushed, overwrite });
  }
  return steps;
}

/** What test files ask for beyond a container of its own; whoever reads the steps must see it. */
function rightsInWords(tests: readonly ContainerTestFile[]): string {
  const options = tests.map(({ runOptions }) => runOptions);
  const rights = [
    ...(options.some(({ isPrivileged }) => isPrivileged) ? ['privileged'] : []),
    ...options.flatMap(({ capabilities = [] }) => capabilities),
    ...options.flatMap(({ mounts = [] }) => mounts),
  ];
  return rights.length === 0 ? '' : ` with ${[...new Set(rights)].join(', ')}`;
}

function deploySteps(deploy: DeployIntent): Step[] {
  const { context, namespace, images = [], force = false } = deploy;
  const inSet = deploy.set ? { set: deploy.set } : {};
  if (deploy.documents.length === 0) throw new Failure('invalid', 'There is nothing to deploy: no document was given.');
  const documents = inApplyOrder(distinctDocuments(deploy.documents, namespace), ({ object }) => object);
  const where = `to ${context}, namespace ${namespace}`;
  const count = `${documents.length} object${documents.length === 1 ? '' : 's'}`;
  const guard = guardOf(deploy);
  const steps: Step[] = [
    {
      kind: 'dry-run',
      id: 'dry-run',
      title: `Review ${count} ${where}`,
      context,
      namespace,
      documents,
      images,
      force,
      ...inSet,
    },
  ];
  if (deploy.reviewOnly) return steps;
  steps.push({
    kind: 'apply',
    id: 'apply',
    title: `Apply ${count} ${where}`,
    context,
    namespace,
    documents,
    images,
    force,
    ...inSet,
    ...guard,
  });
  steps.push(...watchSteps(deploy, documents));
  // Pruned last: what the new objects replace goes only when they run.
  if (deploy.set?.prune) {
    steps.push({
      kind: 'prune',
      id: 'prune',
      title: `Prune what is gone from ${deploy.set.name} on ${context}`,
      context,
      namespace,
      set: deploy.set,
      documents,
      ...guard,
    });
  }
  return steps;
}

function watchSteps(deploy: DeployIntent, documents: readonly ManifestDocument[]): Step[] {
  const { context, namespace, watch } = deploy;
  if (!watch) return [];
  const guard = guardOf(deploy);
  const steps: Step[] = [];
  for (const { object, file, documentIndex } of documents) {
    if (!isWorkload(object) && !isArgoApplication(object)) continue;
    const workload = {
      kind: object.kind,
      namespace: object.metadata.namespace ?? namespace,
      name: object.metadata.name,
    };
    steps.push({
      kind: 'watch-rollout',
      id: watchId(workload),
      title: `Watch ${workload.kind} ${workload.namespace}/${workload.name} on ${context}`,
      context,
      workload,
      ...watch,
      manifest: { file, documentIndex },
      ...guard,
    });
  }
  return steps;
}

function releaseSteps(intent: ReleaseIntent): Step[] {
  const { release, watch } = intent;
  const { context, name, namespace } = release;
  const where = `${namespace}/${name} on ${context}`;
  const review: Step = {
    kind: 'review-release',
    id: 'review-release',
    title: `Review release ${where}`,
    context,
    release,
  };
  if (intent.reviewOnly) return [review];
  return [
    review,
    {
      kind: 'upgrade-release',
      id: 'upgrade-release',
      title: `Install or upgrade release ${where}`,
      context,
      namespace,
      release,
      ...(watch ? { watch } : {}),
      ...guardOf({ ...intent, context }),
    },
  ];
}

function rolloutSteps(rollout: RolloutIntent): Step[] {
  const { context, workload, timeoutMilliseconds, undo, sync, manifest } = rollout;
  const named = `${workload.kind} ${workload.namespace}/${workload.name} on ${context}`;
  const guard = guardOf(rollout);
  const steps: Step[] = [];
  if (sync) {
    const target = sync.revision === undefined ? 'its source' : `revision ${sync.revision}`;
    const title = `Sync ${named} with ${target}`;
    steps.push({ kind: 'sync-application', id: 'sync-application', title, context, workload, sync, ...guard });
  }
  if (undo) {
    const target = undo.toRevision === undefined ? 'its former revision' : `revision ${undo.toRevision}`;
    steps.push({
      kind: 'undo',
      id: 'undo',
      title: `Take ${named} back to ${target}`,
      context,
      workload,
      ...undo,
      ...guard,
    });
  }
  steps.push({
    kind: 'watch-rollout',
    id: watchId(workload),
    title: `Watch ${named}`,
    context,
    workload,
    timeoutMilliseconds,
    undoOnFailure: false,
    ...(manifest ? { manifest } : {}),
    ...guard,
  });
  return steps;
}

function watchId(workload: WorkloadReference): string {
  return `watch-rollout/${workload.kind}/${workload.namespace}/${workload.name}`;
}

function guardOf(intent: { context: string; protectedContexts?: readonly string[]; confirmedContext?: string }): {
  protectedBy?: string;
  confirmedContext?: string;
} {
  const protectedBy = protectingPattern(intent.context, intent.protectedContexts ?? []);
  return {
    ...(protectedBy === undefined ? {} : { protectedBy }),
    ...(intent.confirmedContext === undefined ? {} : { confirmedContext: intent.confirmedContext }),
  };
}
