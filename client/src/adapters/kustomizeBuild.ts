import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LANGUAGES } from '../../../server/src/languages/languages.ts';
import type { YamlFile } from '../../../server/src/languages/yaml/yamlFile.ts';
import type { SourceNode } from '../../../server/src/text/sourceNode.ts';
import type { KustomizationBuild } from '../../../server/src/workspace/kustomize/buildKustomization.ts';
import { pathUsesOf, resolvePath } from '../../../server/src/workspace/kustomize/kustomizationFile.ts';
import type { Resource } from '../../../server/src/workspace/resource.ts';
import { type FileChange, type Snapshot, World } from '../../../server/src/workspace/world.ts';
import { Failure } from '../cluster/failure.ts';
import type { KubeObject } from '../cluster/kubeObject.ts';
import { isKubeObject, type ManifestDocument, parseManifest } from '../delivery/manifest.ts';
import { runProgram } from './childProcess.ts';

/** The names under which Kustomize looks for the file of a folder, in its order. */
const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const KUSTOMIZATION = 'kustomize/Kustomization';

/** Names that hash their content, and values that are taken from files, are Kustomize's own. */
const FIELDS_OF_KUSTOMIZE = ['configMapGenerator', 'secretGenerator', 'vars', 'openapi', 'validators'];

/** What a build is made with. */
export interface KustomizeTools {
  /** The text of a file as the person sees it; the file on disk where nothing else is known. */
  readonly readText?: (file: string) => Promise<string>;
  readonly environment: NodeJS.ProcessEnv;
  /** Programs are run only in a trusted workspace. */
  readonly trusted: boolean;
}

/** The kustomization file of a folder; undefined where it has none. */
export async function kustomizationIn(folder: string): Promise<string | undefined> {
  for (const name of KUSTOMIZATION_NAMES) {
    const file = join(folder, name);
    if (await isFile(file)) return file;
  }
  return undefined;
}

/**
 * The objects of an overlay. Slipway builds it itself where it knows every value; generators, charts and remote bases
 * are left to the `kustomize` or `kubectl` of this machine. Each object points to the file that defines it, so that a
 * failure leads there. Throws `tool-missing` where a program is needed and there is none.
 */
export async function buildKustomization(
  folder: string,
  tools: KustomizeTools,
  signal: AbortSignal,
): Promise<ManifestDocument[]> {
  const file = await kustomizationIn(folder);
  if (file === undefined) {
    throw new Failure('not-found', `There is no kustomization.yaml in ${folder}.`, { places: [{ file: folder }] });
  }
  const snapshot = await readKustomization(file, tools.readText ?? ((path) => readFile(path, 'utf8')));
  const built = resourcesOf(snapshot, file);
  const unknown = whatIsUnknown(snapshot, file, built);
  if (unknown === undefined) {
    return built.map((resource) => ({ ...placeOf(snapshot, resource), object: objectOf(resource, file) }));
  }
  const text = await runKustomize(folder, unknown, tools, signal);
  return parseManifest(file, text).map((document) => ({
    object: document.object,
    ...(placeOfNamesake(snapshot, built, document.object) ?? { file, documentIndex: 0 }),
  }));
}

/** Reads the kustomization and all that it names: files of its own folder, and the folders of its bases. */
async function readKustomization(file: string, readText: (file: string) => Promise<string>): Promise<Snapshot> {
  const world = new World(LANGUAGES);
  const read = new Map<string, FileChange>();
  const add = async (path: string): Promise<void> => {
    const uri = pathToFileURL(path).href;
    if (read.has(uri) || !world.isOfInterest(uri)) return;
    const change = { uri, text: await readText(path) };
    read.set(uri, change);
    world.apply([change]);
    const loaded = world.snapshot().files.get(uri);
    const root = loaded?.facts.resources.find(({ type }) => type === KUSTOMIZATION)?.root;
    if (!root) return;
    for (const { path: written } of pathUsesOf(root, new Map())) {
      const target = resolvePath(`${pathToFileURL(dirname(path)).href}/`, written);
      if (target === undefined) continue;
      const local = fileURLToPath(target);
      const inner = (await isFile(local)) ? local : await kustomizationIn(local);
      if (inner !== undefined) await add(inner);
    }
  };
  await add(resolve(file));
  return world.snapshot();
}

function resourcesOf({ graph }: Snapshot, file: string): Resource[] {
  const by = pathToFileURL(resolve(file)).href;
  const set = `kustomize:${by.slice(0, by.lastIndexOf('/') + 1)}`;
  return graph.all().filter((resource) => graph.setOf(resource) === set && resource.type !== KUSTOMIZATION);
}

/**
 * What of this build only Kustomize itself can say, as a noun phrase; undefined where Slipway knows all of it. What
 * Kustomize would refuse is left to it too: it says why in its own words.
 */
function whatIsUnknown(snapshot: Snapshot, file: string, built: readonly Resource[]): string | undefined {
  for (const [uri, { parsed }] of snapshot.files)
    if (parsed.problems.length > 0) return `a part of ${fileURLToPath(uri)}`;
  for (const { type, root, model, uri } of snapshot.graph.all()) {
    if (type !== KUSTOMIZATION) continue;
    const path = fileURLToPath(uri);
    const field = FIELDS_OF_KUSTOMIZE.find((name) => root.find(name) !== undefined);
    if (field !== undefined) return `the ${field} of ${path}`;
    const found = model as KustomizationBuild | undefined;
    if (!found || found.incomplete || found.cycle) return `what ${path} brings in`;
    if (found.paths.some(({ target }) => target.status !== 'file' && target.status !== 'kustomization')) {
      return `a path of ${path}`;
    }
    const isDoubtful = found.patches.some(({ failed, objects }) => failed !== undefined || !objects?.length);
    if (isDoubtful) return `a patch of ${path}`;
  }
  if (built.length === 0) return `what ${file} builds`;
  const open = built.find(({ root }) => isOpen(root));
  return open && `${open.kind} ${open.name ?? ''}`;
}

function isOpen(node: SourceNode): boolean {
  return node.open || node.items.some(isOpen) || node.entries.some(isOpen);
}

function objectOf({ root }: Resource, file: string): KubeObject {
  const value: unknown = plain(root);
  if (isKubeObject(value)) return value;
  throw new Failure('invalid', `${file} builds something that is no Kubernetes object.`, { places: [{ file }] });
}

function plain(node: SourceNode): unknown {
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind !== 'map') return node.value;
  return Object.fromEntries(node.entries.map((entry) => [entry.key, plain(entry)]));
}

/** Where the object is written: the document of the base, which a patch may have changed. */
function placeOf({ files }: Snapshot, resource: Resource): { file: string; documentIndex: number } {
  const documents = (files.get(resource.uri)?.parsed as YamlFile | undefined)?.documents ?? [];
  const index = documents.findIndex(({ root }) => root === (resource.built?.written ?? resource.root));
  return { file: fileURLToPath(resource.uri), documentIndex: Math.max(0, index) };
}

function placeOfNamesake(
  snapshot: Snapshot,
  built: readonly Resource[],
  object: KubeObject,
): { file: string; documentIndex: number } | undefined {
  const { name } = object.metadata;
  const namesake = built.find(
    (resource) =>
      resource.kind === object.kind && resource.name !== undefined && isNameOf(resource.name, name, object.kind),
  );
  return namesake && placeOf(snapshot, namesake);
}

/** The names of generated ConfigMaps and Secrets end with a hash of their content. */
function isNameOf(written: string, built: string, kind: string): boolean {
  if (written === built) return true;
  return /^(?:ConfigMap|Secret)$/.test(kind) && built.startsWith(`${written}-`) && built.length === written.length + 11;
}

async function runKustomize(
  folder: string,
  unknown: string,
  { environment, trusted }: KustomizeTools,
  signal: AbortSignal,
): Promise<string> {
  if (!trusted) {
    throw new Failure('untrusted', `Building ${folder} needs kustomize, which is not run here.`, {
      advice: 'Trust this workspace to let the program run.',
    });
  }
  for (const [command, ...words] of [
    ['kustomize', 'build'],
    ['kubectl', 'kustomize'],
  ] as const) {
    try {
      // The objects come in one piece, so nothing of a large overlay is dropped from the front.
      const lines: string[] = [];
      const { exitCode, stderr } = await runProgram(
        { command, arguments: [...words, folder], environment, onOutputLine: (line) => lines.push(line) },
        signal,
      );
      if (exitCode === 0) return `${lines.join('\n')}\n`;
      throw new Failure('invalid', `Kustomize cannot build ${folder}.`, {
        said: stderr.trim(),
        places: [{ file: (await kustomizationIn(folder)) ?? folder }],
      });
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'tool-missing') throw error;
    }
  }
  throw new Failure(
    'tool-missing',
    `Building ${folder} needs kustomize or kubectl: Slipway does not know ${unknown}.`,
    {
      advice: 'Install kustomize or kubectl.',
    },
  );
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
