import { ALEMBIC_CONFIGURATION } from '../../languages/python/iniLanguage.ts';
import { PYTHON_PROJECT } from '../../languages/python/pyprojectLanguage.ts';
import { ALEMBIC_REVISION } from '../../languages/python/pythonLanguage.ts';
import { PYTHON_REQUIREMENTS } from '../../languages/python/requirementsLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { packagesAreKnown, pythonPackages } from '../../workspace/applications/pythonPackages.ts';
import { sourceFolderOf } from '../../workspace/applications/sourceFolders.ts';

/** Without migrations the tables of a running database change by hand, or not at all. */
export const rule = defineRule({
  id: 'flask-sqlalchemy/migrations-missing',
  severity: 'information',
  // Another service, or plain SQL, may own the tables.
  profile: 'strict',
  types: [PYTHON_REQUIREMENTS, PYTHON_PROJECT],
  *check(resource, graph) {
    const source = sourceFolderOf(resource, graph);
    if (!source || source.uses.length === 0 || !packagesAreKnown(source)) return;
    const packages = pythonPackages(source, graph);
    const orm = packages.get('flask-sqlalchemy') ?? packages.get('sqlalchemy');
    if (orm?.resource !== resource || packages.has('alembic') || packages.has('flask-migrate')) return;
    if (packages.has('django') || packages.has('yoyo-migrations')) return;
    if (source.files.some(({ type }) => type === ALEMBIC_REVISION || type === ALEMBIC_CONFIGURATION)) return;
    yield {
      at: orm.at,
      message: `${source.name} works on a database by ${orm.requirement.writtenName}, but nothing migrates its tables: add Alembic, or Flask-Migrate.`,
    };
  },
});
