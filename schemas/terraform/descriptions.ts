import { readPackedFiles } from './packedFiles.ts';

/** What a second description of a provider says of one member. */
export interface DescribedMember {
  readonly text: string;
  /** Why it is deprecated; empty where it is not. */
  readonly deprecation: string;
  /** The interface of its structure, e.g. `eks.ClusterVpcConfig`. */
  readonly structure: string | undefined;
}

type Interface = Map<string, DescribedMember>;

/** The description of one structure. Members are found by Terraform's names. */
export interface DescribedStructure {
  member(name: string): DescribedMember | undefined;
  structureOf(name: string): DescribedStructure | undefined;
}

/** Of names that have half of their arguments in common, at least so much must be alike to be the same resource. */
const LEAST_LIKENESS = 0.6;
/** With an equal name less will do. */
const LEAST_LIKENESS_OF_NAMESAKES = 0.3;

/**
 * Texts and deprecations from a package of Pulumi, which knows the same resources under its own names: modules instead of
 * prefixes, camel case, and plurals for lists. A resource is recognised by its name and by its arguments.
 */
export class Descriptions {
  readonly #prefix: string;
  readonly #resources: readonly Candidate[];
  readonly #dataSources: readonly Candidate[];
  readonly #nested: ReadonlyMap<string, Interface>;
  /** Every name as this package spells it, e.g. `subnetIds`. */
  readonly #names: ReadonlySet<string>;

  private constructor(
    prefix: string,
    resources: readonly Candidate[],
    dataSources: readonly Candidate[],
    nested: ReadonlyMap<string, Interface>,
    names: ReadonlySet<string>,
  ) {
    this.#prefix = prefix;
    this.#resources = resources;
    this.#dataSources = dataSources;
    this.#nested = nested;
    this.#names = names;
  }

  /** Reads the packed package. `prefix` is what the types of the provider begin with, e.g. `aws`. */
  static async read(archive: string, prefix: string, signal?: AbortSignal): Promise<Descriptions> {
    const resources: Candidate[] = [];
    const dataSources: Candidate[] = [];
    const nested = new Map<string, Interface>();
    const names = new Set<string>();
    await readPackedFiles(
      archive,
      (path) => /^(?:[a-z]\w*\/)*\w+\.d\.ts$/.test(path) && !path.startsWith('types/enums/'),
      ({ path, text }) => {
        const isNested = path === 'types/input.d.ts' || path === 'types/output.d.ts';
        for (const [name, members] of readInterfaces(text, names)) {
          if (isNested) {
            if (!nested.has(name)) nested.set(name, members);
            continue;
          }
          const [, resource] = /^(\w+)State$/.exec(name) ?? [];
          const [, dataSource] = /^Get(\w+)Result$/.exec(name) ?? [];
          const module = path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
          if (resource !== undefined) resources.push(candidate(module, resource, members));
          else if (dataSource !== undefined) dataSources.push(candidate(module, dataSource, members));
        }
      },
      signal,
    );
    return new Descriptions(prefix, resources, dataSources, nested, names);
  }

  /** The description of a resource or data source that has members of these names; undefined where none is alike. */
  find(
    type: string,
    kind: 'resource' | 'data' | 'provider',
    names: ReadonlySet<string>,
  ): DescribedStructure | undefined {
    if (kind === 'provider') return undefined;
    const key = plain(type.slice(this.#prefix.length + 1));
    const wanted = new Set([...names].map(plain));
    let best: Candidate | undefined;
    let bestScore = 0;
    for (const found of kind === 'resource' ? this.#resources : this.#dataSources) {
      let common = 0;
      for (const name of wanted) if (found.members.has(name)) common++;
      const likeness = common / (wanted.size + found.members.size - common);
      const isNamesake = found.names.includes(key);
      if (likeness < (isNamesake ? LEAST_LIKENESS_OF_NAMESAKES : LEAST_LIKENESS)) continue;
      // Without a name in common, many resources that have only a name and tags would be alike.
      if (!isNamesake && (common < 4 || !found.names.some((name) => isRelated(name, key)))) continue;
      const score = likeness + (isNamesake ? 1 : 0) + (found.names[0] === key ? 0.5 : 0);
      if (score > bestScore) [best, bestScore] = [found, score];
    }
    return best && this.#structure(best.members);
  }

  /** Names in code marks are spelled as Terraform does. */
  #inTerraformsWords(text: string): string {
    return text
      .replace(/<span pulumi-lang-[^>]*>|<\/span>/g, '')
      .replace(/`([a-z]\w*[A-Z]\w*)`/g, (all, name: string) => (this.#names.has(name) ? `\`${snake(name)}\`` : all))
      .replace(/\bPulumi\b/g, 'Terraform');
  }

  #structure(members: Interface): DescribedStructure {
    return {
      member: (name) => {
        const found = members.get(plain(name));
        return (
          found && {
            ...found,
            text: shortened(this.#inTerraformsWords(found.text)),
            deprecation: this.#inTerraformsWords(found.deprecation),
          }
        );
      },
      structureOf: (name) => {
        const structure = members.get(plain(name))?.structure;
        const found = structure === undefined ? undefined : this.#nested.get(structure);
        return found && this.#structure(found);
      },
    };
  }
}

interface Candidate {
  /** The plain names that a resource of Terraform may have. */
  readonly names: readonly string[];
  readonly members: Interface;
}

function candidate(module: string, name: string, members: Interface): Candidate {
  return { names: [plain(module + name), plain(name)], members };
}

/** One name ends with the other, or both begin alike: `lb` and `loadbalancer` do not, and are left without texts. */
function isRelated(a: string, b: string): boolean {
  return a.endsWith(b) || b.endsWith(a) || (a.length > 5 && b.length > 5 && a.slice(0, 6) === b.slice(0, 6));
}

/** Without case, underscores and plural. */
function plain(name: string): string {
  return name
    .replaceAll('_', '')
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(?<=(?:s|x|ch|sh))es$/, '')
    .replace(/(?<=[^s])s$/, '');
}

/** The interfaces of one declaration file, those of a namespace as `namespace.Name`. */
function readInterfaces(text: string, names: Set<string>): Map<string, Interface> {
  const found = new Map<string, Interface>();
  let namespace = '';
  let into: Interface | undefined;
  let end = '';
  let comment: string[] = [];
  for (const line of text.split('\n')) {
    if (!into) {
      const space = /^export declare namespace (\w+) \{/.exec(line)?.[1];
      if (space !== undefined) namespace = `${space}.`;
      else if (line === '}') namespace = '';
      const [, indent, name] = /^( {0,4})(?:export )?interface (\w+) \{/.exec(line) ?? [];
      if (name === undefined || indent === undefined) continue;
      into = new Map();
      end = `${indent}}`;
      found.set(namespace + name, into);
    } else if (line === end) into = undefined;
    else if (line.trimStart().startsWith('/**')) comment = [];
    else if (/^\s+\*/.test(line)) comment.push(line.replace(/^\s+\*\/? ?/, ''));
    else {
      const [, name, type] = /^\s+(?:readonly )?(\w+)\??: (.*)$/.exec(line) ?? [];
      if (name === undefined || type === undefined) continue;
      names.add(name);
      into.set(plain(name), described(comment, type));
      comment = [];
    }
  }
  return found;
}

function described(comment: readonly string[], type: string): DescribedMember {
  const deprecated = comment.findIndex((line) => line.startsWith('@deprecated'));
  const text = (deprecated < 0 ? comment : comment.slice(0, deprecated)).join('\n').trim();
  const deprecation = deprecated < 0 ? '' : comment.slice(deprecated).join(' ').slice('@deprecated'.length).trim();
  const structure = /\b(?:inputs|outputs)\.([\w.]+)/.exec(type)?.[1];
  return { text, deprecation, structure };
}

const LONGEST_TEXT = 600;

/** Ends a text at a sentence, so that no page is shown beside a name. */
function shortened(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const cut = text.slice(0, LONGEST_TEXT);
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('.\n'));
  return end > 0 ? cut.slice(0, end + 1) : `${cut}…`;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
