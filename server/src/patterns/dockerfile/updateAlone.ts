import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { isUnkept, type StageRun, stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { CommandUse } from '../../languages/shell/commandUses.ts';
import type { PackageManager } from '../../languages/shell/packageCommands.ts';
import type { Fix } from '../../rules/contract.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

const UPDATES: Readonly<Record<string, ReadonlySet<string>>> = {
  apt: new Set(['update']),
  apk: new Set(['update']),
  zypper: new Set(['refresh', 'update']),
  dnf: new Set(['makecache', 'upgrade', 'check-update']),
  microdnf: new Set(['makecache', 'upgrade']),
  yum: new Set(['makecache', 'upgrade', 'check-update']),
};
const INSTALLS: ReadonlySet<string> = new Set(['install', 'add']);

/** The layer of the update is kept for ever, so a later install asks for packages that the mirror no longer has. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/update-alone',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['kics:update_instruction_alone', 'checkov:CKV_DOCKER_5', 'trivy:DS-0017'],
  *check(file) {
    const runs = stageRuns(file);
    const nextInstalls = installsBelow(runs);
    for (const run of runs) {
      const update = run.packages.find(({ manager, action }) => UPDATES[manager]?.has(action));
      if (!update || isUnkept(run, '/var/lib/apt/lists', '/var/cache/apk')) continue;
      // Anything else in the RUN may be what the update was for.
      const isElse = (use: CommandUse) => {
        const command = run.packageOf.get(use);
        return !(command && UPDATES[command.manager]?.has(command.action)) && !isSetup(use.name);
      };
      const later = nextInstalls.get(run)?.get(update.manager);
      if (run.commands.some(isElse)) continue;
      if (!later) {
        yield {
          at: placeOf(file, update.use.command.span),
          message: `${update.program} ${update.actionWord!.text} stands alone: nothing of this stage is installed with what it loads.`,
          severity: 'information',
          strict: true,
        };
        continue;
      }
      yield {
        at: placeOf(file, update.use.command.span),
        message: `${update.program} ${update.actionWord!.text} stands in a layer of its own, which stays old when the installs below change.`,
        related: [{ at: placeOf(file, later.instruction.keywordSpan), message: 'The packages are installed here.' }],
        // These load the index again by themselves when it is old: what stays old are only the packages they have lifted.
        ...(update.action === 'upgrade' || (update.action === 'update' && update.manager === 'zypper')
          ? ({ strict: true } as const)
          : {}),
        fixes: joinRuns(file, run, later),
      };
    }
  },
});

/** Prepares or follows the update and installs nothing. */
function isSetup(name: string): boolean {
  return ['set', 'echo', 'export', 'true', 'rm', 'sed', 'printf'].includes(name);
}

/** For each RUN, the next one below it in its stage that installs by a manager without an update of its own. */
function installsBelow(runs: readonly StageRun[]): Map<StageRun, ReadonlyMap<PackageManager, StageRun>> {
  const below = new Map<StageRun, ReadonlyMap<PackageManager, StageRun>>();
  let next: ReadonlyMap<PackageManager, StageRun> = new Map();
  let stage: StageRun['stage'] | undefined;
  for (const run of [...runs].reverse()) {
    if (run.stage !== stage) next = new Map();
    stage = run.stage;
    below.set(run, next);
    const updated = new Set(
      run.packages.flatMap(({ manager, action }) => (UPDATES[manager]?.has(action) ? [manager] : [])),
    );
    const installed = run.packages.flatMap(({ manager, action }) => (INSTALLS.has(action) ? [manager] : []));
    const fresh = installed.filter((manager) => !updated.has(manager));
    if (fresh.length > 0) next = new Map([...next, ...fresh.map((manager) => [manager, run] as const)]);
  }
  return below;
}

/** Joins the two RUNs when nothing but a line break stands between them. */
function joinRuns(file: DockerfileFile, first: StageRun, second: StageRun): Fix[] {
  const isPlain = (run: StageRun) =>
    run.instruction.flags.length === 0 &&
    !run.deferred &&
    run.scripts.length === 1 &&
    run.scripts[0]!.form === 'line' &&
    !run.instruction.json;
  const between = { start: first.instruction.span.end, end: second.instruction.body.span(0, 1).start };
  if (!isPlain(first) || !isPlain(second) || second.instruction.order !== first.instruction.order + 1) return [];
  if (!/^\s*RUN[ \t]+$/i.test(file.source.slice(between)) || first.scripts[0]!.parsed.comments.length > 0) return [];
  const last = first.scripts[0]!.parsed.script.items.at(-1);
  if (!last || last.separator !== undefined) return [];
  const text = ` ${file.escape}${file.source.lineBreak}    && `;
  return [{ title: 'Join it with the next RUN', safe: true, edits: () => [replace(file, between, text)] }];
}
