/**
 * A reference to a container image after the grammar of the distribution specification, with Docker's defaults spelled
 * out (`node` is `docker.io/library/node`).
 */
export interface ImageReference {
  /** `docker.io` when none is written. */
  readonly registry: string;
  /** The registry was written, not assumed. */
  readonly registryWritten: boolean;
  /** Path in the registry, with `library/` for Docker's own images. */
  readonly repository: string;
  /** Last part of the repository: `node`. */
  readonly name: string;
  readonly tag: string | undefined;
  /** `sha256:…`; undefined when the image is not pinned. */
  readonly digest: string | undefined;
  /** Offset of the tag's first character in the text; undefined when there is no tag. */
  readonly tagStart: number | undefined;
  /** Offset after registry and repository: where a tag would be written. */
  readonly nameEnd: number;
}

const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const DOMAIN_LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
const IPV6 = /^\[[0-9A-Fa-f:.]+\]$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
/** Hexadecimal digits by algorithm; registries know no others. */
const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };
const LONGEST_NAME = 255;

/** Reads `text` as an image reference; undefined when the grammar refuses it. Never throws. */
export function parseImageReference(text: string): ImageReference | undefined {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !isDigest(digest)) return undefined;
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/') && colon >= 0;
  const tag = hasTag ? named.slice(colon + 1) : undefined;
  if (tag !== undefined && !TAG.test(tag)) return undefined;
  const path = hasTag ? named.slice(0, colon) : named;
  if (path === '' || path.length > LONGEST_NAME) return undefined;
  const parts = path.split('/');
  const first = parts[0]!;
  const registryWritten = parts.length > 1 && isRegistry(first);
  const components = registryWritten ? parts.slice(1) : parts;
  if (registryWritten && !isDomain(first)) return undefined;
  if (!components.every((component) => COMPONENT.test(component))) return undefined;
  // 64 hexadecimal characters are an image id, which the grammar keeps apart from names.
  if (!registryWritten && components.length === 1 && /^[0-9a-f]{64}$/.test(components[0]!)) return undefined;
  const registry = registryWritten ? canonicalRegistry(first) : 'docker.io';
  const official = registry === 'docker.io' && components.length === 1;
  return {
    registry,
    registryWritten,
    repository: official ? `library/${components[0]}` : components.join('/'),
    name: components[components.length - 1]!,
    tag,
    digest,
    tagStart: hasTag ? colon + 1 : undefined,
    nameEnd: path.length,
  };
}

/** The reference spelled out in full: `docker.io/library/node:22`. */
export function canonicalImageName(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${reference.registry}/${reference.repository}${tag}${digest}`;
}

/** Docker takes the first part for a registry when it looks like a host: a dot, a port, or `localhost`. */
function isRegistry(part: string): boolean {
  return part.includes('.') || part.includes(':') || part === 'localhost' || part !== part.toLowerCase();
}

function canonicalRegistry(registry: string): string {
  return registry === 'index.docker.io' ? 'docker.io' : registry;
}

function isDomain(text: string): boolean {
  const port = /:(\d+)$/.exec(text);
  const host = port ? text.slice(0, port.index) : text;
  return IPV6.test(host) || host.split('.').every((label) => DOMAIN_LABEL.test(label));
}

function isDigest(text: string): boolean {
  if (!DIGEST.test(text)) return false;
  const colon = text.indexOf(':');
  const algorithm = text.slice(0, colon);
  const length = Object.hasOwn(DIGEST_LENGTHS, algorithm) ? DIGEST_LENGTHS[algorithm] : undefined;
  const hex = text.slice(colon + 1);
  return hex.length === length && hex === hex.toLowerCase();
}
