import { SPRING_SETTINGS, type SpringDocument, uniformKey } from '../../../languages/java/springSettings.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';
import type { Resource } from '../../resource.ts';
import type { ResourceGraph } from '../../resourceGraph.ts';
import { type ContainerEnvironment, environmentOf } from '../environment.ts';
import type { EffectiveSetting, WrittenSetting } from '../setting.ts';
import { type RunningSource, type SourceFolder, sourceFoldersOf } from '../sourceFolders.ts';
import { importedKeys, mountsSettings } from './configTree.ts';
import { hasLibrary, javaLibrariesOf } from './javaDependencies.ts';
import { matchesProfiles } from './profileExpression.ts';
import { type StartSettings, startSettings } from './startArguments.ts';

/** The settings that a Spring Boot application starts with in one container. */
export interface SpringSettings {
  readonly source: SourceFolder;
  /** Undefined where no container of the workspace runs the application. */
  readonly running: RunningSource | undefined;
  /** The active profiles; undefined where they are not known. */
  readonly profiles: ReadonlySet<string> | undefined;
  /** Arguments of the program that are no options: `migrate`. */
  readonly words: readonly string[];
  /** The effective value of a key in kebab case, placeholders replaced; undefined where nothing known sets it. */
  get(key: string): EffectiveSetting | undefined;
  /** Nothing that is not known may override the value: a Secret, a template, profiles that are not known. */
  isCertain(setting: WrittenSetting): boolean;
  /** Nothing sets the key: neither a file that was read nor anything that is not known. */
  lacks(key: string): boolean;
  /** Every key that files set below `prefix`, or at all where it is empty, as `get` knows it. */
  keysBelow(prefix: string): readonly string[];
}

/** The Spring Boot applications of the workspace, once for each container that runs them. */
export function springApplications(graph: ResourceGraph): readonly SpringSettings[] {
  return graph.memo('spring-applications', () =>
    sourceFoldersOf(graph).flatMap((source): SpringSettings[] => {
      const documents = source.files.filter(({ type }) => type === SPRING_SETTINGS);
      // Everything may be set by the environment.
      if (documents.length === 0 && !hasLibrary(javaLibrariesOf(source, graph), 'org.springframework.boot:*'))
        return [];
      if (source.uses.length === 0) return [new EffectiveSettings(source, undefined, documents, graph)];
      return source.uses.map(
        ({ workload, container }) => new EffectiveSettings(source, { workload, container, source }, documents, graph),
      );
    }),
  );
}

/** Written values of one key, the one that counts first. */
type Layers = ReadonlyMap<string, readonly WrittenSetting[]>;

/**
 * The order of Spring Boot, from the weakest: documents of the files (those of a profile after those without one, YAML
 * before properties), the environment, system properties, `SPRING_APPLICATION_JSON`, options of the command line.
 */
class EffectiveSettings implements SpringSettings {
  readonly source: SourceFolder;
  readonly running: RunningSource | undefined;
  readonly profiles: ReadonlySet<string> | undefined;
  readonly words: readonly string[];
  readonly #environment: ContainerEnvironment | undefined;
  readonly #start: StartSettings | undefined;
  readonly #layers: Layers;
  /** A server of configuration may override every file. */
  readonly #remote: boolean;
  readonly #open: boolean;
  /** Keys that a directory of Secrets sets. */
  readonly #imported: ReadonlyMap<string, WrittenSetting>;

  constructor(
    source: SourceFolder,
    running: RunningSource | undefined,
    documents: readonly Resource[],
    graph: ResourceGraph,
  ) {
    this.source = source;
    this.running = running;
    this.#environment = running && environmentOf(running, graph);
    this.#start = running && this.#environment && startSettings(running, this.#environment);
    const models = documents.map((resource) => ({ resource, model: resource.model as SpringDocument }));
    const always = models.filter(({ model }) => model.profile === undefined && model.onProfile === undefined);
    // A first reading without profiles says which are active.
    this.#layers = layersOf(always);
    this.#remote = false;
    this.#open = false;
    this.#imported = new Map();
    this.words = this.#start?.words ?? [];
    this.profiles = running ? this.#activeProfiles() : undefined;
    const counting = models.filter(({ model }) => this.#counts(model));
    this.#layers = layersOf(counting.sort((a, b) => rank(a.model) - rank(b.model)));
    const imports = this.#imports();
    const tree = importedKeys(imports, running, graph);
    this.#imported = tree.keys;
    this.#remote =
      imports.some(
        (it) => it === undefined || /configserver:|consul:|vault:|zookeeper:|kubernetes:|https?:/.test(it),
      ) ||
      models.some(({ model }) =>
        model.properties.some(({ uniform }) => /^spring\.cloud\.(?:config\.uri|consul\.|zookeeper\.)/.test(uniform)),
      );
    this.#open =
      tree.open ||
      (running !== undefined && mountsSettings(running, graph)) ||
      this.#environment?.open !== false ||
      this.#start?.open !== false ||
      this.profiles === undefined ||
      ['spring.config.location', 'spring.config.additional-location'].some((key) => this.#written(key).length > 0);
  }

  get(key: string): EffectiveSetting | undefined {
    const [first, ...overridden] = this.#written(key);
    if (!first) return undefined;
    const isFile = first.resource.type === SPRING_SETTINGS;
    const value = isFile && this.#remote ? undefined : this.#expanded(first.value, 0);
    return { ...first, value, overridden };
  }

  isCertain({ resource }: WrittenSetting): boolean {
    const isWeak = resource.type === SPRING_SETTINGS || resource.type === 'docker/Dockerfile';
    return !isWeak || (!this.#open && !this.#remote);
  }

  lacks(key: string): boolean {
    return !this.#open && !this.#remote && this.#written(key).length === 0;
  }

  keysBelow(prefix: string): readonly string[] {
    const start = prefix === '' ? '' : `${uniformKey(prefix)}.`;
    const keys = new Map<string, string>();
    for (const [uniform, [first]] of this.#layers) if (uniform.startsWith(start)) keys.set(uniform, first!.name);
    return [...keys.values()];
  }

  /** Every place that sets a key, the one that counts first. */
  #written(key: string): WrittenSetting[] {
    const uniform = uniformKey(key);
    const of = (settings: readonly WrittenSetting[] | undefined): WrittenSetting[] =>
      (settings ?? []).filter(({ name }) => uniformKey(name) === uniform).reverse();
    const json = this.#fromJson(key);
    const imported = this.#imported.get(uniform);
    return [
      ...of(this.#start?.options),
      ...(json ? [json] : []),
      ...of(this.#start?.systemProperties),
      ...variableNames(key).flatMap((name) => this.#environment?.variables.get(name) ?? []),
      ...(imported ? [imported] : []),
      ...(this.#layers.get(uniform) ?? []),
    ];
  }

  #fromJson(key: string): WrittenSetting | undefined {
    const variable = this.#environment?.variables.get('SPRING_APPLICATION_JSON');
    if (!variable) return undefined;
    try {
      const found = [...flatJson(JSON.parse(variable.value ?? ''))].find(
        ([name]) => uniformKey(name) === uniformKey(key),
      );
      return found && { ...variable, name: found[0], value: found[1] };
    } catch {
      // Text that is no JSON sets nothing: Spring ignores it.
      return undefined;
    }
  }

  #activeProfiles(): ReadonlySet<string> | undefined {
    const active = this.get('spring.profiles.active') ?? this.#list('spring.profiles.active');
    if (active && active.value === undefined) return undefined;
    if (!active && (this.#environment?.open !== false || this.#start?.open !== false)) return undefined;
    const names =
      active?.value
        ?.split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '') ?? [];
    const profiles = new Set<string>();
    const pending = [...names, ...(this.#list('spring.profiles.include')?.value?.split(',') ?? [])];
    for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
      if (profiles.has(name.trim()) || name.trim() === '') continue;
      profiles.add(name.trim());
      pending.unshift(...(this.#list(`spring.profiles.group.${name.trim()}`)?.value?.split(',') ?? []));
    }
    return profiles.size === 0 ? new Set(['default']) : profiles;
  }

  /** A list as one text: `a,b`, or `key[0]`, `key[1]`. */
  #list(key: string): { readonly value: string | undefined } | undefined {
    const whole = this.get(key);
    if (whole) return whole;
    const items: string[] = [];
    for (let item = this.get(`${key}[0]`); item; item = this.get(`${key}[${items.length}]`)) {
      if (item.value === undefined) return { value: undefined };
      items.push(item.value);
    }
    return items.length > 0 ? { value: items.join(',') } : undefined;
  }

  #imports(): (string | undefined)[] {
    const written = this.#list('spring.config.import');
    return written ? (written.value?.split(/[,;]/).map((item) => item.trim()) ?? [undefined]) : [];
  }

  /** Where the profiles are not known, only documents without one are taken. */
  #counts({ profile, onProfile, stem }: SpringDocument): boolean {
    if (stem === 'bootstrap') return false;
    const active = this.profiles;
    if (profile === undefined && onProfile === undefined) return true;
    if (!active) return false;
    if (profile !== undefined && !active.has(profile)) return false;
    return onProfile === undefined || matchesProfiles(onProfile, active) === true;
  }

  /** Replaces `${name}` and `${name:default}`; undefined where a name is not known. */
  #expanded(text: string | undefined, depth: number): string | undefined {
    if (text === undefined || !text.includes('${')) return text;
    if (depth > 10) return undefined;
    let isKnown = true;
    const result = text.replace(/\$\{((?:[^${}]|\$\{[^{}]*\})*)\}/g, (_whole, inner: string) => {
      const colon = inner.indexOf(':');
      const name = colon < 0 ? inner : inner.slice(0, colon);
      const [written = this.#environment?.variables.get(name)] = this.#written(name);
      const value = written ? this.#expanded(written.value, depth + 1) : undefined;
      if (value !== undefined) return value;
      const mayBeSet = written !== undefined || this.#environment?.open !== false;
      const fallback = colon < 0 ? undefined : this.#expanded(inner.slice(colon + 1), depth + 1);
      if (fallback === undefined || (mayBeSet && this.running)) isKnown = false;
      return fallback ?? '';
    });
    return isKnown ? result : undefined;
  }
}

/** The variables that set a key: `SPRING_JPA_OPENINVIEW`, `SPRING_JPA_OPEN_IN_VIEW`, and the key itself. */
export function variableNames(key: string): string[] {
  const parts = key.replace(/\[(\d+)\]/g, '.$1');
  const plain = parts.replaceAll('-', '').replaceAll('.', '_').toUpperCase();
  const legacy = parts.replaceAll(/[-.]/g, '_').toUpperCase();
  return [...new Set([plain, legacy, plain.toLowerCase(), legacy.toLowerCase(), key])];
}

function* flatJson(value: unknown, prefix = ''): Generator<[string, string]> {
  if (typeof value !== 'object' || value === null) {
    yield [prefix, String(value)];
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    const segment = Array.isArray(value) ? `[${key}]` : prefix === '' ? key : `.${key}`;
    yield* flatJson(member, prefix + segment);
  }
}

function layersOf(documents: readonly { resource: Resource; model: SpringDocument }[]): Layers {
  const layers = new Map<string, WrittenSetting[]>();
  for (const { resource, model } of documents) {
    for (const { key, uniform, node } of model.properties) {
      const setting = { value: writtenText(node), at: node, resource, name: key };
      layers.set(uniform, [setting, ...(layers.get(uniform) ?? [])]);
    }
  }
  return layers;
}

/** Manifests are filled in by `${name}` before they are applied, so YAML gives it as unknown; here Spring replaces it. */
function writtenText(node: SourceNode): string | undefined {
  if (node.kind !== 'unknown') return node.text() ?? '';
  const written = node.source.slice(node.span).trim();
  if (!written.includes('${') || /\{\{|[\n|>]/.test(written)) return undefined;
  return written.replace(/^(["'])(.*)\1$/, '$2');
}

/** Weakest first: files without a profile in their name, then those with one; YAML, then properties. */
function rank({ profile, format }: SpringDocument): number {
  return (profile === undefined ? 0 : 2) + (format === 'properties' ? 1 : 0);
}
