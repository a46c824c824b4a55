import type { HistoryEntry } from './imageEngine.ts';

/** One layer of an image with what may be done about its size. */
export interface LayerSize {
  /** The instruction that made it, in the words of a Dockerfile. */
  readonly instruction: string;
  readonly sizeBytes: number;
  /** Share of the whole image, from 0 to 1. */
  readonly share: number;
  readonly hint: string | undefined;
}

/** An image's size by layer, the first layer first. Instructions that add nothing are left out. */
export interface ImageSize {
  readonly totalBytes: number;
  readonly layers: readonly LayerSize[];
}

/** Below this size, a layer is not worth a hint. */
const worthwhileBytes = 1_000_000;

/** Reads an image's history as sizes by layer. */
export function imageSize(history: readonly HistoryEntry[]): ImageSize {
  const totalBytes = history.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const layers = [...history]
    .reverse()
    .filter(({ sizeBytes }) => sizeBytes > 0)
    .map(({ createdBy, sizeBytes }) => {
      const instruction = instructionOf(createdBy);
      return { instruction, sizeBytes, share: sizeBytes / totalBytes, hint: hintFor(instruction, sizeBytes) };
    });
  return { totalBytes, layers };
}

/** An entry of an image's history in the words of a Dockerfile. Both builders write it in ways of their own: `/bin/sh -c #(nop) COPY …` and `RUN /bin/sh -c … # buildkit`. */
export function instructionOf(createdBy: string): string {
  return createdBy
    .replace(/\s*# buildkit$/, '')
    .replace(/^\/bin\/sh -c #\(nop\)\s+/, '')
    .replace(/^(?:RUN )?(?:\|\d+ (?:\S+=\S* )*)?\/bin\/sh -c /, 'RUN ')
    .trim();
}

function hintFor(instruction: string, sizeBytes: number): string | undefined {
  if (sizeBytes < worthwhileBytes) return undefined;
  const runs = instruction.startsWith('RUN ');
  if (runs && /apt-get\b.*\binstall\b/s.test(instruction) && !/rm -rf? \/var\/lib\/apt\/lists/.test(instruction)) {
    return 'Delete /var/lib/apt/lists in the same RUN, and install with --no-install-recommends.';
  }
  if (runs && /\bapk\b.*\badd\b/s.test(instruction) && !/--no-cache/.test(instruction))
    return 'Use apk add --no-cache.';
  if (runs && /\b(?:yum|dnf|microdnf)\b.*\binstall\b/s.test(instruction) && !/clean all/.test(instruction)) {
    return 'Run clean all in the same RUN.';
  }
  if (runs && /\bpip3?\b.*\binstall\b/s.test(instruction) && !/--no-cache-dir|--mount=type=cache/.test(instruction)) {
    return 'Install with --no-cache-dir, or mount a cache.';
  }
  if (runs && /\bnpm (?:install|i|ci)\b/.test(instruction) && !/--omit=dev|--production/.test(instruction)) {
    return 'Install without development dependencies, or copy only the result from a build stage.';
  }
  if (runs && /\bch(?:own|mod) -R\b/.test(instruction)) {
    return 'This stores all these files a second time: set owner and mode with COPY --chown and --chmod.';
  }
  if (runs && /\b(?:mvn|gradle|gradlew|cargo build|go build|dotnet publish|make)\b/.test(instruction)) {
    return 'Build in a stage of its own and copy only the result.';
  }
  if (/^(?:COPY|ADD) (?:--\S+ )*(?:\.|\.\/|dir:\S+)(?: in)? /.test(instruction)) {
    return 'This copies the whole build context: list what is not needed in .dockerignore.';
  }
  return undefined;
}
