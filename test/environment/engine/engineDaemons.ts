import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../processes/findProgram.ts';
import type { Namespaces } from '../processes/namespaces.ts';
import { runProgram } from '../processes/runProgram.ts';
import type { StateFolder } from '../processes/stateFolder.ts';
import { until } from '../processes/until.ts';
import { toolPath } from '../tools/tools.ts';
import { buildkitConfiguration, registryConfiguration, withoutInternet } from './engineFiles.ts';
import { imagePlace, pushImage } from './pushImage.ts';
import { type StandInImage, standInContent } from './standInImage.ts';

/** A real Docker engine, a registry, and BuildKit behind a buildx builder. */
export interface Engine {
  /** Such as `unix:///tmp/…/docker.sock`. */
  readonly dockerHost: string;
  /** The registry's address as the engine, BuildKit and image names use it: `127.0.0.1:5000`. */
  readonly registry: string;
  /** The name of the builder, for `docker buildx build --builder`. */
  readonly buildxBuilder: string;
  /** A folder to be used as `DOCKER_CONFIG`: it has the buildx plugin and no credentials. */
  readonly dockerConfigFolder: string;
  /** The variables that make the docker command use all of this: pass them to the programs under test. */
  readonly environment: Readonly<Record<string, string>>;
  /** Puts stand-ins into the registry, from where builds and pulls get them under their public names. */
  importBaseImages(images: readonly (string | StandInImage)[]): Promise<void>;
}

export interface EngineDaemonsOptions {
  readonly state: StateFolder;
  readonly namespaces: Namespaces;
  readonly buildxBuilder: string;
  /** The address on which the registry listens, such as `127.0.0.1:5000` or `:5000`. */
  readonly registryListens: string;
  /** The addresses under which it is known inside of the namespaces; the first goes into image names. */
  readonly registryAddresses: readonly [string, ...string[]];
  /** The address under which this process reaches it. */
  readonly registryFromHost: string;
  /** dockerd's options for the network of containers. */
  readonly network: readonly string[];
}

/** Starts registry, dockerd and buildkitd in the namespaces, and makes the builder. */
export async function startEngineDaemons(options: EngineDaemonsOptions): Promise<Engine> {
  const { state, namespaces, registryAddresses, registryFromHost, buildxBuilder } = options;
  const file = (name: string) => join(state.path, name);
  const offline = withoutInternet(registryAddresses);

  writeFileSync(file('registry.yml'), registryConfiguration(options.registryListens, file('registry')));
  await namespaces.start('registry', [findProgram('docker-registry')!, 'serve', file('registry.yml')]);
  const dockerSocket = file('docker.sock');
  await namespaces.start('dockerd', dockerdCommand(options, dockerSocket), offline);
  const buildkitSocket = file('buildkitd.sock');
  writeFileSync(file('buildkitd.toml'), buildkitConfiguration(registryAddresses));
  await namespaces.start(
    'buildkitd',
    [
      toolPath('buildkitd'),
      `--config=${file('buildkitd.toml')}`,
      `--addr=unix://${buildkitSocket}`,
      `--root=${file('buildkit')}`,
      '--oci-worker-net=host',
    ],
    offline,
  );

  const dockerConfigFolder = createDockerConfigFolder(file('docker-config'));
  const environment = {
    DOCKER_HOST: `unix://${dockerSocket}`,
    DOCKER_CONFIG: dockerConfigFolder,
    BUILDX_CONFIG: join(dockerConfigFolder, 'buildx'),
    BUILDX_BUILDER: buildxBuilder,
  };
  await until('registry, dockerd and buildkitd answer', 60_000, async () => {
    namespaces.assertAllRun();
    const listening = existsSync(dockerSocket) && existsSync(buildkitSocket);
    return listening && (await registryAnswers(registryFromHost));
  });
  await runProgram(
    'docker',
    ['buildx', 'create', '--name', buildxBuilder, '--driver', 'remote', `unix://${buildkitSocket}`],
    { environment: { ...environment, BUILDX_BUILDER: '' } },
  );
  return {
    dockerHost: environment.DOCKER_HOST,
    registry: registryAddresses[0],
    buildxBuilder,
    dockerConfigFolder,
    environment,
    async importBaseImages(images) {
      for (const image of images) {
        const standIn = typeof image === 'string' ? { name: image } : image;
        await pushImage(registryFromHost, imagePlace(standIn.name), await standInContent(standIn));
      }
    },
  };
}

/** docker.io names are answered by the test registry; the machine's packet filter and forwarding are left alone. */
function dockerdCommand(options: EngineDaemonsOptions, socket: string): [string, ...string[]] {
  return [
    findProgram('dockerd')!,
    `--host=unix://${socket}`,
    `--data-root=${join(options.state.path, 'docker')}`,
    '--exec-root=/run/docker',
    '--pidfile=/run/docker.pid',
    '--storage-driver=overlay2',
    '--exec-opt=native.cgroupdriver=cgroupfs',
    '--iptables=false',
    '--ip6tables=false',
    '--ip-forward=false',
    '--ip-masq=false',
    `--registry-mirror=http://${options.registryAddresses[0]}`,
    ...options.registryAddresses.map((address) => `--insecure-registry=${address}`),
    ...options.network,
  ];
}

/** The plugin lies in a folder of our own, so that the user's ~/.docker is neither read nor written. */
function createDockerConfigFolder(folder: string): string {
  mkdirSync(join(folder, 'cli-plugins'), { recursive: true });
  symlinkSync(toolPath('docker-buildx'), join(folder, 'cli-plugins', 'docker-buildx'));
  writeFileSync(join(folder, 'config.json'), '{}\n');
  return folder;
}

async function registryAnswers(address: string): Promise<boolean> {
  try {
    return (await fetch(`http://${address}/v2/`)).ok;
  } catch {
    // Nobody listens yet.
    return false;
  }
}
