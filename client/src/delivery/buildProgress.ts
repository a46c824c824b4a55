/** One step of a build, as BuildKit calls it a vertex. */
export interface BuildStep {
  readonly id: string;
  /** `[site 4/4] RUN …`, or what the builder calls its own work, such as `[internal] load build context`. */
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'done' | 'cached' | 'failed' | 'cancelled';
  readonly startedAtMilliseconds: number | undefined;
  /** The time it took, or took so far at the last message about it. */
  readonly durationMilliseconds: number | undefined;
  readonly error: string | undefined;
  /** The last lines that the step wrote. */
  readonly logTail: readonly string[];
  /** Bytes done and, where known, in total, of what the step transfers. */
  readonly transfers: readonly BuildTransfer[];
}

/** One thing that a step downloads, extracts or uploads. */
export interface BuildTransfer {
  readonly id: string;
  readonly currentBytes: number;
  readonly totalBytes: number;
}

/** What BuildKit's own checks say about the Dockerfile. Lines count from 0. */
export interface BuildWarning {
  readonly message: string;
  readonly detail: string;
  readonly url: string;
  readonly line: number | undefined;
  readonly endLine: number | undefined;
}

/** A build as far as it is. */
export interface BuildProgress {
  readonly steps: readonly BuildStep[];
  readonly warnings: readonly BuildWarning[];
}

/** A build that has said nothing yet. */
export const noBuildProgress: BuildProgress = { steps: [], warnings: [] };

/** How many lines of a step's output are kept. */
const keptLogLines = 50;

interface Vertex {
  readonly digest: string;
  readonly name?: string;
  readonly started?: string;
  readonly completed?: string;
  readonly cached?: boolean;
  readonly error?: string;
}

interface SolveStatus {
  readonly vertexes?: readonly Vertex[];
  readonly statuses?: readonly { id: string; vertex: string; name?: string; current?: number; total?: number }[];
  readonly logs?: readonly { vertex: string; data?: string }[];
  readonly warnings?: readonly {
    short?: string;
    detail?: readonly string[];
    url?: string;
    range?: readonly { start?: { line?: number }; end?: { line?: number } }[];
  }[];
}

/**
 * Takes one line that `docker buildx build --progress=rawjson` wrote. A line that is no such message, as the closing
 * error is, leaves the progress as it is: the same object comes back.
 */
export function afterBuildLine(progress: BuildProgress, line: string): BuildProgress {
  if (!line.startsWith('{')) return progress;
  let status: SolveStatus;
  try {
    status = JSON.parse(line) as SolveStatus;
  } catch {
    return progress;
  }
  const steps = new Map(progress.steps.map((step) => [step.id, step]));
  for (const vertex of status.vertexes ?? []) steps.set(vertex.digest, afterVertex(steps.get(vertex.digest), vertex));
  for (const transfer of status.statuses ?? []) {
    const step = steps.get(transfer.vertex);
    if (!step) continue;
    const id = transfer.id || transfer.name || '';
    const changed = { id, currentBytes: transfer.current ?? 0, totalBytes: transfer.total ?? 0 };
    steps.set(step.id, { ...step, transfers: [...step.transfers.filter((other) => other.id !== id), changed] });
  }
  for (const log of status.logs ?? []) {
    const step = steps.get(log.vertex);
    if (!step) continue;
    const lines = Buffer.from(log.data ?? '', 'base64')
      .toString('utf8')
      .split(/\r?\n/)
      .filter((text) => text !== '');
    steps.set(step.id, { ...step, logTail: [...step.logTail, ...lines].slice(-keptLogLines) });
  }
  const warnings = (status.warnings ?? []).map((warning) => ({
    message: decode(warning.short),
    detail: (warning.detail ?? []).map(decode).join('\n'),
    url: warning.url ?? '',
    line: toLine(warning.range?.[0]?.start?.line),
    endLine: toLine(warning.range?.[0]?.end?.line ?? warning.range?.[0]?.start?.line),
  }));
  return { steps: [...steps.values()], warnings: [...progress.warnings, ...warnings] };
}

function afterVertex(before: BuildStep | undefined, vertex: Vertex): BuildStep {
  const started = vertex.started ? Date.parse(vertex.started) : before?.startedAtMilliseconds;
  const completed = vertex.completed ? Date.parse(vertex.completed) : undefined;
  return {
    id: vertex.digest,
    name: vertex.name ?? before?.name ?? '',
    state: stateOf(vertex, before),
    startedAtMilliseconds: started,
    durationMilliseconds:
      started !== undefined && completed !== undefined
        ? Math.max(0, completed - started)
        : before?.durationMilliseconds,
    error: vertex.error || before?.error,
    logTail: before?.logTail ?? [],
    transfers: before?.transfers ?? [],
  };
}

function stateOf(vertex: Vertex, before: BuildStep | undefined): BuildStep['state'] {
  if (vertex.error) return /context canceled|Canceled/i.test(vertex.error) ? 'cancelled' : 'failed';
  if (vertex.cached) return 'cached';
  if (vertex.completed) return 'done';
  if (vertex.started) return 'running';
  return before?.state ?? 'waiting';
}

function decode(text: string | undefined): string {
  return Buffer.from(text ?? '', 'base64').toString('utf8');
}

function toLine(line: number | undefined): number | undefined {
  return line === undefined || line < 1 ? undefined : line - 1;
}
