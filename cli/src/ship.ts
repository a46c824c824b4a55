import { readFile } from 'node:fs/promises';
import { readManifests } from '../../client/src/adapters/manifestFiles.ts';
import { type ContainerTestFile, parseContainerTests } from '../../client/src/delivery/containerTest.ts';
import { formatImageReference, parseImageReference, repositoryText } from '../../client/src/delivery/imageReference.ts';
import type { DeliveryIntent, DeployIntent, ReleaseIntent } from '../../client/src/delivery/intent.ts';
import { protectingPatterns } from './protectedContexts.ts';
import { type CommandRun, runDelivery, shipUnder } from './runDelivery.ts';
import { readShipOptions, SHIP_USAGE, type ShipOptions } from './shipOptions.ts';

/** `slipway ship`: build, test, push, review, apply and watch, by the engines of the editor. */
export async function runShip(args: readonly string[]): Promise<number> {
  const options = readShipOptions(args);
  if (!options) {
    process.stdout.write(SHIP_USAGE);
    return 0;
  }
  const patterns = options.paths.length === 0 ? [] : await protectingPatterns(options.paths);
  const changesCluster = options.paths.length > 0 && !options.review;
  return runDelivery(options.target, changesCluster, async (run) => {
    const intent = await intentOf(options, patterns, run);
    return shipUnder(run, intent);
  });
}

async function intentOf(options: ShipOptions, patterns: readonly string[], run: CommandRun): Promise<DeliveryIntent> {
  const { build, engine, image, overwrite, paths, push } = options;
  const reference = image === undefined ? undefined : formatImageReference(parseImageReference(image));
  const pushes = build !== undefined && push;
  return {
    engine,
    ...(build && reference !== undefined ? { build: { ...build, reference } } : {}),
    containerTests: await readTests(options.tests),
    ...(pushes && reference !== undefined ? { push: { reference, overwrite } } : {}),
    ...(options.release ? { release: await releaseOf(options, options.release, patterns, run) } : {}),
    ...(paths.length > 0 && !options.release ? { deploy: await deployOf(options, reference, patterns, run) } : {}),
  };
}

async function releaseOf(
  { review, target, undoOnFailure, watch }: ShipOptions,
  chart: NonNullable<ShipOptions['release']>,
  patterns: readonly string[],
  run: CommandRun,
): Promise<ReleaseIntent> {
  const { context, namespace, timeoutMilliseconds } = target;
  const confirmedContext = review ? undefined : await run.confirmContext(patterns);
  return {
    release: { ...chart, context, namespace },
    reviewOnly: review,
    protectedContexts: patterns,
    ...(confirmedContext === undefined ? {} : { confirmedContext }),
    ...(watch ? { watch: { timeoutMilliseconds, undoOnFailure } } : {}),
  };
}

async function deployOf(
  options: ShipOptions,
  reference: string | undefined,
  patterns: readonly string[],
  run: CommandRun,
): Promise<DeployIntent> {
  const { build, force, paths, prune, push, replaces, review, set, target, undoOnFailure, watch } = options;
  const { context, namespace, timeoutMilliseconds } = target;
  const tools = { environment: process.env, trusted: true };
  const documents = [];
  for (const path of paths) documents.push(...(await readManifests(path, tools, run.signal)));
  const confirmedContext = review ? undefined : await run.confirmContext(patterns);
  const pinDigest = build !== undefined && push;
  return {
    context,
    namespace,
    documents,
    force,
    reviewOnly: review,
    ...(set === undefined ? {} : { set: { name: set, namespace, prune } }),
    protectedContexts: patterns,
    ...(confirmedContext === undefined ? {} : { confirmedContext }),
    ...(reference === undefined
      ? {}
      : { images: [{ repository: replaces ?? repositoryText(reference), reference, pinDigest }] }),
    ...(watch ? { watch: { timeoutMilliseconds, undoOnFailure } } : {}),
  };
}

async function readTests(files: readonly string[]): Promise<ContainerTestFile[]> {
  return Promise.all(files.map(async (file) => parseContainerTests(file, await readFile(file, 'utf8'))));
}
