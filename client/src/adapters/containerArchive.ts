import type Docker from 'dockerode';
import { extract, type Header } from 'tar-stream';
import type { ImageFile, ImageFiles } from '../delivery/imageEngine.ts';

/** How many symbolic links are followed to a file's content before they count as a circle. */
const mostLinks = 16;

/** The file system of a container that was made for looking at and never runs. */
export function containerFiles(container: Docker.Container): ImageFiles {
  const archiveOf = async (path: string): Promise<NodeJS.ReadableStream | undefined> => {
    try {
      return await container.getArchive({ path });
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode === 404) return undefined;
      throw error;
    }
  };
  const readOnce = async (path: string, withContent: boolean): Promise<ImageFile | undefined> => {
    const archive = await archiveOf(path);
    return archive && firstEntry(archive, withContent);
  };
  return {
    async read(path, withContent) {
      let current = path;
      for (let links = 0; links < mostLinks; links += 1) {
        const file = await readOnce(current, withContent);
        if (!withContent || file?.type !== 'symlink') return file;
        current = new URL(file.linkTarget, `file://${current}`).pathname;
      }
      return undefined;
    },
    async readFolder(path, hasContent) {
      const archive = await archiveOf(path);
      return archive && allEntries(archive, hasContent);
    },
    async close() {
      await container.remove({ force: true });
    },
  };
}

/** Reads the first entry of an archive: the file itself, or the folder whose content follows and is not wanted. */
function firstEntry(archive: NodeJS.ReadableStream, withContent: boolean): Promise<ImageFile | undefined> {
  return new Promise((resolve, reject) => {
    const entries = extract();
    entries.on('entry', (header, stream, next) => {
      const chunks: Buffer[] = [];
      const conclude = (content: Buffer | undefined): void => {
        resolve(fileOf(header, content));
        (archive as NodeJS.ReadableStream & { destroy(): void }).destroy();
        entries.destroy();
      };
      if (!withContent || header.type !== 'file') {
        conclude(undefined);
        return;
      }
      stream.on('data', (chunk) => {
        chunks.push(chunk as Buffer);
      });
      stream.on('end', () => {
        conclude(Buffer.concat(chunks));
        next();
      });
    });
    entries.on('finish', () => resolve(undefined));
    entries.on('error', reject);
    archive.on('error', reject);
    archive.pipe(entries);
  });
}

/** Reads all entries of the archive of a folder but the folder itself, by their paths below it. */
async function allEntries(
  archive: NodeJS.ReadableStream,
  hasContent: (name: string) => boolean,
): Promise<ReadonlyMap<string, ImageFile>> {
  const found = new Map<string, ImageFile>();
  const entries = extract();
  const broken = new Promise<never>((_, reject) => {
    archive.on('error', reject);
  });
  // It is also left behind where the archive breaks after it was read.
  broken.catch(() => undefined);
  archive.pipe(entries);
  const reading = (async () => {
    for await (const entry of entries) {
      // The archive names the folder itself first: `doc/`, `doc/cart/copyright`.
      const name = entry.header.name.split('/').slice(1).join('/').replace(/\/$/, '');
      const chunks: Buffer[] = [];
      const isWanted = entry.header.type === 'file' && hasContent(name);
      for await (const chunk of entry) if (isWanted) chunks.push(chunk as Buffer);
      if (name !== '') found.set(name, fileOf(entry.header, isWanted ? Buffer.concat(chunks) : undefined));
    }
    return found;
  })();
  return Promise.race([reading, broken]);
}

function fileOf(header: Header, content: Buffer | undefined): ImageFile {
  const type =
    header.type === 'file' || header.type === 'directory' || header.type === 'symlink' ? header.type : 'other';
  return {
    type,
    // Some engines write the type into the mode as well.
    mode: (header.mode ?? 0) & 0o7777,
    uid: header.uid ?? 0,
    gid: header.gid ?? 0,
    linkTarget: header.linkname ?? '',
    content,
  };
}
