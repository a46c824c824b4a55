import { PYTHON_SETTINGS, type PythonFile, placeIn } from '../../languages/python/pythonLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { pythonPackages } from '../../workspace/applications/pythonPackages.ts';
import { sourceFolderOf } from '../../workspace/applications/sourceFolders.ts';

/** Settings that Flask-SQLAlchemy 3 no longer reads, and the option of the engine that took their place. */
const MOVED: Readonly<Record<string, string>> = {
  SQLALCHEMY_POOL_SIZE: 'pool_size',
  SQLALCHEMY_POOL_TIMEOUT: 'pool_timeout',
  SQLALCHEMY_POOL_RECYCLE: 'pool_recycle',
  SQLALCHEMY_MAX_OVERFLOW: 'max_overflow',
};

/** Since 3.0 only `SQLALCHEMY_ENGINE_OPTIONS` sets the pool: the number that stands there has no effect. */
export const rule = defineRule({
  id: 'flask-sqlalchemy/pool-setting-ignored',
  severity: 'warning',
  profile: 'recommended',
  types: [PYTHON_SETTINGS],
  *check(resource, graph) {
    const folder = sourceFolderOf(resource, graph);
    const installed = folder && pythonPackages(folder, graph).get('flask-sqlalchemy');
    const major = /^(?:==|===|~=|>=|>|\^)?\s*(\d+)/.exec(installed?.requirement.specifier ?? '')?.[1];
    if (!installed || major === undefined || Number(major) < 3) return;
    const file = resource.model as PythonFile;
    for (const { name, nameSpan } of file.module.settings) {
      const option = MOVED[name];
      if (option === undefined) continue;
      yield {
        at: placeIn(file, nameSpan),
        message: `${name} has no effect: Flask-SQLAlchemy ${major} reads \`${option}\` of SQLALCHEMY_ENGINE_OPTIONS.`,
        related: [{ at: installed.at, message: `Flask-SQLAlchemy ${installed.requirement.specifier}.` }],
      };
    }
  },
});
