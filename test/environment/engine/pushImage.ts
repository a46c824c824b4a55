import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ImageContent } from './standInImage.ts';

/** Where an image is kept in the test registry. */
export interface ImagePlace {
  readonly repository: string;
  readonly tag: string;
}

/** Registries other than docker.io whose names the test registry answers, each in a folder of its own. */
export const mirroredRegistries = [
  'mcr.microsoft.com',
  'gcr.io',
  'ghcr.io',
  'quay.io',
  'registry.k8s.io',
  'public.ecr.aws',
] as const;

/**
 * Where the test registry keeps an image of this public name: `python:3.13` in `library/python`,
 * `bitnami/redis:7` in `bitnami/redis`, `gcr.io/distroless/static:latest` in `gcr.io/distroless/static`.
 * Throws for a name of a registry that is not mirrored, and for a digest, which no stand-in can have.
 */
export function imagePlace(name: string): ImagePlace {
  if (name.includes('@')) throw new Error(`${name}: a stand-in can't have the digest of the original.`);
  const tagStart = name.indexOf(':', name.lastIndexOf('/') + 1);
  const path = tagStart === -1 ? name : name.slice(0, tagStart);
  const tag = tagStart === -1 ? 'latest' : name.slice(tagStart + 1);
  const [first, ...rest] = path.split('/');
  const isRegistry = rest.length > 0 && /[.:]|^localhost$/.test(first!);
  if (!isRegistry) return { repository: rest.length === 0 ? `library/${path}` : path, tag };
  if (first === 'docker.io') return imagePlace(name.slice('docker.io/'.length));
  if (!mirroredRegistries.some((registry) => registry === first)) throw new Error(`${name}: ${first} is not mirrored.`);
  return { repository: path, tag };
}

/** Pushes an image of one layer to a registry (`127.0.0.1:5000`) over plain HTTP, without any engine. Gives its digest. */
export async function pushImage(registry: string, place: ImagePlace, content: ImageContent): Promise<string> {
  const repository = `http://${registry}/v2/${place.repository}`;
  const layer = gzipSync(content.layer, { level: 1 });
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config: { Env: content.environment, Cmd: content.command },
      rootfs: { type: 'layers', diff_ids: [digest(content.layer)] },
      history: [{ created: '1970-01-01T00:00:00Z', created_by: 'slipway test environment' }],
    }),
  );
  for (const blob of [layer, config]) await pushBlob(repository, blob);
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        size: config.length,
        digest: digest(config),
      },
      layers: [
        {
          mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
          size: layer.length,
          digest: digest(layer),
        },
      ],
    }),
  );
  await send(`${repository}/manifests/${place.tag}`, 'PUT', manifest, manifestType);
  return digest(manifest);
}

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

async function pushBlob(repository: string, blob: Buffer): Promise<void> {
  const upload = await send(`${repository}/blobs/uploads/`, 'POST');
  const location = new URL(upload.headers.get('location')!, repository);
  location.searchParams.set('digest', digest(blob));
  await send(location.href, 'PUT', blob, 'application/octet-stream');
}

async function send(url: string, method: string, body?: Buffer, type = 'application/json'): Promise<Response> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': type },
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

function digest(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
