import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findProgram } from '../processes/findProgram.ts';
import { runProgram } from '../processes/runProgram.ts';

/** A base image that stands in for a public one: busybox, and what else its users expect to find in it. */
export interface StandInImage {
  /** The name that a Dockerfile uses, such as `python:3.13-slim` or `mcr.microsoft.com/dotnet/aspnet:9.0`. */
  readonly name: string;
  /** Shell scripts that play programs which busybox lacks, by path: `{ '/usr/local/bin/pip': 'echo installed' }`. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The file system of an image as tar, and what a container of it runs. */
export interface ImageContent {
  readonly layer: Buffer;
  readonly environment: readonly string[];
  readonly command: readonly string[];
}

/** Packs a stand-in: static busybox with all its applets, the users root, app (1000) and nobody, and the programs. */
export async function standInContent(image: StandInImage): Promise<ImageContent> {
  const busybox = findProgram('busybox');
  if (busybox === undefined) throw new Error('busybox (package busybox-static) is missing.');
  const applets = (await runProgram(busybox, ['--list-full'])).trim().split('\n');
  const layer = await packLayer(async (root) => {
    for (const folder of ['bin', 'etc', 'usr/local/bin', 'root', 'home/app', 'tmp', 'var/tmp']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    for (const folder of ['tmp', 'var/tmp']) chmodSync(join(root, folder), 0o1777);
    await copyFile(busybox, join(root, 'bin/busybox'));
    for (const applet of applets.filter((path) => path !== 'bin/busybox')) {
      mkdirSync(dirname(join(root, applet)), { recursive: true });
      symlinkSync('/bin/busybox', join(root, applet));
    }
    writeFileSync(
      join(root, 'etc/passwd'),
      'root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n',
    );
    writeFileSync(join(root, 'etc/group'), 'root:x:0:\napp:x:1000:\nnogroup:x:65534:\n');
    for (const [path, script] of Object.entries(image.programs ?? {})) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      rmSync(join(root, path), { force: true });
      writeFileSync(join(root, path), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
  });
  const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const environment = Object.entries({ PATH: path, ...image.environment }).map(([name, value]) => `${name}=${value}`);
  return { layer, environment, command: ['sh'] };
}

/** An image that holds one static executable, which is what it runs. */
export async function executableContent(executable: string, name: string): Promise<ImageContent> {
  const layer = await packLayer(async (root) => {
    await copyFile(executable, join(root, name));
    chmodSync(join(root, name), 0o755);
  });
  return { layer, environment: [], command: [`/${name}`] };
}

/** Fills a temporary folder and packs it so that the same content always gives the same bytes. */
async function packLayer(fill: (root: string) => Promise<void>): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-image-'));
  try {
    const root = join(folder, 'root');
    mkdirSync(root);
    await fill(root);
    const layer = join(folder, 'layer.tar');
    const reproducible = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
    await runProgram('tar', [...reproducible, '-C', root, '-cf', layer, '.']);
    return readFileSync(layer);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
