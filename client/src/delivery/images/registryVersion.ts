import type { ImageConfiguration } from '../imageEngine.ts';

/** A version as the registry keeps it, for one platform. */
export interface RegistryVersion {
  readonly reference: string;
  /** Of the tag: of the index where the version has one. */
  readonly digest: string;
  readonly platform: string;
  /** Every platform that the version is there for. */
  readonly platforms: readonly string[];
  /** When it was built, as the configuration says; undefined where a build leaves it out or sets it to zero. */
  readonly createdAt: string | undefined;
  readonly layers: readonly { readonly digest: string; readonly sizeBytes: number }[];
  readonly config: ImageConfiguration;
}

/** One thing in which two versions differ. */
export interface VersionDifference {
  /** `size`, `environment PATH`, `label org.opencontainers.image.revision`. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** Compares two versions of an image. Pure. Values of variables whose names sound secret are not shown. */
export function compareRegistryVersions(before: RegistryVersion, after: RegistryVersion): readonly VersionDifference[] {
  if (before.digest === after.digest) return [];
  const differences: VersionDifference[] = [];
  const compare = (what: string, left: string | undefined, right: string | undefined): void => {
    if (left !== right) differences.push({ what, before: left ?? 'none', after: right ?? 'none' });
  };
  compare('digest', before.digest, after.digest);
  compare('built', before.createdAt, after.createdAt);
  compare('platforms', before.platforms.join(', '), after.platforms.join(', '));
  compare('size', bytesInWords(totalBytes(before)), bytesInWords(totalBytes(after)));
  const shared = after.layers.filter(({ digest }) => before.layers.some((layer) => layer.digest === digest));
  const fresh = after.layers.filter((layer) => !shared.includes(layer));
  if (fresh.length > 0 || before.layers.length !== after.layers.length) {
    differences.push({
      what: 'layers',
      before: `${before.layers.length}, ${shared.length} of them kept`,
      after: `${after.layers.length}, ${fresh.length} new (${bytesInWords(sumBytes(fresh))} to pull)`,
    });
  }
  const [one, other] = [before.config, after.config];
  compare('user', one.user, other.user);
  compare('working folder', one.workingFolder, other.workingFolder);
  compare('entrypoint', one.entrypoint.join(' '), other.entrypoint.join(' '));
  compare('command', one.command.join(' '), other.command.join(' '));
  compare('ports', one.exposedPorts.join(', '), other.exposedPorts.join(', '));
  compare('volumes', one.volumes.join(', '), other.volumes.join(', '));
  compareNamed('environment', one.environment, other.environment, differences);
  compareNamed('label', one.labels, other.labels, differences);
  return differences;
}

/** What a pull of the version costs where nothing of it is there yet. */
export function totalBytes({ layers }: RegistryVersion): number {
  return sumBytes(layers);
}

/** `12.3 MB`; sizes of images are decimal. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const [size, unit] =
    bytes < 1_000_000 ? [bytes / 1e3, 'kB'] : bytes < 1_000_000_000 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${size.toFixed(1)} ${unit}`;
}

const SOUNDS_SECRET = /pass|secret|token|credential|private|api_?key|access_?key/i;

function compareNamed(
  what: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  differences: VersionDifference[],
): void {
  const shown = (name: string, value: string | undefined): string =>
    value === undefined ? 'none' : SOUNDS_SECRET.test(name) ? '(not shown)' : value;
  for (const name of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    if (before[name] === after[name]) continue;
    differences.push({ what: `${what} ${name}`, before: shown(name, before[name]), after: shown(name, after[name]) });
  }
}

function sumBytes(layers: RegistryVersion['layers']): number {
  return layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
