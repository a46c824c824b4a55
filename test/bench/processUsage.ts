import { readFileSync } from 'node:fs';

/** What a process used so far. */
export interface ProcessUsage {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** Ticks per second of the times in /proc; the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Reads the usage of a running process from /proc; undefined where there is none (other systems, or it has ended). */
export function processUsage(pid: number): ProcessUsage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (peak === undefined) return undefined;
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      peakMegabytes: Number(peak) / 1024,
    };
  } catch {
    // Not Linux, or the process ended between two looks; the caller keeps what it saw last.
    return undefined;
  }
}
