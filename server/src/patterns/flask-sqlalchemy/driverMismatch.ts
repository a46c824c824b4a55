import { PYTHON_SETTINGS, placeIn } from '../../languages/python/pythonLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { databaseUrl, enginesOf } from '../../workspace/applications/pythonDatabaseClients.ts';
import type { EffectiveSetting } from '../../workspace/applications/setting.ts';
import { runningSources, sourceFolderOf } from '../../workspace/applications/sourceFolders.ts';
import { driverOf } from './drivers.ts';

/** An asynchronous engine refuses a driver that blocks; a synchronous one fails at the first query of one that does not. */
export const rule = defineRule({
  id: 'flask-sqlalchemy/driver-mismatch',
  severity: 'error',
  profile: 'recommended',
  types: [PYTHON_SETTINGS],
  *check(resource, graph) {
    const folder = sourceFolderOf(resource, graph);
    const engines = folder ? enginesOf(folder).filter((engine) => engine.url !== undefined) : [];
    for (const engine of engines) {
      if (engine.resource !== resource) continue;
      const urls: Pick<EffectiveSetting, 'value' | 'at'>[] =
        typeof engine.url?.literal === 'string'
          ? [{ value: engine.url.literal, at: placeIn(engine.file, engine.url.span) }]
          : engines.length > 1
            ? []
            : runningSources(graph).flatMap((running) =>
                running.source === folder ? (databaseUrl(running, graph) ?? []) : [],
              );
      for (const url of urls.slice(0, 1)) {
        const found = driverOf(url.value ?? '');
        if (!found || (engine.isAsynchronous ? found.driver.isAsynchronous : found.driver.isSynchronous)) continue;
        yield {
          at: placeIn(engine.file, engine.span),
          message: engine.isAsynchronous
            ? `This engine is asynchronous, but ${found.name} blocks: SQLAlchemy refuses it when the application starts.`
            : `This engine is synchronous, but ${found.name} is an asynchronous driver: the first query fails.`,
          related: [{ at: url.at, message: `The URL asks for ${found.name}.` }],
        };
      }
    }
  },
});
