import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One executable that is built from a Go module of this folder. */
export interface GoProgram {
  /** The name of the executable. */
  readonly file: string;
  readonly package: string;
  /** Other names under which the executable plays different parts. */
  readonly links: readonly string[];
}

/** A Go module whose programs the tests need. */
export interface GoModule {
  readonly name: string;
  readonly folder: string;
  readonly linkerFlags: string;
  readonly programs: readonly GoProgram[];
}

const kubernetesFolder = join(import.meta.dirname, '..', 'kubernetes');
const buildkitFolder = join(import.meta.dirname, '..', 'buildkit');

/** The version of Kubernetes that the module's go.mod asks for, such as `v1.36.3`. */
export const kubernetesVersion = readVersion(
  readFileSync(join(kubernetesFolder, 'go.mod'), 'utf8'),
  'k8s.io/kubernetes',
);

/** etcd, the control plane, kubectl, kwok, metrics-server, helm, kubelet and kube-proxy. */
export const kubernetesModule: GoModule = {
  name: 'kubernetes',
  folder: kubernetesFolder,
  linkerFlags: ['-s -w', ...versionFlags(kubernetesVersion)].join(' '),
  programs: [
    {
      file: 'kube-all',
      package: './cmd/kube-all',
      links: [
        'etcd',
        'kube-apiserver',
        'kube-controller-manager',
        'kube-scheduler',
        'kubectl',
        'kwok',
        'metrics-server',
      ],
    },
    { file: 'node-all', package: './cmd/node-all', links: ['kubelet', 'kube-proxy'] },
    { file: 'pause', package: './cmd/pause', links: [] },
    { file: 'helm', package: 'helm.sh/helm/v3/cmd/helm', links: [] },
  ],
};

const buildkitGoMod = readFileSync(join(buildkitFolder, 'go.mod'), 'utf8');

/** BuildKit's daemon and docker's plugin that speaks to it. */
export const buildkitModule: GoModule = {
  name: 'buildkit',
  folder: buildkitFolder,
  linkerFlags: [
    '-s -w',
    ...['github.com/moby/buildkit', 'github.com/docker/buildx'].map(
      (module) => `-X ${module}/version.Version=${readVersion(buildkitGoMod, module)}`,
    ),
  ].join(' '),
  programs: [
    { file: 'docker-buildx', package: 'github.com/docker/buildx/cmd/buildx', links: [] },
    { file: 'buildkitd', package: 'github.com/moby/buildkit/cmd/buildkitd', links: [] },
  ],
};

/** The version of a module that the text of a go.mod requires. */
export function readVersion(goMod: string, module: string): string {
  for (const line of goMod.split('\n')) {
    const [name, version] = line
      .trim()
      .replace(/^require /, '')
      .split(' ');
    if (name === module && version !== undefined && /^v\d+\.\d+\.\d+/.test(version)) return version;
  }
  throw new Error(`go.mod requires no version of ${module}.`);
}

/** Kubernetes learns its version from the linker; without it the API server calls itself v0.0.0. */
function versionFlags(version: string): string[] {
  const [major, minor] = version.slice(1).split('.');
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((variables) => [
    `-X ${variables}.gitVersion=${version}`,
    `-X ${variables}.gitMajor=${major}`,
    `-X ${variables}.gitMinor=${minor}`,
  ]);
}
