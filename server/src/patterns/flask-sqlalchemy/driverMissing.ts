import { PYTHON_SETTINGS } from '../../languages/python/pythonLanguage.ts';
import { defineRule } from '../../rules/contract.ts';
import { databaseUrl, usesSqlAlchemy } from '../../workspace/applications/pythonDatabaseClients.ts';
import { packagesAreKnown, pythonPackages } from '../../workspace/applications/pythonPackages.ts';
import { runningSources } from '../../workspace/applications/sourceFolders.ts';
import { WORKLOAD_TYPES } from '../../workspace/kubernetes/workload.ts';
import { driverOf } from './drivers.ts';

/** The URL names a driver that the image does not hold: the first engine that is made fails to import it. */
export const rule = defineRule({
  id: 'flask-sqlalchemy/driver-missing',
  severity: 'error',
  profile: 'recommended',
  types: ['ConfigMap', PYTHON_SETTINGS, ...WORKLOAD_TYPES],
  *check(resource, graph) {
    const told = new Set<number>();
    for (const running of runningSources(graph)) {
      const { source } = running;
      if (!usesSqlAlchemy(source, graph) || !packagesAreKnown(source)) continue;
      const url = databaseUrl(running, graph);
      if (!url?.value || url.resource !== resource || told.has(url.at.span.start)) continue;
      const found = driverOf(url.value);
      const packages = pythonPackages(source, graph);
      if (!found || found.driver.packages.some((name) => packages.has(name))) continue;
      // An image may install it by a command of its own.
      const image = source.dockerfile?.root.source.text.toLowerCase() ?? '';
      if (found.driver.packages.some((name) => image.includes(name))) continue;
      told.add(url.at.span.start);
      const [first] = [...packages.values()];
      yield {
        at: url.at,
        message: `The driver ${found.name} needs the package ${found.driver.packages.join(' or ')}, which ${source.name} does not install.`,
        related: first ? [{ at: first.at, message: `The packages of ${source.name}.` }] : [],
      };
    }
  },
});
