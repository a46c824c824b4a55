import { DOCKERFILE } from '../../languages/dockerfile/dockerfileLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { podCountOf } from '../../workspace/applications/podCount.ts';
import { usesSqlAlchemy } from '../../workspace/applications/pythonDatabaseClients.ts';
import { runningSources } from '../../workspace/applications/sourceFolders.ts';
import { type StartedProgram, startedPrograms } from '../../workspace/applications/startedPrograms.ts';
import { SERVING_TYPES } from '../../workspace/kubernetes/workload.ts';
import { describeOther } from '../../workspace/resource.ts';

/** Every pod that starts migrates: two at once wait for each other's locks or fail half-way. */
export const rule = defineRule({
  id: 'flask-sqlalchemy/migration-in-every-replica',
  severity: 'warning',
  profile: 'recommended',
  types: [...SERVING_TYPES, DOCKERFILE],
  *check(resource, graph) {
    const told = new Set<number>();
    for (const running of runningSources(graph)) {
      const { workload, source } = running;
      if (!SERVING_TYPES.includes(workload.resource.type) || !usesSqlAlchemy(source, graph)) continue;
      // An init container runs before each pod as well, but is often the only way that a team has.
      if (!workload.containers.includes(running.container)) continue;
      const programs = startedPrograms(running) ?? [];
      const migration = programs.find(isMigration);
      const count = podCountOf(workload, graph);
      if (!migration || programs.length < 2 || !count || count.most < 2) continue;
      if (migration.resource !== resource || told.has(migration.at.span.start)) continue;
      told.add(migration.at.span.start);
      yield {
        at: migration.at,
        message: `Each of up to ${count.most} pods of ${describeOther(workload.resource)} runs \`${commandOf(migration)}\` when it starts: run it once, in a Job before the rollout.`,
        related: count.at ? [{ at: count.at, message: `The most pods of ${describeOther(workload.resource)}.` }] : [],
      };
    }
  },
});

/** `flask db upgrade`, `alembic upgrade head`, `python manage.py migrate`. */
export function isMigration({ name, arguments: words }: StartedProgram): boolean {
  const texts = words.map(({ text }) => text);
  if (name === 'alembic') return texts.includes('upgrade');
  if (name === 'flask') return texts.includes('db') && texts.includes('upgrade');
  return texts.includes('migrate') && texts.some((text) => text?.endsWith('manage.py'));
}

function commandOf({ name, arguments: words }: StartedProgram): string {
  return [name, ...words.map(({ text }) => text ?? '…')].join(' ').slice(0, 80);
}
