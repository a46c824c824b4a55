/** A file of one layer, as its archive lists it. */
export interface LayerEntry {
  /** Without a leading slash; of whiteouts too: `etc/.wh.motd`. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'link' | 'other';
  readonly sizeBytes: number;
}

/** One layer with what it changes, and the instruction that made it. */
export interface ImageLayer {
  readonly instruction: string;
  readonly entries: readonly LayerEntry[];
}

/** Bytes that are carried with every copy of an image, though no container sees them. */
export interface WastedFile {
  readonly path: string;
  readonly bytes: number;
  readonly writtenBy: string;
  readonly hiddenBy: string;
  readonly how: 'overwritten' | 'deleted';
}

/** What an image carries in vain, the largest first. */
export interface Waste {
  readonly totalBytes: number;
  readonly files: readonly WastedFile[];
  /** What to change, with the bytes that it saves; the largest first. */
  readonly advice: readonly { readonly text: string; readonly bytes: number }[];
}

const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

/** Finds the files that a later layer overwrites or deletes. Pure; layers come the first first. */
export function wastedBytes(layers: readonly ImageLayer[]): Waste {
  const seen = new Map<string, { bytes: number; layer: ImageLayer }>();
  const files: WastedFile[] = [];
  for (const layer of layers) {
    const hide = (path: string, how: WastedFile['how']): void => {
      const former = seen.get(path);
      // What one and the same layer writes twice is stored once.
      if (!former || former.layer === layer) return;
      seen.delete(path);
      if (former.bytes === 0) return;
      files.push({ path, bytes: former.bytes, writtenBy: former.layer.instruction, hiddenBy: layer.instruction, how });
    };
    const hideUnder = (folder: string): void => {
      for (const path of [...seen.keys()]) if (folder === '' || path.startsWith(`${folder}/`)) hide(path, 'deleted');
    };
    for (const { path } of layer.entries) {
      const slash = path.lastIndexOf('/');
      const name = path.slice(slash + 1);
      if (!name.startsWith(WHITEOUT)) continue;
      const folder = slash < 0 ? '' : path.slice(0, slash);
      if (name === OPAQUE) hideUnder(folder);
      else {
        const hidden = folder === '' ? name.slice(WHITEOUT.length) : `${folder}/${name.slice(WHITEOUT.length)}`;
        hide(hidden, 'deleted');
        hideUnder(hidden);
      }
    }
    for (const { path, sizeBytes, type } of layer.entries) {
      if (path.slice(path.lastIndexOf('/') + 1).startsWith(WHITEOUT)) continue;
      if (type === 'directory') {
        // A folder takes the place of a file, and leaves what is in a folder as it is.
        hide(path, 'overwritten');
        continue;
      }
      hide(path, 'overwritten');
      hideUnder(path);
      seen.set(path, { bytes: type === 'file' ? sizeBytes : 0, layer });
    }
  }
  files.sort((left, right) => right.bytes - left.bytes || (left.path < right.path ? -1 : 1));
  return { totalBytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files, advice: adviceFor(files) };
}

/** Below this, an advice is not worth its words. */
const worthwhileBytes = 100_000;

function adviceFor(files: readonly WastedFile[]): Waste['advice'] {
  const groups = new Map<string, { bytes: number; text: string }>();
  for (const file of files) {
    const text = adviceOf(file);
    const group = groups.get(text) ?? { bytes: 0, text };
    group.bytes += file.bytes;
    groups.set(text, group);
  }
  return [...groups.values()].filter(({ bytes }) => bytes >= worthwhileBytes).sort((a, b) => b.bytes - a.bytes);
}

function adviceOf({ hiddenBy, how, writtenBy }: WastedFile): string {
  const [writer, hider] = [shortened(writtenBy), shortened(hiddenBy)];
  if (how === 'deleted') {
    return writtenBy.startsWith('RUN ')
      ? `Delete in the same RUN that writes: \`${hider}\` hides what \`${writer}\` stored.`
      : `Leave out in \`${writer}\` (.dockerignore, or a build stage) what \`${hider}\` deletes.`;
  }
  if (/\bch(?:own|mod|grp)\b/.test(hiddenBy)) {
    return `\`${hider}\` stores the files of \`${writer}\` a second time: set owner and mode with COPY --chown and --chmod.`;
  }
  if (/\b(?:apt-get|apt|apk|dnf|yum)\b.*\b(?:upgrade|update|dist-upgrade)\b/.test(hiddenBy)) {
    return `\`${hider}\` stores packages of the base image a second time: take a newer base image.`;
  }
  return `Write once: \`${hider}\` overwrites files of \`${writer}\`.`;
}

function shortened(instruction: string): string {
  const line = instruction.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
  return line.length > 70 ? `${line.slice(0, 69)}…` : line || 'a layer of the base image';
}
