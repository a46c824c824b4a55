import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../processes/findProgram.ts';
import { takeMachineLock } from '../processes/machineLock.ts';
import { runProgram } from '../processes/runProgram.ts';
import type { GoModule, GoProgram } from './goModules.ts';

/** Receives sentences that say what is going on. */
export type ReportProgress = (message: string) => void;

const secondsBetweenReports = 15;

/**
 * Builds one program into a folder, under all of its names, and reports how far it is.
 * Another run that builds into the same folder is waited for; what it has built is not built again.
 */
export async function buildGoProgram(
  module: GoModule,
  program: GoProgram,
  folder: string,
  isBuilt: () => boolean,
  report: ReportProgress,
  signal?: AbortSignal,
): Promise<void> {
  const go = findProgram('go');
  if (go === undefined) throw new Error(`Go 1.26 has to be on the PATH to build ${program.file}.`);
  const lock = await takeMachineLock(`build of ${folder}/${program.file}`, {
    waitMilliseconds: 60 * 60_000,
    onWait: report,
  });
  try {
    if (isBuilt()) return;
    mkdirSync(folder, { recursive: true });
    await build(go, module, program, folder, report, signal);
  } finally {
    await lock.release();
  }
}

async function build(
  go: string,
  module: GoModule,
  program: GoProgram,
  folder: string,
  report: ReportProgress,
  signal?: AbortSignal,
): Promise<void> {
  const started = Date.now();
  const elapsed = () => `${Math.round((Date.now() - started) / 1_000)} s`;
  const run = { folder: module.folder, environment: { CGO_ENABLED: '0' }, ...(signal === undefined ? {} : { signal }) };
  let progress = 'fetching Go modules';
  const timer = setInterval(
    () => report(`Building ${program.file}: ${progress}, ${elapsed()}.`),
    secondsBetweenReports * 1_000,
  );
  try {
    report(`Building ${program.file} from ${module.name}/go.mod.`);
    const packages = (await runProgram(go, ['list', '-deps', program.package], run)).trim().split('\n').length;
    let compiled = 0;
    progress = 'compiling';
    const unfinished = join(folder, `.${program.file}.${process.pid}`);
    const flags = ['-v', '-trimpath', '-buildvcs=false', `-ldflags=${module.linkerFlags}`];
    await runProgram(go, ['build', ...flags, '-o', unfinished, program.package], {
      ...run,
      onErrorLine(line) {
        if (line.startsWith('go: ')) return;
        compiled++;
        progress = `${compiled} of at most ${packages} packages compiled`;
      },
    });
    // A program appears under its name when it is whole; its links come first, so that they never miss.
    for (const link of program.links) replaceLink(program.file, join(folder, link));
    renameSync(unfinished, join(folder, program.file));
    report(`Built ${program.file} in ${elapsed()}.`);
  } finally {
    clearInterval(timer);
  }
}

function replaceLink(target: string, path: string): void {
  const unfinished = `${path}.${process.pid}`;
  symlinkSync(target, unfinished);
  renameSync(unfinished, path);
}
