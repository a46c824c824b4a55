import type { DockerfileFile, DockerfileStage } from './dockerfileFile.ts';
import { stageChain } from './stageSettings.ts';

/** What is certainly known of the system in a stage, from Docker's own images alone. */
export interface BaseSystem {
  /** `debian` also stands for Ubuntu: `/bin/sh` is dash, packages come by apt. */
  readonly family: 'debian' | 'alpine' | 'redhat' | 'busybox' | 'scratch' | 'unknown';
  /** The image runs as root, has `/` as its working directory or one of its own, and is meant to be built on. */
  readonly isPlatform: boolean;
  /** Short name of the image, such as `node`; undefined when it is not one of Docker's own. */
  readonly name: string | undefined;
}

const DEBIAN_NAMES: ReadonlySet<string> = new Set(['debian', 'ubuntu', 'buildpack-deps']);
const REDHAT_NAMES: ReadonlySet<string> = new Set([
  'fedora',
  'centos',
  'rockylinux',
  'almalinux',
  'oraclelinux',
  'amazonlinux',
]);
/** Languages and systems that Docker's own library carries: Debian unless the tag says otherwise, root, no service. */
const PLATFORM_NAMES: ReadonlySet<string> = new Set([
  'bash',
  'clojure',
  'composer',
  'dart',
  'eclipse-temurin',
  'elixir',
  'erlang',
  'gcc',
  'golang',
  'haskell',
  'julia',
  'maven',
  'node',
  'openjdk',
  'perl',
  'php',
  'pypy',
  'python',
  'r-base',
  'ruby',
  'rust',
  'swift',
]);
/** Those of the list above whose plain tags are built on Debian or Ubuntu. */
const DEBIAN_PLATFORMS: ReadonlySet<string> = new Set([
  'clojure',
  'eclipse-temurin',
  'elixir',
  'erlang',
  'gcc',
  'golang',
  'haskell',
  'julia',
  'maven',
  'node',
  'perl',
  'php',
  'pypy',
  'python',
  'r-base',
  'ruby',
  'rust',
  'swift',
]);

const UNKNOWN: BaseSystem = { family: 'unknown', isPlatform: false, name: undefined };

/** The system that the chain of `stage` starts from. Images of others are unknown, whatever their names suggest. */
export function baseSystem(file: DockerfileFile, stage: DockerfileStage): BaseSystem {
  const chain = stageChain(file, stage);
  const { base } = chain[chain.length - 1]!;
  if (base.kind === 'scratch') return { family: 'scratch', isPlatform: true, name: undefined };
  if (base.kind !== 'image') return UNKNOWN;
  const { registry, repository, tag } = base.reference;
  if (registry !== 'docker.io' || !repository.startsWith('library/')) return UNKNOWN;
  const name = repository.slice('library/'.length);
  const variant = tag ?? '';
  if (name === 'alpine') return { family: 'alpine', isPlatform: true, name };
  if (name === 'busybox') return { family: 'busybox', isPlatform: true, name };
  if (DEBIAN_NAMES.has(name)) return { family: 'debian', isPlatform: true, name };
  if (REDHAT_NAMES.has(name)) return { family: 'redhat', isPlatform: true, name };
  if (!PLATFORM_NAMES.has(name)) return { ...UNKNOWN, name };
  if (/windows|nanoserver|servercore/.test(variant)) return { ...UNKNOWN, name };
  if (/alpine/.test(variant)) return { family: 'alpine', isPlatform: true, name };
  const otherSystem = /ubi|amazonlinux|amazoncorretto|fedora|oracle|rhel|al2|microsoft|azurelinux|ibm|graalvm/.test(
    variant,
  );
  const isDebian = DEBIAN_PLATFORMS.has(name) && !otherSystem;
  return { family: isDebian ? 'debian' : 'unknown', isPlatform: true, name };
}
