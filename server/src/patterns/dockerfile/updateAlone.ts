import type { DockerfileFile } from '../../languages/dockerfile/dockerfileFile.ts';
import { isUnkept, type StageRun, stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import type { PackageCommand } from '../../languages/shell/packageCommands.ts';
import type { Fix } from '../../rules/contract.ts';
import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

const UPDATES: Readonly<Record<string, ReadonlySet<string>>> = {
  apt: new Set(['update']),
  apk: new Set(['update']),
  zypper: new Set(['refresh']),
  dnf: new Set(['makecache']),
  yum: new Set(['makecache']),
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
    for (const [index, run] of runs.entries()) {
      const update = run.packages.find(({ manager, action }) => UPDATES[manager]?.has(action));
      if (!update || isUnkept(run, '/var/lib/apt/lists', '/var/cache/apk')) continue;
      // Anything else in the RUN may be what the update was for.
      if (
        run.commands.some(
          (use) =>
            !run.packages.some((one) => one.use === use && UPDATES[one.manager]?.has(one.action)) && !isSetup(use.name),
        )
      )
        continue;
      const later = runs.slice(index + 1).find((other) => other.stage === run.stage && installs(other, update));
      if (!later) continue;
      yield {
        at: placeOf(file, update.use.command.span),
        message: `${update.program} ${update.actionWord!.text} stands in a layer of its own, which stays old when the installs below change.`,
        related: [{ at: placeOf(file, later.instruction.keywordSpan), message: 'The packages are installed here.' }],
        fixes: joinRuns(file, run, later),
      };
    }
  },
});

/** Prepares or follows the update and installs nothing. */
function isSetup(name: string): boolean {
  return ['set', 'echo', 'export', 'true', 'rm', 'sed', 'printf'].includes(name);
}

function installs(run: StageRun, update: PackageCommand): boolean {
  const updatesItself = run.packages.some(
    ({ manager, action }) => manager === update.manager && UPDATES[manager]?.has(action),
  );
  return (
    !updatesItself && run.packages.some(({ manager, action }) => manager === update.manager && INSTALLS.has(action))
  );
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
