import path from 'node:path';
import { protectedContexts } from '../../server/src/configuration/settings.ts';
import { outerConfigurations } from '../../server/src/host/outerConfigurations.ts';
import { type FoundFile, readWorkspace } from '../../server/src/host/workspaceFiles.ts';
import { LANGUAGES } from '../../server/src/languages/languages.ts';
import { World } from '../../server/src/workspace/world.ts';
import { CommandLineError } from './commandLineError.ts';
import { exists } from './exists.ts';
import { relativePath } from './loadWorld.ts';

const IS_CONFIGURATION = /\/\.?slipway\.ya?ml$/;

/**
 * The patterns of protected contexts in every `slipway.yaml` below the paths, above them and above the working
 * directory. A file that cannot be read or understood is a usage error: what it protects must not be reached by a typing
 * mistake in it.
 */
export async function protectingPatterns(paths: readonly string[]): Promise<readonly string[]> {
  const world = new World(LANGUAGES);
  for await (const found of configurations(paths)) {
    if ('problem' in found) throw new CommandLineError(`${relativePath(found.uri)} cannot be read: ${found.message}`);
    world.apply([found]);
    const problem = world.snapshot().files.get(found.uri)?.parsed.problems[0];
    if (problem) {
      throw new CommandLineError(
        `${relativePath(found.uri)} is not valid YAML, so what it protects is not known: ${problem.message}`,
      );
    }
  }
  return protectedContexts(world.snapshot().graph);
}

async function* configurations(paths: readonly string[]): AsyncGenerator<FoundFile> {
  for (const start of new Set(paths.map((one) => path.resolve(one)))) {
    yield* readWorkspace(start, (uri) => IS_CONFIGURATION.test(uri));
    yield* await outerConfigurations(start);
  }
  for (const name of ['slipway.yaml', 'slipway.yml', '.slipway.yaml', '.slipway.yml']) {
    if (await exists(name)) yield* readWorkspace(name, () => true);
  }
  yield* await outerConfigurations('.');
}
