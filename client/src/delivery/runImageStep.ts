import { Failure } from '../cluster/failure.ts';
import type { BuildRequest } from './buildRequest.ts';
import type { StepResult } from './deliveryEvent.ts';
import type { ImageEngine } from './imageEngine.ts';
import { runContainerTests } from './runContainerTests.ts';
import type { BuildImage, CheckVersion, PushImage, TestImage } from './step.ts';
import type { StepRun } from './stepRun.ts';

/** How long the engine is asked what an interrupted step left, once the delivery itself is over. */
const aftermathMilliseconds = 5_000;

/** Refuses a version that the registry already has, unless it may be overwritten. */
export async function checkVersion(step: CheckVersion, run: StepRun): Promise<StepResult> {
  const engine = await run.engines.imageEngine(step.engine);
  const existingDigest = await digestIfTold(engine, step, run);
  if (existingDigest !== undefined && !step.overwrite) throw versionExists(step.reference, existingDigest);
  if (existingDigest !== undefined) {
    run.emit({ type: 'notice', step: step.id, text: `${step.reference} (${existingDigest}) will be overwritten.` });
  }
  return { kind: 'checked', existingDigest };
}

/**
 * The digest that the registry has. Some registries refuse to speak of a repository that does not exist yet; that is
 * told and taken for a new version, because who may not look may not push either.
 */
async function digestIfTold(
  engine: ImageEngine,
  { id, reference }: CheckVersion | PushImage,
  run: StepRun,
): Promise<string | undefined> {
  try {
    return await engine.remoteDigest(reference, run.signal);
  } catch (error) {
    if (!(error instanceof Failure) || (error.kind !== 'forbidden' && error.kind !== 'unauthorised')) throw error;
    const text = `The registry does not say whether it has ${reference}: ${error.report.said || error.report.message}`;
    run.emit({ type: 'notice', step: id, text });
    return undefined;
  }
}

/** Builds; when it does not end well, tells whether the tag still names what it named before. */
export async function buildImage(step: BuildImage, run: StepRun): Promise<StepResult> {
  const engine = await run.engines.imageEngine(step.engine);
  const { reference } = step.request;
  const before = await whatIsThere(engine, step.request, run.signal);
  try {
    const image = await engine.build(
      step.request,
      (report) =>
        run.emit(
          report.kind === 'progress'
            ? { type: 'build-progress', step: step.id, progress: report.progress }
            : { type: 'notice', step: step.id, text: report.text },
        ),
      run.signal,
    );
    if (image.digest !== undefined) run.digests.set(reference, image.digest);
    return { kind: 'built', reference, id: image.id, digest: image.digest };
  } catch (error) {
    run.remains.push(await aftermathOfBuild(engine, step.request, before));
    throw error;
  }
}

/** What the tag of a build names before or after it: an image of the engine, or a digest in the registry. */
async function whatIsThere(
  engine: ImageEngine,
  { output, reference }: BuildRequest,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (output === 'registry') return engine.remoteDigest(reference, signal);
  return (await engine.describe(reference, signal))?.id;
}

async function aftermathOfBuild(
  engine: ImageEngine,
  request: BuildRequest,
  before: string | undefined,
): Promise<string> {
  const { output, reference } = request;
  try {
    const after = await whatIsThere(engine, request, AbortSignal.timeout(aftermathMilliseconds));
    const where = output === 'registry' ? 'registry' : 'engine';
    if (after !== before) {
      const rest = output === 'registry' ? '' : ' It was not pushed.';
      return `The build had finished: ${reference} now names the new image.${rest}`;
    }
    return before === undefined
      ? `No image ${reference} was made.`
      : `${reference} in the ${where} is still the image from before.`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `Whether ${reference} was made is not known: ${error.report.message}`;
  }
}

/** Runs all container tests; one that fails makes the step fail, after all have run. */
export async function testImage(step: TestImage, run: StepRun): Promise<StepResult> {
  const engine = await run.engines.imageEngine(step.engine);
  const results = [];
  for (const tests of step.tests) {
    const ofFile = await runContainerTests(
      engine,
      step.reference,
      tests,
      (result) => run.emit({ type: 'container-test', step: step.id, result }),
      run.signal,
    );
    results.push(...ofFile);
  }
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const ran = results.filter(({ outcome }) => outcome !== 'notRun').length;
  if (failed.length > 0) {
    throw new Failure('container-test', `${failed.length} of ${ran} tests of ${step.reference} failed.`, {
      said: failed.map(({ name, complaints }) => `${name}: ${complaints.join(' ')}`).join('\n'),
      advice: 'Nothing was pushed. Correct the image or the tests.',
      places: [...new Set(failed.map(({ file }) => file))].map((file) => ({ file })),
    });
  }
  return { kind: 'tested', passed: ran, notRun: results.length - ran };
}

/**
 * Pushes. The registry is asked once more for the version: somebody may have pushed it during the build. When the
 * registry already has exactly this image, nothing needs to be pushed, so a delivery can be repeated.
 */
export async function pushImage(step: PushImage, run: StepRun): Promise<StepResult> {
  const engine = await run.engines.imageEngine(step.engine);
  const { reference } = step;
  const image = await engine.describe(reference, run.signal);
  if (!image) {
    throw new Failure('not-found', `The engine ${engine.name} has no image ${reference} to push.`, {
      advice: 'Build it first.',
    });
  }
  const existing = await digestIfTold(engine, step, run);
  if (existing !== undefined && image.repoDigests.some((repoDigest) => repoDigest.endsWith(`@${existing}`))) {
    run.emit({ type: 'notice', step: step.id, text: `The registry already has exactly this image as ${reference}.` });
    run.digests.set(reference, existing);
    return { kind: 'pushed', reference, digest: existing };
  }
  if (existing !== undefined && !step.overwrite) throw versionExists(reference, existing);
  try {
    const report = (progress: Parameters<Parameters<ImageEngine['push']>[1]>[0]): void =>
      run.emit({ type: 'push-progress', step: step.id, progress });
    const digest = await engine.push(reference, report, run.signal);
    run.digests.set(reference, digest);
    return { kind: 'pushed', reference, digest };
  } catch (error) {
    run.remains.push(await aftermathOfPush(engine, reference, existing));
    throw error;
  }
}

async function aftermathOfPush(engine: ImageEngine, reference: string, before: string | undefined): Promise<string> {
  try {
    const after = await engine.remoteDigest(reference, AbortSignal.timeout(aftermathMilliseconds));
    if (after !== before) return `The push had finished: the registry now has ${reference} as ${after}.`;
    return before === undefined
      ? `The registry has no ${reference}; layers that were uploaded are used by the next push.`
      : `${reference} in the registry is still ${before}.`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `Whether the registry has ${reference} is not known: ${error.report.message} Push again to be sure.`;
  }
}

function versionExists(reference: string, digest: string): Failure {
  return new Failure('exists', `The registry already has ${reference}.`, {
    said: digest,
    advice: 'Choose another tag, or allow this version to be overwritten.',
  });
}
