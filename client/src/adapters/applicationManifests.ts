import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { stringify } from 'yaml';
import type { ApplicationSource } from '../cluster/argoApplication.ts';
import { Failure } from '../cluster/failure.ts';
import { type ManifestDocument, parseManifest } from '../delivery/manifest.ts';
import { releaseDocuments } from '../delivery/release/releaseDocuments.ts';
import type { ClusterCapabilities } from './clusterCapabilities.ts';
import { renderPlain } from './helmRenderer.ts';
import { buildKustomization, type KustomizeTools, kustomizationIn } from './kustomizeBuild.ts';

/** What the manifests of an application are made with. */
export interface ApplicationTools extends KustomizeTools, ClusterCapabilities {
  /** The program that renders charts. */
  readonly helm: string;
}

/** The application as charts see it. */
export interface ApplicationPlace {
  readonly name: string;
  /** The namespace that it is deployed to. */
  readonly namespace: string;
}

/** The settings of Argo CD for Kustomize that stand in a kustomization under the same names. */
const SAME_IN_KUSTOMIZATION = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'commonAnnotations',
  'replicas',
  'patches',
] as const;

/** Argo CD replaces these in the source's settings by what only its own server knows. */
const BUILD_VARIABLE = /\$\{?ARGOCD_/;

/**
 * The objects of an application's source as the files of this machine have them: of a plain folder, of a kustomization, or
 * of a chart by `helm`, with the settings of the source. `root` is the folder of the repository. Throws `unsupported` with
 * what cannot be made here, `tool-missing`, `not-found`, and what the sources themselves are refused for.
 */
export async function applicationManifests(
  source: ApplicationSource,
  application: ApplicationPlace,
  root: string,
  tools: ApplicationTools,
  signal: AbortSignal,
): Promise<ManifestDocument[]> {
  const folder = resolve(root, source.path ?? '.');
  if (isOutside(root, folder)) throw notHere(`the path ${source.path} leads out of the repository`);
  if (isSet(source.plugin)) throw notHere('its manifests are made by a plugin of Argo CD');
  if (BUILD_VARIABLE.test(JSON.stringify([source.helm, source.kustomize]))) {
    throw notHere('its settings hold variables that Argo CD fills in');
  }
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('not-found', `This workspace has no folder ${source.path}.`, { said: error.message });
  });
  if (names.includes('Chart.yaml')) return chartDocuments(source, application, root, folder, tools, signal);
  if ((await kustomizationIn(folder)) !== undefined) return overlayDocuments(source, folder, tools, signal);
  return folderDocuments(source, folder, tools);
}

function notHere(why: string): Failure {
  return new Failure('unsupported', `The manifests cannot be made here: ${why}.`);
}

/** The YAML and JSON files of a folder, of those below it where the source says so, chosen by its patterns. */
async function folderDocuments(
  { directory = {} }: ApplicationSource,
  folder: string,
  { readText = (file) => readFile(file, 'utf8') }: ApplicationTools,
): Promise<ManifestDocument[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: directory.recurse === true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const matches = (pattern: string | undefined, byDefault: boolean): ((path: string) => boolean) =>
    pattern ? picomatch(pattern, { dot: true }) : () => byDefault;
  const [isIncluded, isExcluded] = [matches(directory.include, true), matches(directory.exclude, false)];
  const files = paths.filter((path) => {
    const name = relative(folder, path).split(sep).join('/');
    return !name.split('/').includes('.git') && isIncluded(name) && !isExcluded(name);
  });
  if (files.some((path) => path.endsWith('.jsonnet'))) throw notHere('it has Jsonnet files');
  const documents: ManifestDocument[] = [];
  for (const file of files.filter((path) => /\.(?:ya?ml|json)$/i.test(path)).sort()) {
    const text = await readText(file);
    if (text.includes('+argocd:skip-file-rendering') || !/^\s*"?apiVersion"?\s*:/m.test(text)) continue;
    documents.push(...parseManifest(file, text));
  }
  return documents;
}

/** What the kustomization builds; the settings of the source make an overlay of it, as Argo CD writes them into it. */
async function overlayDocuments(
  { kustomize = {} }: ApplicationSource,
  folder: string,
  tools: ApplicationTools,
  signal: AbortSignal,
): Promise<ManifestDocument[]> {
  const { images, version: _version, ...settings } = kustomize;
  const written = Object.keys(settings).filter((name) => isSet(settings[name]));
  const foreign = written.find((name) => !(SAME_IN_KUSTOMIZATION as readonly string[]).includes(name));
  if (foreign !== undefined) throw notHere(`Slipway does not carry out ${foreign} of its kustomize settings`);
  if (written.length === 0 && !isSet(images)) return buildKustomization(folder, tools, signal);
  const overlay = await realpath(await mkdtemp(join(tmpdir(), 'slipway-overlay-')));
  try {
    const base = relative(overlay, await realpath(folder))
      .split(sep)
      .join('/');
    const kustomization = {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: [base],
      ...Object.fromEntries(written.map((name) => [name, settings[name]])),
      ...(isSet(images) ? { images: (images as readonly string[]).map(imageChange) } : {}),
    };
    await writeFile(join(overlay, 'kustomization.yaml'), stringify(kustomization));
    const documents = await buildKustomization(overlay, tools, signal);
    // What an overlay made here built leads to the folder that it is made of.
    return documents.map((each) =>
      isOutside(overlay, each.file) ? each : { ...each, file: join(folder, 'kustomization.yaml') },
    );
  } finally {
    await rm(overlay, { recursive: true, force: true });
  }
}

/** `web=registry/web:2`, `web:2` or `web@sha256:…` as an entry of `images`. */
function imageChange(written: string): object {
  const [before, after = before] = written.includes('=') ? written.split('=', 2) : [undefined, written];
  const parts = /^(.*?)(?:@(sha256:[0-9a-f]+)|:([^/:@]+))?$/.exec(after ?? '');
  const [, newName = '', digest, newTag] = parts ?? [];
  return { name: before ?? newName, newName, ...(digest ? { digest } : {}), ...(newTag ? { newTag } : {}) };
}

async function chartDocuments(
  { helm = {} }: ApplicationSource,
  application: ApplicationPlace,
  root: string,
  folder: string,
  { apiVersions, environment, helm: command, kubernetesMinor, trusted }: ApplicationTools,
  signal: AbortSignal,
): Promise<ManifestDocument[]> {
  if (!trusted) {
    throw new Failure('untrusted', 'Helm is not run here, so the chart cannot be rendered.', {
      advice: 'Trust this workspace to let the program run.',
    });
  }
  const valuesFiles = (helm.valueFiles ?? []).map((written) => {
    if (/^\$|:\/\//.test(written)) throw notHere(`its values file ${written} is not in this repository`);
    const path = written.startsWith('/') ? join(root, written) : resolve(folder, written);
    if (isOutside(root, path)) throw notHere(`its values file ${written} is not in this repository`);
    return path;
  });
  const own = await mkdtemp(join(tmpdir(), 'slipway-values-'));
  try {
    const present = helm.ignoreMissingValueFiles ? await existing(valuesFiles) : valuesFiles;
    const inline = helm.valuesObject ? stringify(helm.valuesObject) : helm.values;
    const inlineFile = join(own, 'values.yaml');
    // Values can hold secrets, so nobody else may read them.
    if (inline) await writeFile(inlineFile, inline, { mode: 0o600 });
    const { output, failure } = await renderPlain(
      {
        chartFolder: folder,
        valuesFiles: inline ? [...present, inlineFile] : present,
        releaseName: helm.releaseName || application.name,
        namespace: helm.namespace || application.namespace,
        kubernetesMinor,
        command,
        environment,
        moreArguments: [
          ...(helm.parameters ?? []).flatMap(({ forceString, name, value = '' }) => [
            forceString ? '--set-string' : '--set',
            `${name}=${value.startsWith('{') ? value : value.replace(/(?<!\\),/g, '\\,')}`,
          ]),
          ...(helm.fileParameters ?? []).flatMap(({ name, path }) => [
            '--set-file',
            `${name}=${resolve(folder, path)}`,
          ]),
          ...apiVersions.flatMap((version) => ['--api-versions', version]),
          ...(helm.skipCrds ? [] : ['--include-crds']),
          ...(helm.skipTests ? ['--skip-tests'] : []),
        ],
      },
      signal,
    );
    if (failure === undefined) return releaseDocuments(output, folder);
    throw new Failure('invalid', `Helm cannot render ${folder}.`, {
      said: failure,
      advice: /missing in charts\//.test(failure) ? 'Run Helm: Update Dependencies first.' : '',
    });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

async function existing(files: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    files.map((file) =>
      readFile(file).then(
        () => [file],
        () => [],
      ),
    ),
  );
  return found.flat();
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function isOutside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}
