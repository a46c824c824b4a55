import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { Failure } from '../cluster/failure.ts';
import { instructionOf } from '../delivery/imageSize.ts';
import type { ImageLayer, LayerEntry } from '../delivery/images/wastedBytes.ts';

/** Manifests and configurations are small; a larger file that is no archive is not read. */
const mostBytesOfText = 4_000_000;

/** One part of a saved image: a layer, or a text about the image. */
type Part = { readonly entries: readonly LayerEntry[] } | { readonly text: string };

/**
 * Reads the layers of an image from the archive that `docker save` writes, old layout or OCI, without keeping any file of
 * it. The first layer comes first.
 */
export async function readSavedImage(archive: Readable): Promise<ImageLayer[]> {
  const parts = new Map<string, Part>();
  const links = new Map<string, string>();
  const outer = extract();
  const reading = pipeline(archive, outer);
  reading.catch(() => undefined);
  for await (const entry of outer) {
    const header: Header = entry.header;
    const name = header.name.replace(/^\.\//, '');
    // An image that holds the same layer twice links to it.
    if (header.type === 'symlink' && header.linkname) links.set(name, joined(name, header.linkname));
    if (header.type === 'file' && (header.size ?? 0) > 0)
      parts.set(name, await readPart(entry as AsyncIterable<Buffer>, header.size ?? 0));
    else entry.resume();
  }
  await reading;
  const textOf = (name: string): unknown => {
    const part = parts.get(name);
    if (!part || !('text' in part)) throw new Failure('invalid', `The saved image has no readable ${name}.`);
    return JSON.parse(part.text);
  };
  const [manifest] = textOf('manifest.json') as { Config: string; Layers: string[] }[];
  if (!manifest) throw new Failure('invalid', 'The saved image has an empty manifest.json.');
  const config = textOf(manifest.Config) as { history?: { created_by?: string; empty_layer?: boolean }[] };
  const history = (config.history ?? []).filter(({ empty_layer: isEmpty }) => !isEmpty);
  return manifest.Layers.map((name, index) => {
    const part = parts.get(links.get(name) ?? name);
    return {
      instruction: instructionOf(history[index]?.created_by ?? ''),
      entries: part && 'entries' in part ? part.entries : [],
    };
  });
}

/** A part is told by its first bytes: layouts name layers in ways of their own. It is read to its end in every case. */
async function readPart(stream: AsyncIterable<Buffer>, size: number): Promise<Part> {
  const chunks = stream[Symbol.asyncIterator]();
  const { done, value: first } = await chunks.next();
  if (done) return { text: '' };
  const whole = async function* (): AsyncGenerator<Buffer> {
    yield first;
    for (;;) {
      const next = await chunks.next();
      if (next.done) return;
      yield next.value;
    }
  };
  const isText = first[0] === 0x7b || first[0] === 0x5b;
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  const isTar = first.subarray(257, 262).toString('latin1') === 'ustar';
  if (isGzip || isTar) return { entries: await layerEntries(whole, isGzip) };
  const read: Buffer[] = [];
  for await (const chunk of whole()) if (isText && size <= mostBytesOfText) read.push(chunk);
  return { text: Buffer.concat(read).toString('utf8') };
}

async function layerEntries(content: () => AsyncIterable<Buffer>, isGzip: boolean): Promise<LayerEntry[]> {
  const entries: LayerEntry[] = [];
  const inner = extract();
  const reading = isGzip ? pipeline(content, createGunzip(), inner) : pipeline(content, inner);
  reading.catch(() => undefined);
  for await (const entry of inner) {
    const { name, size = 0, type } = entry.header as Header;
    const path = name.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
    if (path !== '' && path !== '.') entries.push({ path, type: typeOf(type), sizeBytes: size });
    entry.resume();
  }
  await reading;
  return entries;
}

function typeOf(type: Header['type']): LayerEntry['type'] {
  if (type === 'file' || type === 'contiguous-file') return 'file';
  if (type === 'directory') return 'directory';
  return type === 'link' || type === 'symlink' ? 'link' : 'other';
}

function joined(name: string, link: string): string {
  return new URL(link, `file:///${name}`).pathname.slice(1);
}
