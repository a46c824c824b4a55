import { existsSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_ENGINE } from '../../client/src/adapters/deliveryEngines.ts';
import type { BuildRequest } from '../../client/src/delivery/buildRequest.ts';
import { BUILD_OPTIONS, BUILD_USAGE, readBuild } from './buildOptions.ts';
import { CommandLineError } from './commandLineError.ts';
import { readTarget, TARGET_OPTIONS, TARGET_USAGE, type TargetOptions } from './deliveryOptions.ts';
import { parseOptions } from './parseOptions.ts';

export const SHIP_USAGE = `Usage: slipway ship [options] [paths]

Builds, tests and pushes an image (--build), then deploys what the paths hold: manifests, folders of manifests and
Kustomize overlays. The API server reviews every document first; what it would do is printed and asked for.
Without --build, only deploys. Without paths, only builds and pushes.

  --image REFERENCE       the image that the build gets, or that is deployed in place of its repository's other versions
  --replaces REPOSITORY   the repository whose images it replaces in the manifests (default: that of --image)
  --build FOLDER          builds the Dockerfile of the folder as --image, and pushes it
${BUILD_USAGE}  --test FILE             a container-structure-test file; may be given more than once
  --no-push               leaves the image in the engine; its digest is then not written into the manifests
  --overwrite             lets the push replace a version that the registry has
  --engine NAME           a docker context or an address (default: that of the docker client)
  --release NAME          installs or upgrades the Helm chart that is the only path as this release, by the helm of
                          this machine
  --values FILE           a values file on top of the chart's own; may be given more than once
  --review                prints what would change, and changes nothing
  --set NAME              keeps what is applied as a set of this name in the namespace (an ApplySet)
  --prune                 deletes what the set holds and the paths no longer have, after the rollouts
  --force-conflicts       takes over fields that others own
  --no-watch              does not wait for the rollouts
  --undo-on-failure       takes a failed rollout back to its former revision
${TARGET_USAGE}`;

const SHIP_OPTIONS = {
  ...TARGET_OPTIONS,
  ...BUILD_OPTIONS,
  image: { type: 'string' },
  replaces: { type: 'string' },
  build: { type: 'string' },
  test: { type: 'string', multiple: true, default: [] as string[] },
  'no-push': { type: 'boolean' },
  overwrite: { type: 'boolean' },
  engine: { type: 'string', default: DEFAULT_ENGINE },
  release: { type: 'string' },
  values: { type: 'string', multiple: true, default: [] as string[] },
  review: { type: 'boolean' },
  set: { type: 'string' },
  prune: { type: 'boolean' },
  'force-conflicts': { type: 'boolean' },
  'no-watch': { type: 'boolean' },
  'undo-on-failure': { type: 'boolean' },
} as const;

const BUILD_OPTION_NAMES = Object.keys(BUILD_OPTIONS) as readonly (keyof typeof BUILD_OPTIONS)[];

/** What `slipway ship` is asked for. */
export interface ShipOptions {
  /** Undefined where nothing is deployed. */
  readonly target: TargetOptions;
  readonly paths: readonly string[];
  readonly image: string | undefined;
  readonly replaces: string | undefined;
  readonly build: Omit<BuildRequest, 'reference'> | undefined;
  readonly tests: readonly string[];
  readonly push: boolean;
  readonly overwrite: boolean;
  readonly engine: string;
  /** The chart that is installed or upgraded; undefined where manifests are applied. */
  readonly release:
    | { readonly name: string; readonly chartFolder: string; readonly valuesFiles: readonly string[] }
    | undefined;
  readonly review: boolean;
  readonly set: string | undefined;
  readonly prune: boolean;
  readonly force: boolean;
  readonly watch: boolean;
  readonly undoOnFailure: boolean;
}

/** Reads the command line of `slipway ship`; undefined when its usage was asked for. */
export function readShipOptions(args: readonly string[]): ShipOptions | undefined {
  const { values, positionals: paths } = parse(args);
  if (values.help) return undefined;
  const build = values.build === undefined ? undefined : readBuild(values.build, values);
  if (build && values.image === undefined) throw new CommandLineError('--build needs --image: the name it gets.');
  if (!build && paths.length === 0) throw new CommandLineError(`There is nothing to ship.\n\n${SHIP_USAGE}`);
  const missing = [...paths, ...values.test].find((file) => !existsSync(file));
  if (missing !== undefined) throw new CommandLineError(`There is no file or folder '${missing}'.`);
  const ofBuild = build ? undefined : ['test' as const, ...BUILD_OPTION_NAMES].find((name) => isGiven(values[name]));
  if (ofBuild !== undefined) throw new CommandLineError(`--${ofBuild} needs --build.`);
  if (values.replaces !== undefined && values.image === undefined)
    throw new CommandLineError('--replaces needs --image.');
  if (values.prune && values.set === undefined)
    throw new CommandLineError('--prune needs --set: whose members may go.');
  if (values.set !== undefined && !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(values.set))
    throw new CommandLineError(`'${values.set}' is no name of a set: lowercase letters, digits and hyphens.`);
  // An image that is only built and pushed has no context; the names are then never used.
  const place = paths.length === 0 ? { context: values.context ?? '', namespace: values.namespace ?? 'default' } : {};
  return {
    target: readTarget({ ...values, ...place }, SHIP_USAGE),
    paths,
    image: values.image,
    replaces: values.replaces,
    build,
    tests: values.test,
    push: values['no-push'] !== true,
    overwrite: values.overwrite === true,
    engine: values.engine,
    release: readRelease(values, paths),
    review: values.review === true,
    set: values.set,
    prune: values.prune === true,
    force: values['force-conflicts'] === true,
    watch: values['no-watch'] !== true,
    undoOnFailure: values['undo-on-failure'] === true,
  };
}

function isGiven(value: string | boolean | readonly string[] | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

/** Options that change how manifests are applied mean nothing for a release, and must not seem to. */
const NOT_FOR_RELEASES = ['replaces', 'set', 'prune', 'force-conflicts'] as const;

function readRelease(values: ReturnType<typeof parse>['values'], paths: readonly string[]): ShipOptions['release'] {
  const { release: name } = values;
  if (name === undefined) {
    if (values.values.length > 0) throw new CommandLineError('--values needs --release.');
    return undefined;
  }
  const foreign = NOT_FOR_RELEASES.find((option) => values[option] !== undefined);
  if (foreign !== undefined) throw new CommandLineError(`--${foreign} does not go with --release.`);
  const [chart, ...others] = paths;
  if (chart === undefined || others.length > 0 || !existsSync(path.join(chart, 'Chart.yaml')))
    throw new CommandLineError('--release takes one path: the folder of a Chart.yaml.');
  if (!/^[a-z0-9](?:[-a-z0-9]{0,51}[a-z0-9])?$/.test(name))
    throw new CommandLineError(`'${name}' is no name of a release: lowercase letters, digits and hyphens, at most 53.`);
  const missing = values.values.find((file) => !existsSync(file));
  if (missing !== undefined) throw new CommandLineError(`There is no file '${missing}'.`);
  return { name, chartFolder: path.resolve(chart), valuesFiles: values.values.map((file) => path.resolve(file)) };
}

function parse(args: readonly string[]) {
  return parseOptions(args, SHIP_OPTIONS, SHIP_USAGE);
}
