import { Failure } from '../cluster/failure.ts';

/** An image by its parts. `registry` and `path` are always complete: `nginx` is `docker.io` and `library/nginx`. */
export interface ImageReference {
  readonly registry: string;
  readonly path: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const domainComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = new RegExp(`^(?:${domainComponent}(?:\\.${domainComponent})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const pathComponent = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/**
 * Reads an image reference by the grammar of the distribution project, with Docker's own short forms. Throws `invalid`
 * with the part that is wrong.
 */
export function parseImageReference(text: string): ImageReference {
  const at = text.indexOf('@');
  const digest = at >= 0 ? text.slice(at + 1) : undefined;
  const named = at >= 0 ? text.slice(0, at) : text;
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const tag = hasTag ? named.slice(colon + 1) : undefined;
  const name = hasTag ? named.slice(0, colon) : named;
  const slash = name.indexOf('/');
  const first = slash >= 0 ? name.slice(0, slash) : '';
  const namesRegistry = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  const registry = namesRegistry ? canonicalRegistry(first) : 'docker.io';
  const rest = namesRegistry ? name.slice(slash + 1) : name;
  const path = registry === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest;
  const refuse = (what: string): never => {
    throw new Failure('invalid', `${text || 'An empty text'} is not an image reference: ${what}.`);
  };
  if (rest === '') refuse('it names no repository');
  if (namesRegistry && !domain.test(first)) refuse(`${first} is not a registry host`);
  const wrong = path.split('/').find((component) => !pathComponent.test(component));
  if (wrong !== undefined) {
    refuse(
      wrong !== wrong.toLowerCase() ? `repository ${wrong} must be lowercase` : `${wrong || '//'} is not a repository`,
    );
  }
  if (tag !== undefined && !tagPattern.test(tag)) refuse(`${tag || 'an empty text'} is not a tag`);
  if (digest !== undefined && !digestPattern.test(digest)) refuse(`${digest || 'an empty text'} is not a digest`);
  if (`${registry}/${path}`.length > 255) refuse('its name is longer than 255 characters');
  return { registry, path, tag, digest };
}

/** What is wrong with a reference, in words; undefined when it is right. */
export function faultOfImageReference(text: string): string | undefined {
  try {
    parseImageReference(text);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error.report.message;
    throw error;
  }
}

/** The reference in its shortest complete form; what Docker leaves out for its own registry is left out here too. */
export function formatImageReference({ registry, path, tag, digest }: ImageReference): string {
  const shortPath = path.startsWith('library/') ? path.slice('library/'.length) : path;
  const name = registry === 'docker.io' ? shortPath : `${registry}/${path}`;
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** The reference of the repository alone, without tag and digest, as manifests write it. */
export function repositoryText(reference: string): string {
  return formatImageReference({ ...parseImageReference(reference), tag: undefined, digest: undefined });
}

/** The repository alone, to compare what two references name: `docker.io/library/nginx`. */
export function repositoryOf({ registry, path }: ImageReference): string {
  return `${registry}/${path}`;
}

function canonicalRegistry(host: string): string {
  return host === 'index.docker.io' ? 'docker.io' : host;
}
